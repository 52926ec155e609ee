package io.github.deepimageprior;

import java.io.IOException;
import java.nio.channels.FileChannel;
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
	private final FileChannel lock;

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
			lock = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
		}
		catch (final IOException refused) {
			OPEN.remove(part);
			throw refused;
		}
		lock(lock);
	}

	private static void deleteUnlessLocked(final Path old) {
		try (FileChannel channel = FileChannel.open(old, StandardOpenOption.WRITE)) {
			if (lock(channel)) Files.deleteIfExists(old);
		}
		catch (final IOException left) {
			// it is not in the way
		}
	}

	/** @return whether this process has got the lock; never on file systems without locks */
	private static boolean lock(final FileChannel channel) {
		try {
			return channel.tryLock(LOCKED, 1, false) != null;
		}
		catch (final IOException | OverlappingFileLockException none) {
			return false;
		}
	}

	/** @return the hidden file, which is to be written */
	public Path path() {
		return part;
	}

	/**
	 * Gives the complete file its name; an older file of that name is replaced.
	 *
	 * @throws IOException if the file cannot be moved; an older file remains
	 */
	public void complete() throws IOException {
		try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
			written.force(true); // or after a power failure there might be an empty file with its name
		}
		lock.close();
		Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
	}

	/** Deletes the hidden file, unless it is complete. */
	@Override
	public void close() throws IOException {
		lock.close();
		OPEN.remove(part);
		Files.deleteIfExists(part);
	}
}
