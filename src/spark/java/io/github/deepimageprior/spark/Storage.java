package io.github.deepimageprior.spark;

import io.github.deepimageprior.DipException;

import java.io.IOException;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;

import scala.Tuple2;

/**
 * Files by paths of Hadoop, such as {@code file:/data}, {@code hdfs://host/data} or {@code s3a://bucket/data}, on the
 * driver and on executors.
 */
final class Storage {

	private static final String HADOOP = "spark.hadoop.";

	/** What is written, and has no name of its own yet. */
	private static final String PART = ".part";

	/** Age from which a part is no longer being written. */
	private static final long LEFT_MILLISECONDS = TimeUnit.DAYS.toMillis(1);

	private static SparkEnv environment;
	private static Configuration configuration; // that of the environment: to read it anew takes a while

	private Storage() {}

	/** @return Spark's settings for Hadoop */
	private static synchronized Configuration configuration() {
		if (environment != SparkEnv.get()) {
			final SparkEnv now = SparkEnv.get();
			final Configuration read = new Configuration();
			for (final Tuple2<String, String> entry : now.conf().getAll())
				if (entry._1.startsWith(HADOOP)) read.set(entry._1.substring(HADOOP.length()), entry._2);
			configuration = read;
			environment = now;
		}
		return configuration;
	}

	/** @return the file system of a path */
	private static FileSystem system(final Path path) throws IOException {
		final FileSystem system = path.getFileSystem(configuration());
		return system instanceof LocalFileSystem local ? local.getRawFileSystem() : system; // no files of checksums
	}

	/**
	 * @param text a path as a user wrote it
	 * @return its whole path; one without a scheme is that of Hadoop's default file system
	 * @throws DipException if it is no path, or its file system cannot be used
	 */
	static Path path(final String text) {
		try {
			final Path path = new Path(text);
			return system(path).makeQualified(path);
		}
		catch (final IOException | IllegalArgumentException unusable) {
			throw new DipException("The path '" + DipException.shown(text) + "' cannot be used: write it as "
				+ "file:/folder, hdfs://host/folder or s3a://bucket/folder, and add the jars of its file system to "
				+ "spark-submit.", unusable);
		}
	}

	/**
	 * @return the files of a folder, or the file itself, by their names, without hidden ones
	 * @throws DipException if there is nothing, or it cannot be read
	 */
	static List<FileStatus> files(final Path path) {
		try {
			return Arrays.stream(system(path).listStatus(path)).filter(FileStatus::isFile)
				.filter(file -> !file.getPath().getName().matches("[._].*"))
				.sorted(Comparator.comparing(file -> file.getPath().getName())).toList();
		}
		catch (final IOException unreadable) {
			throw new DipException(
				"There is nothing to read at " + path + ": check the path, and that you may read it.", unreadable);
		}
	}

	/** Deletes what tasks that were killed more than a day ago have left in a folder. */
	static void deleteLeftovers(final Path folder) throws IOException {
		if (!exists(folder)) return;
		final long latest = System.currentTimeMillis() - LEFT_MILLISECONDS;
		for (final FileStatus file : system(folder).listStatus(folder,
			file -> file.getName().matches("\\..+\\.[0-9a-f-]{36}\\" + PART)))
			if (file.isFile() && file.getModificationTime() < latest) delete(file.getPath());
	}

	static boolean exists(final Path path) throws IOException {
		return system(path).exists(path);
	}

	static FSDataInputStream open(final Path path) throws IOException {
		return system(path).open(path);
	}

	static void delete(final Path path) throws IOException {
		system(path).delete(path, true);
	}

	/** Copies a file to a local path, where a copy that failed may have left something. */
	static void download(final Path path, final java.nio.file.Path local) throws IOException {
		try (FSDataInputStream in = open(path)) {
			java.nio.file.Files.copy(in, local, StandardCopyOption.REPLACE_EXISTING);
		}
	}

	/** Copies a file, or a folder with all that is in it, to a local path. */
	static void downloadAll(final Path path, final java.nio.file.Path local) throws IOException {
		if (system(path).getFileStatus(path).isFile()) download(path, local);
		else {
			java.nio.file.Files.createDirectories(local);
			for (final FileStatus entry : system(path).listStatus(path))
				downloadAll(entry.getPath(), local.resolve(entry.getPath().getName()));
		}
	}

	/** What is written to a file. */
	@FunctionalInterface
	interface Content {

		void write(FSDataOutputStream out) throws IOException;
	}

	/**
	 * Writes a file under a temporary name and then gives it its own, which replaces one of that name: so a file of
	 * that name is always complete.
	 */
	static void write(final Path path, final Content content) throws IOException {
		final FileSystem system = system(path);
		final Path part = new Path(path.getParent(), "." + path.getName() + "." + UUID.randomUUID() + PART);
		try {
			try (FSDataOutputStream out = system.create(part, true)) {
				content.write(out);
			}
			if (system.exists(path)) system.delete(path, false);
			if (!system.rename(part, path)) throw new IOException(part + " could not be renamed");
		}
		finally {
			system.delete(part, false);
		}
	}
}
