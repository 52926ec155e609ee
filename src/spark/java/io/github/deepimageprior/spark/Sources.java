package io.github.deepimageprior.spark;

import io.github.deepimageprior.DipException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.spark.SparkFiles;

/**
 * Local copies of image files in this process. The slices of a stack are separate tasks: an executor copies and opens
 * the stack once, and keeps it as long as a task uses it, or until there are several others.
 */
final class Sources {

	private static final int KEPT = 2;

	private static final Map<String, Source> OPEN = new LinkedHashMap<>();

	private Sources() {}

	/** A file that is open, and how many tasks use it. */
	private static final class Source {

		private final Path folder;
		private ImageFile image;
		private int users;

		Source() throws IOException {
			folder = Files.createTempDirectory(Path.of(SparkFiles.getRootDirectory()), "image");
		}

		synchronized ImageFile open(final String file, final Method method, final boolean virtual) throws IOException {
			if (image == null) {
				final org.apache.hadoop.fs.Path path = Storage.path(file);
				final Path local = folder.resolve(path.getName());
				Storage.download(path, local);
				image = new ImageFile(local, method, virtual);
			}
			return image;
		}

		void delete() {
			try (var files = Files.list(folder)) {
				for (final Path file : files.toList()) Files.delete(file);
				Files.delete(folder);
			}
			catch (final IOException left) {
				// Spark deletes the folder above it in the end
			}
		}
	}

	/** What is done with an image and a folder for temporary files, which is deleted some time later. */
	@FunctionalInterface
	interface Use<R> {

		R of(ImageFile image, Path folder) throws IOException;
	}

	/**
	 * Does something with an image file.
	 *
	 * @param shared whether other tasks of this process may use the same file, of which planes are then read as needed
	 * @throws DipException if the file cannot be read
	 */
	static <R> R use(final Piece file, final Method method, final boolean shared, final Use<R> use) throws IOException {
		final String name = String.join(" ", SparkFiles.getRootDirectory(), file.file(), file.version());
		final String key = shared ? name : name + " " + Thread.currentThread().getId();
		final Source source = acquire(key);
		try {
			return use.of(source.open(file.file(), method, shared), source.folder);
		}
		finally {
			release(key, shared);
		}
	}

	private static synchronized Source acquire(final String key) throws IOException {
		Source source = OPEN.remove(key);
		if (source == null) source = new Source();
		source.users++;
		OPEN.put(key, source); // the last one used is the last one in the map
		return source;
	}

	private static synchronized void release(final String key, final boolean shared) {
		final Source source = OPEN.get(key);
		source.users--;
		if (!shared) {
			OPEN.remove(key);
			source.delete();
		}
		int idle = (int) OPEN.values().stream().filter(other -> other.users == 0).count() - KEPT;
		for (final var all = OPEN.values().iterator(); all.hasNext() && idle > 0;) {
			final Source other = all.next();
			if (other.users > 0) continue;
			all.remove();
			other.delete();
			idle--;
		}
	}
}
