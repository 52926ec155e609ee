package io.github.deepimageprior.engine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A lock that one process of this machine holds at a time: so that several that start at once, such as executors of a
 * cluster, do not all unpack libtorch. It saves work, and nothing depends on it: where no file can be locked, it is not
 * held.
 */
final class MachineLock implements AutoCloseable {

	private final FileChannel file;

	private MachineLock(final FileChannel file) {
		this.file = file;
	}

	/**
	 * Waits until no other process holds the lock.
	 *
	 * @param folder in which the lock file lies; it is made if it does not exist
	 */
	static MachineLock in(final Path folder) {
		FileChannel file = null;
		try {
			if (!Files.isDirectory(folder)) Files.createDirectories(folder);
			file = FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
			file.lock();
		}
		catch (final IOException | OverlappingFileLockException without) {
			// as if it were held
		}
		return new MachineLock(file);
	}

	@Override
	public void close() {
		try {
			if (file != null) file.close();
		}
		catch (final IOException released) {
			// the end of the process releases it too
		}
	}
}
