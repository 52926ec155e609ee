package io.github.deepimageprior.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Writes an uncompressed TIFF row by row into a stream that cannot go back; a BigTIFF if it has more than 4 GB (Adobe,
 * "TIFF Revision 6.0", 1992; BigTIFF after Dalen and Welles).
 */
final class TiffStream {

	/** What the file says of its scale, as in the source; ImageJ keeps the unit in the description. */
	record Scale(String description, long[] x, long[] y, int unit) implements java.io.Serializable {}

	private static final long LARGEST = 0xf0000000L, STRIP = 1 << 23;

	private final OutputStream out;
	private final int bits;
	private final byte[] row;

	/** Writes the header. */
	TiffStream(final OutputStream out, final int width, final int height, final int channels, final int bits,
		final Scale scale) throws IOException
	{
		this(out, width, height, channels, bits, scale, LARGEST);
	}

	/** @param largest number of bytes of pixels that are no BigTIFF */
	TiffStream(final OutputStream out, final int width, final int height, final int channels, final int bits,
		final Scale scale, final long largest) throws IOException
	{
		this.out = out;
		this.bits = bits;
		row = new byte[Math.multiplyExact(width, channels * bits / 8)];
		final boolean big = (long) row.length * height > largest;
		final int rows = (int) Math.max(1, Math.min(height, STRIP / row.length));
		final int strips = (height + rows - 1) / rows;
		final long[] counts = LongStream.range(0, strips)
			.map(i -> (long) row.length * Math.min(rows, height - i * rows)).toArray();
		final int wide = big ? TiffHeader.LONG8 : TiffHeader.LONG;
		final TiffHeader header = new TiffHeader(ByteOrder.BIG_ENDIAN, big);
		header.put(256, TiffHeader.LONG, width);
		header.put(257, TiffHeader.LONG, height);
		header.put(258, TiffHeader.SHORT, repeated(channels, bits));
		header.put(259, TiffHeader.SHORT, 1);
		header.put(262, TiffHeader.SHORT, channels == 3 ? 2 : 1);
		final byte[] text = (scale.description + "\0").getBytes(StandardCharsets.UTF_8);
		if (text.length > 1) header.put(270, TiffHeader.ASCII, text.length, text);
		header.put(273, wide, new long[strips]);
		header.put(277, TiffHeader.SHORT, channels);
		header.put(278, TiffHeader.LONG, rows);
		header.put(279, wide, counts);
		header.put(282, TiffHeader.RATIONAL, scale.x);
		header.put(283, TiffHeader.RATIONAL, scale.y);
		header.put(296, TiffHeader.SHORT, scale.unit);
		header.put(339, TiffHeader.SHORT, repeated(channels, bits == 32 ? 3 : 1));
		final long start = header.bytes().length;
		header.put(273, wide, LongStream.range(0, strips).map(i -> start + (long) row.length * rows * i).toArray());
		out.write(header.bytes());
	}

	private static long[] repeated(final int count, final long value) {
		final long[] all = new long[count];
		Arrays.fill(all, value);
		return all;
	}

	/** @param channels pixel values of the next row, as they are stored */
	void row(final float[][] channels) throws IOException {
		final ByteBuffer bytes = ByteBuffer.wrap(row);
		for (int x = 0; x < channels[0].length; x++) for (final float[] channel : channels) {
			if (bits == 8) bytes.put((byte) (int) channel[x]);
			else if (bits == 16) bytes.putShort((short) (int) channel[x]);
			else bytes.putFloat(channel[x]);
		}
		out.write(row);
	}
}
