package io.github.deepimageprior.study;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.PartFile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A text file to which nobody else writes meanwhile. */
final class LockedFile implements AutoCloseable {

	private final Path file;
	private final FolderLock lock;
	private FileChannel channel;
	private long end;

	/**
	 * Locks the folder of the file, which need not exist yet.
	 *
	 * @throws DipException if another study writes there
	 * @throws IOException if nothing can be locked there
	 */
	LockedFile(final Path file) throws IOException {
		this.file = file;
		lock = FolderLock.in(file.toAbsolutePath().getParent());
		if (lock == null)
			throw new DipException(
				"Another study is writing to " + file + ": wait for it, or choose another output folder.");
		if (Files.exists(file)) end = Files.size(file);
	}

	/**
	 * Appends a text, which is on the disk when this returns.
	 *
	 * @throws IOException if it cannot be written; the file then ends as before
	 */
	void append(final String text) throws IOException {
		if (channel == null || !channel.isOpen())
			channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		try {
			long place = end;
			for (final ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8)); bytes.hasRemaining();)
				place += channel.write(bytes, place);
			channel.force(true);
			end = place;
		}
		finally {
			channel.truncate(end); // what a full disk has torn: the next text would be joined to it
		}
	}

	/**
	 * Gives the file another content at once, so that it is complete at every moment.
	 *
	 * @throws IOException if that cannot be written; the former content remains
	 */
	void replace(final CharSequence text) throws IOException {
		try (PartFile part = new PartFile(file)) {
			part.stream().write(text.toString().getBytes(UTF_8));
			if (channel != null) channel.close(); // Windows replaces no open file
			part.complete();
		}
		end = Files.size(file);
	}

	@Override
	public void close() throws IOException {
		try (lock) {
			if (channel != null) channel.close();
		}
	}
}
