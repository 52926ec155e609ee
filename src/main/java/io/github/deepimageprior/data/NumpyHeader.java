package io.github.deepimageprior.data;

import io.github.deepimageprior.DipException;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The headers of NumPy's arrays (NEP 1), which are checked before an array is read: DJL takes big-endian values for
 * others, and libtorch ends the process at types that it does not have.
 */
final class NumpyHeader {

	private static final byte[] MAGIC = { (byte) 0x93, 'N', 'U', 'M', 'P', 'Y' };

	private static final Pattern TYPE = Pattern.compile("'descr': *('[^']*'|[^,}]*)"),
		READ = Pattern.compile("'([<|][bui]1|<i[48]|<f[248])'");

	private static final String REMEDY =
		": save pictures as unsigned bytes, or as float32 in 0..1, and labels as int64.";

	private NumpyHeader() {}

	/**
	 * @param file one array, or an archive of several
	 * @throws DipException if an array has values or an order that cannot be read
	 * @throws IOException if the file cannot be read
	 */
	static void check(final Path file) throws IOException {
		try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
			bytes.mark(1);
			final boolean alone = bytes.read() != 'P';
			bytes.reset();
			if (alone) {
				check(file, bytes);
				return;
			}
		}
		try (ZipFile archive = new ZipFile(file.toFile())) {
			for (final ZipEntry entry : Collections.list(archive.entries()))
				try (InputStream bytes = archive.getInputStream(entry)) {
					check(file, bytes);
				}
		}
	}

	private static void check(final Path file, final InputStream bytes) throws IOException {
		final String header = header(new DataInputStream(bytes));
		final Matcher type = TYPE.matcher(header);
		if (!type.find()) throw new IOException("No NumPy array: " + header);
		if (!READ.matcher(type.group(1)).matches())
			throw new DipException("The file " + file + " has an array of the type " + DipException.shown(type.group(1))
				+ ", which is not read" + REMEDY);
		if (header.contains("'fortran_order': True"))
			throw new DipException("The file " + file
				+ " has an array in Fortran's order, which is not read: save numpy.ascontiguousarray of it.");
	}

	private static String header(final DataInputStream in) throws IOException {
		final byte[] magic = in.readNBytes(MAGIC.length);
		if (!Arrays.equals(magic, MAGIC)) throw new IOException("No NumPy array");
		final int version = in.readUnsignedByte();
		in.readUnsignedByte();
		final int length = version == 1 ? Short.toUnsignedInt(Short.reverseBytes(in.readShort()))
			: Integer.reverseBytes(in.readInt());
		if (length < 0 || length > 1 << 20) throw new IOException("A header of " + length + " bytes");
		final byte[] header = in.readNBytes(length);
		if (header.length < length) throw new EOFException();
		return new String(header, StandardCharsets.ISO_8859_1);
	}
}
