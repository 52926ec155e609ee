package io.github.deepimageprior.spark;

import io.github.deepimageprior.DipException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.commons.io.FileUtils;

/**
 * A folder of another file system with a local copy, for what needs files of this computer. What changes in the copy is
 * written back every half minute and in the end. Paths without a scheme are those of this computer, and no copy.
 */
final class RemoteFolder implements AutoCloseable {

	private static final int SECONDS = 30;

	/** Files that are of use only to the study that writes to the copy. */
	private static final Pattern OWN = Pattern.compile("\\.lock|.*\\.part");

	private final org.apache.hadoop.fs.Path remote; // null for none
	private final Path copies, local;
	private final Map<Path, FileTime> written = new HashMap<>();
	private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
		final Thread thread = new Thread(work, "copies of the output");
		thread.setDaemon(true);
		return thread;
	});

	/** A file system that is not that of this computer. */
	private static boolean isRemote(final String path) {
		return path.matches("(?!file:)[A-Za-z][A-Za-z0-9+.-]+:/.*");
	}

	/** @return a path of this computer, as its own file system takes it */
	private static String here(final String path) {
		return path.strip().replaceFirst("^file:(//)?", "");
	}

	/** Within a folder, below all names of the remote path, by which a study tells its sets apart. */
	private static Path below(final Path folder, final org.apache.hadoop.fs.Path remote) {
		final URI uri = remote.toUri();
		final String names = uri.getScheme() + "/" + Objects.toString(uri.getAuthority(), "") + uri.getPath();
		return folder.resolve(names.replaceAll("[:*?\"<>|]", "_"));
	}

	/**
	 * @param path as a user wrote it
	 * @return a file or a folder on this computer: a copy, if it is elsewhere
	 */
	static String copied(final String path) {
		if (!isRemote(path.strip())) return here(path);
		try {
			final org.apache.hadoop.fs.Path remote = Storage.path(path.strip());
			final Path folder = Files.createTempDirectory("dip"), local = below(folder, remote);
			Files.createDirectories(local.getParent());
			Storage.downloadAll(remote, local);
			FileUtils.forceDeleteOnExit(folder.toFile());
			return local.toString();
		}
		catch (final IOException unreadable) {
			throw new DipException(
				"The path " + path + " cannot be read: check that it exists, and that you may read it.", unreadable);
		}
	}

	/**
	 * @param path of a folder as a user wrote it
	 * @param names of the files that are read from it at the start, if they exist
	 */
	RemoteFolder(final String path, final List<String> names) {
		try {
			remote = isRemote(path.strip()) ? Storage.path(path.strip()) : null;
			copies = remote == null ? null : Files.createTempDirectory("dip");
			local = remote == null ? Path.of(here(path)) : below(copies, remote);
			if (remote == null) return;
			Files.createDirectories(local);
			for (final String name : names) {
				final org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(remote, name);
				if (!Storage.exists(file)) continue;
				Storage.download(file, local.resolve(name));
				written.put(local.resolve(name), Files.getLastModifiedTime(local.resolve(name)));
			}
		}
		catch (final IOException unreadable) {
			throw new DipException("The folder " + path + " cannot be read: check that you may read it.", unreadable);
		}
	}

	/** @return the folder on this computer */
	Path local() {
		return local;
	}

	/** @return whether the folder of another file system has files, but none of those that are read from it */
	boolean hasOnlyOthers() {
		try {
			return remote != null && written.isEmpty() && Storage.exists(remote) && !Storage.files(remote).isEmpty();
		}
		catch (final IOException unreadable) {
			throw new DipException("The folder " + remote + " cannot be read: check that you may read it.", unreadable);
		}
	}

	/** Begins to write back what changes. */
	void watch() {
		if (remote != null) clock.scheduleWithFixedDelay(this::tryToWrite, SECONDS, SECONDS, TimeUnit.SECONDS);
	}

	private void tryToWrite() {
		try {
			write();
		}
		catch (final IOException | RuntimeException later) {
			Application.say("The output could not be copied to " + remote + " now: " + later);
		}
	}

	private synchronized void write() throws IOException {
		try (Stream<Path> files = Files.walk(local)) {
			for (final Path file : files.filter(Files::isRegularFile).toList()) {
				final FileTime time = Files.getLastModifiedTime(file);
				if (OWN.matcher(file.getFileName().toString()).matches() || time.equals(written.get(file))) continue;
				final String name = local.relativize(file).toString().replace('\\', '/');
				Storage.write(new org.apache.hadoop.fs.Path(remote, name), out -> Files.copy(file, out));
				written.put(file, time);
			}
		}
		catch (final UncheckedIOException unreadable) {
			throw unreadable.getCause();
		}
	}

	/** Writes back what has changed, and deletes the copy. */
	@Override
	public void close() {
		clock.shutdownNow();
		if (remote == null) return;
		try {
			write();
			FileUtils.deleteQuietly(copies.toFile());
		}
		catch (final IOException full) {
			throw new DipException("The output cannot be written to " + remote + ": check that you may write there. It "
				+ "is in " + local + " of this computer.", full);
		}
	}
}
