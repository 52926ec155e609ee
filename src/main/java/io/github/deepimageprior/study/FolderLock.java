package io.github.deepimageprior.study;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets one study at a time write to a folder. It locks a hidden file of its own, which stays there: the files of the
 * study are replaced and read by others meanwhile, which would end locks on them.
 */
final class FolderLock implements AutoCloseable {

	/** Those of this process, for which a second lock would end the first. */
	private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

	private final Path file;
	private final FileChannel channel;

	private FolderLock(final Path file, final FileChannel channel) {
		this.file = file;
		this.channel = channel;
	}

	/**
	 * @param folder that exists
	 * @return null if another study holds the lock, in this process or in another one
	 * @throws IOException if nothing can be locked there
	 */
	static FolderLock in(final Path folder) throws IOException {
		final Path file = folder.toRealPath().resolve(".lock");
		if (!HELD.add(file)) return null;
		FolderLock lock = null;
		try {
			final FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
			if (channel.tryLock() != null) lock = new FolderLock(file, channel);
			else channel.close();
			return lock;
		}
		catch (final OverlappingFileLockException here) {
			return null; // another class loader's; the channel stays open, or that lock would end
		}
		finally {
			if (lock == null) HELD.remove(file);
		}
	}

	/** Lets another study write there. */
	@Override
	public void close() throws IOException {
		if (!channel.isOpen()) return;
		channel.close();
		HELD.remove(file);
	}
}
