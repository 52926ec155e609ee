package io.github.deepimageprior.image;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The blocks of which TIFF, GIF, AVI and ZIP files consist. Each says where the next one begins, so that it shows if
 * the end is missing.
 *
 * @param file its path
 */
record StoredBlocks(Path file) {

	private static final String CUT_OFF = "the end is missing";

	/** From here on, offsets in TIFF files may mean something else than they say. */
	private static final long LARGEST_TIFF = 1L << 32;

	/** @throws IOException if the directories of the pages lead out of the file, or back to a page before */
	void requireTiff() throws IOException {
		try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
			if (in.length() >= LARGEST_TIFF) return;
			final boolean littleEndian = in.read() == 'I';
			final Set<Long> seen = new HashSet<>();
			for (long at = number(in, 4, 4, littleEndian); at != 0;) {
				if (!seen.add(at)) throw new IOException("its pages form a circle");
				at = number(in, at + 2 + 12 * number(in, at, 2, littleEndian), 4, littleEndian);
			}
		}
	}

	/** @throws IOException if a block is longer than what is left of the file */
	void requireAvi() throws IOException {
		try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
			for (long at = 0; at + 8 <= in.length();) {
				in.seek(at);
				if (in.readInt() != 0x52494646) return; // "RIFF"
				at += 8 + number(in, at + 4, 4, true);
				if (at > in.length()) throw new EOFException(CUT_OFF);
			}
		}
	}

	private static long number(final RandomAccessFile in, final long at, final int bytes, final boolean littleEndian)
		throws IOException
	{
		if (at + bytes > in.length()) throw new EOFException(CUT_OFF);
		in.seek(at);
		long number = 0;
		for (int i = 0; i < bytes; i++) {
			final long next = in.read();
			number = littleEndian ? number | next << 8 * i : number << 8 | next;
		}
		return number;
	}

	/** @throws IOException if an entry is damaged, or their list at the end is missing */
	void requireZip() throws IOException {
		try (ZipFile zip = new ZipFile(file.toFile())) {
			for (final Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements();)
				try (InputStream in = zip.getInputStream(entries.nextElement()))
				{
					in.transferTo(OutputStream.nullOutputStream()); // and compares the checksum
				}
		}
	}

	/** @throws IOException if the file ends within a block; the mark of its end may be missing */
	void requireGif() throws IOException {
		try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
			in.skipNBytes(10);
			skipColours(in, 2);
			for (int kind = in.read(); kind == ',' || kind == '!'; kind = in.read()) {
				if (kind == '!') in.skipNBytes(1);
				else {
					in.skipNBytes(8);
					skipColours(in, 0);
					in.skipNBytes(1);
				}
				for (int length = in.readUnsignedByte(); length > 0; length = in.readUnsignedByte())
					in.skipNBytes(length);
			}
		}
		catch (final EOFException end) {
			throw new EOFException(CUT_OFF);
		}
	}

	/** Skips a byte of flags, some others, and the colour table that the flags announce. */
	private static void skipColours(final DataInputStream in, final int others) throws IOException {
		final int flags = in.readUnsignedByte();
		in.skipNBytes(others + ((flags & 0x80) == 0 ? 0 : 3L << (flags & 7) + 1));
	}
}
