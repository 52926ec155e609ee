package io.github.deepimageprior.spark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Writes an uncompressed TIFF row by row into a stream that cannot go back; a BigTIFF if it has more than 4 GB (Adobe,
 * "TIFF Revision 6.0", 1992; BigTIFF after Dalen and Welles).
 */
final class TiffStream {

	/** What the file says of its scale, as in the source; ImageJ keeps the unit in the description. */
	record Scale(String description, long[] x, long[] y, int unit) implements java.io.Serializable {}

	private static final long LARGEST = 0xf0000000L, STRIP = 1 << 23;
	private static final int ASCII = 2, SHORT = 3, LONG = 4, RATIONAL = 5, LONG8 = 16;

	private final OutputStream out;
	private final int bits;
	private final byte[] row;

	/** An entry of the directory. */
	private record Entry(int tag, int type, long count, byte[] value) {}

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
		final List<Entry> entries = new ArrayList<>(
			List.of(number(256, LONG, width), number(257, LONG, height), numbers(258, SHORT, repeated(channels, bits)),
				number(259, SHORT, 1), number(262, SHORT, channels == 3 ? 2 : 1)));
		final byte[] text = (scale.description + "\0").getBytes(StandardCharsets.UTF_8);
		if (text.length > 1) entries.add(new Entry(270, ASCII, text.length, text));
		final int offsets = entries.size();
		entries.addAll(List.of(numbers(273, big ? LONG8 : LONG, new long[strips]), number(277, SHORT, channels),
			number(278, LONG, rows), numbers(279, big ? LONG8 : LONG, counts),
			new Entry(282, RATIONAL, 1, numbers(0, LONG, scale.x).value),
			new Entry(283, RATIONAL, 1, numbers(0, LONG, scale.y).value), number(296, SHORT, scale.unit),
			numbers(339, SHORT, repeated(channels, bits == 32 ? 3 : 1))));
		final long start = directory(entries, big).length;
		final long[] places = LongStream.range(0, strips).map(i -> start + (long) row.length * rows * i).toArray();
		entries.set(offsets, numbers(273, big ? LONG8 : LONG, places));
		out.write(directory(entries, big));
	}

	private static long[] repeated(final int count, final long value) {
		final long[] all = new long[count];
		Arrays.fill(all, value);
		return all;
	}

	private static Entry number(final int tag, final int type, final long value) {
		return numbers(tag, type, new long[] { value });
	}

	private static Entry numbers(final int tag, final int type, final long[] values) {
		final int size = type == SHORT ? Short.BYTES : type == LONG ? Integer.BYTES : Long.BYTES;
		final ByteBuffer bytes = ByteBuffer.allocate(size * values.length);
		for (final long value : values) {
			if (type == SHORT) bytes.putShort((short) value);
			else if (type == LONG) bytes.putInt((int) value);
			else bytes.putLong(value);
		}
		return new Entry(tag, type, values.length, bytes.array());
	}

	/** @return the header, the directory, and behind it the values that do not fit into its entries; all big-endian */
	private static byte[] directory(final List<Entry> entries, final boolean big) {
		final int inline = big ? Long.BYTES : Integer.BYTES, header = big ? 16 : 8;
		final int length = header + (big ? 8 : 2) + entries.size() * (big ? 20 : 12) + inline;
		final ByteBuffer table = ByteBuffer.allocate(length).putShort((short) 0x4d4d);
		if (big)
			table.putShort((short) 43).putShort((short) 8).putShort((short) 0).putLong(header).putLong(entries.size());
		else
			table.putShort((short) 42).putInt(header).putShort((short) entries.size());
		final ByteArrayOutputStream behind = new ByteArrayOutputStream();
		for (final Entry entry : entries) {
			table.putShort((short) entry.tag).putShort((short) entry.type);
			if (big) table.putLong(entry.count);
			else table.putInt((int) entry.count);
			final int next = table.position() + inline;
			if (entry.value.length <= inline) table.put(entry.value);
			else {
				if (big) table.putLong(length + behind.size());
				else table.putInt(length + behind.size());
				behind.writeBytes(entry.value);
				if (behind.size() % 2 > 0) behind.write(0);
			}
			table.position(next);
		}
		final byte[] all = Arrays.copyOf(table.array(), length + behind.size());
		System.arraycopy(behind.toByteArray(), 0, all, length, behind.size());
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
