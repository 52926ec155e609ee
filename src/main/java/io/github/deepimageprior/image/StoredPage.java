package io.github.deepimageprior.image;

import ij.io.FileInfo;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The pixels of an image in a file, as its header describes them.
 *
 * @param file its path
 * @param info the header: one image, or several of the same kind, one after the other
 */
record StoredPage(Path file, FileInfo info) {

	/**
	 * @param decode whether pixels are decompressed
	 * @throws IOException if the file ends before its pixels do, or they cannot be decompressed
	 */
	void requireWhole(final boolean decode) throws IOException {
		if (info.compression == FileInfo.COMPRESSION_UNKNOWN) return; // ImageJ itself says that it cannot open it
		try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
			if (info.compression > FileInfo.COMPRESSION_NONE) requireStrips(in, decode);
			else
				if (info.nImages > 1 || info.stripLengths == null || info.stripOffsets.length < 2)
					require(in, info.getOffset(), info.nImages * (bytes() + info.getGap()) - info.getGap());
				else {
					long left = bytes();
					for (int i = 0; i < info.stripOffsets.length; i++) {
						// The last strip may promise more than the image needs; strips after that are other planes.
						require(in, offset(i), left > 0 ? Math.min(left, info.stripLengths[i]) : info.stripLengths[i]);
						left -= info.stripLengths[i];
					}
				}
		}
	}

	private void requireStrips(final RandomAccessFile in, final boolean decode) throws IOException {
		final boolean deflated = decode && info.compression == FileInfo.ZIP
			|| decode && info.compression == FileInfo.ZIP_WITH_DIFFERENCING;
		for (int i = 0; i < info.stripOffsets.length; i++) {
			require(in, offset(i), info.stripLengths[i]);
			if (!deflated) continue;
			final byte[] strip = new byte[info.stripLengths[i]];
			in.seek(offset(i));
			in.readFully(strip);
			inflate(strip);
		}
	}

	private static void inflate(final byte[] strip) throws IOException {
		final Inflater inflater = new Inflater();
		final byte[] pixels = new byte[1 << 16];
		inflater.setInput(strip);
		try {
			while (!inflater.finished())
				if (inflater.inflate(pixels) == 0 && !inflater.finished())
					throw new EOFException("compressed pixels end too early");
		}
		catch (final DataFormatException damaged) {
			throw new IOException("compressed pixels are damaged", damaged);
		}
		finally {
			inflater.end();
		}
	}

	private long offset(final int strip) {
		return info.stripOffsets[strip] & 0xffffffffL;
	}

	/** @return of one image, at least */
	private long bytes() {
		final long pixels = (long) info.width * info.height;
		final int bytes = info.getBytesPerPixel();
		return switch (info.fileType) {
			case FileInfo.BITMAP -> (info.width + 7L) / 8 * info.height;
			case FileInfo.GRAY12_UNSIGNED -> pixels * 3 / 2;
			case FileInfo.GRAY10_UNSIGNED -> pixels * 5 / 4;
			case FileInfo.GRAY24_UNSIGNED -> pixels * 3;
			default ->
				pixels * bytes * (bytes == 3 || bytes == 4 || bytes == 6 ? 1 : Math.max(1, info.samplesPerPixel));
		};
	}

	private static void require(final RandomAccessFile in, final long offset, final long bytes) throws IOException {
		if (offset < 0 || bytes < 0 || offset + bytes > in.length())
			throw new EOFException((offset + bytes) + " bytes are promised, " + in.length() + " are there");
	}
}
