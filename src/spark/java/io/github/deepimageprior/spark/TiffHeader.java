package io.github.deepimageprior.spark;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** What a TIFF or BigTIFF begins with: its mark and its only directory, by tags, with all values behind it. */
final class TiffHeader {

	static final int ASCII = 2, SHORT = 3, LONG = 4, RATIONAL = 5, LONG8 = 16;

	/** @param value as it is stored */
	private record Entry(int type, long count, byte[] value) {}

	private final ByteOrder order;
	private final boolean big;
	private final Map<Integer, Entry> entries = new TreeMap<>();

	TiffHeader(final ByteOrder order, final boolean big) {
		this.order = order;
		this.big = big;
	}

	/** Adds an entry, or replaces it, whose values are bytes in this order. */
	void put(final int tag, final int type, final long count, final byte[] value) {
		entries.put(tag, new Entry(type, count, value));
	}

	/** Adds an entry of integers, or replaces it; a rational one is two of them. */
	void put(final int tag, final int type, final long... values) {
		final int size = type == SHORT ? Short.BYTES : type == LONG8 ? Long.BYTES : Integer.BYTES;
		final ByteBuffer bytes = ByteBuffer.allocate(size * values.length).order(order);
		for (final long value : values) {
			if (size == Short.BYTES) bytes.putShort((short) value);
			else if (size == Integer.BYTES) bytes.putInt((int) value);
			else bytes.putLong(value);
		}
		put(tag, type, type == RATIONAL ? values.length / 2 : values.length, bytes.array());
	}

	byte[] bytes() {
		final int inline = big ? Long.BYTES : Integer.BYTES, start = big ? 16 : 8;
		final int length = start + (big ? 8 : 2) + entries.size() * (big ? 20 : 12) + inline;
		final byte mark = (byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M');
		final ByteBuffer table = ByteBuffer.allocate(length).order(order).put(mark).put(mark);
		if (big)
			table.putShort((short) 43).putShort((short) 8).putShort((short) 0).putLong(start).putLong(entries.size());
		else
			table.putShort((short) 42).putInt(start).putShort((short) entries.size());
		final ByteArrayOutputStream behind = new ByteArrayOutputStream();
		entries.forEach((tag, entry) -> {
			table.putShort((short) (int) tag).putShort((short) entry.type);
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
		});
		final byte[] all = Arrays.copyOf(table.array(), length + behind.size());
		System.arraycopy(behind.toByteArray(), 0, all, length, behind.size());
		return all;
	}
}
