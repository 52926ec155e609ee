package io.github.deepimageprior;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that is written beside its place, hidden, and moved there when it is complete: at every moment there is a
 * complete file with its name, or none. What killed processes have left of the same file is deleted, but not what other
 * processes are writing. The name of the hidden file is short, whatever that of the file.
 */
public final class PartFile implements AutoCloseable {

	/**
	 * The byte that is locked as long as a file is being written, beyond its end: on Windows nobody may write there.
	 */
	private static final long LOCKED = Long.MAX_VALUE - 1;

	/** Those of this process: to open and close one of them would release its lock. */
	private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

	private final Path target, part;
	private final FileChannel channel;
	private final FileLock lock; // null on file systems without locks

	/**
	 * Creates the hidden file, so that a folder that cannot be written to is noticed at once.
	 *
	 * @param target the file, in a folder that exists
	 * @throws IOException if it cannot be created
	 */
	public PartFile(final Path target) throws IOException {
		final Path name = target.getFileName(), folder = target.toAbsolutePath().getParent().toRealPath();
		this.target = folder.resolve(name);
		final String start = ".dip-" + UUID.nameUUIDFromBytes(name.toString().getBytes(StandardCharsets.UTF_8)) + "-";
		try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, start + "*.part")) {
			for (final Path old : parts) if (!OPEN.contains(old)) deleteUnlessLocked(old);
		}
		part = folder.resolve(start + UUID.randomUUID() + ".part");
		OPEN.add(part);
		try {
			channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
		}
		catch (final IOException refused) {
			OPEN.remove(part);
			throw refused;
		}
		lock = lock(channel);
	}

	private static void deleteUnlessLocked(final Path old) {
		try (FileChannel channel = FileChannel.open(old, StandardOpenOption.WRITE)) {
			if (lock(channel) != null) Files.deleteIfExists(old);
		}
		catch (final IOException left) {
			// it is not in the way
		}
	}

	/** @return the lock; null if another process has it, and always on file systems without locks */
	private static FileLock lock(final FileChannel channel) {
		try {
			return channel.tryLock(LOCKED, 1, false);
		}
		catch (final IOException | OverlappingFileLockException none) {
			return null;
		}
	}

	/** @return writes the hidden file from its start */
	public OutputStream stream() {
		return new FilterOutputStream(Channels.newOutputStream(channel)) {

			@Override
			public void write(final byte[] bytes, final int offset, final int length) throws IOException {
				out.write(bytes, offset, length);
			}

			@Override
			public void close() {
				// to close the channel would release the lock before the file is complete
			}
		};
	}

	/** @return the hidden file, for writers that take no {@link #stream} */
	public Path path() {
		return part;
	}

	/**
	 * Gives the complete file its name; an older file of that name is replaced.
	 *
	 * @throws IOException if the file cannot be moved; an older file remains
	 */
	public void complete() throws IOException {
		if (lock != null) { // a writer that took the path has released it by closing the file (POSIX)
			lock.release();
			lock(channel);
		}
		channel.force(true); // or after a power failure there might be an empty file with its name
		channel.close();
		Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
	}

	/** Deletes the hidden file, unless it is complete. */
	@Override
	public void close() throws IOException {
		channel.close();
		OPEN.remove(part);
		Files.deleteIfExists(part);
	}
}
