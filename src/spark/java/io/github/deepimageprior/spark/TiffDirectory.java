package io.github.deepimageprior.spark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.apache.hadoop.fs.FSDataInputStream;

/**
 * The first directory of a TIFF or BigTIFF: what it says of the first image, and where its strips or tiles lie (Adobe,
 * "TIFF Revision 6.0", 1992; BigTIFF after Dalen and Welles).
 */
final class TiffDirectory {

	static final int WIDTH = 256, HEIGHT = 257, BITS = 258, COMPRESSION = 259, COLOURS = 262, STRIP_OFFSETS = 273,
		SAMPLES = 277, ROWS = 278, STRIP_COUNTS = 279, PLANAR = 284, PREDICTOR = 317, TILE_WIDTH = 322,
		TILE_HEIGHT = 323, TILE_OFFSETS = 324, TILE_COUNTS = 325;
	static final int YCBCR = 6;

	private static final int SHORT = TiffHeader.SHORT, LONG = TiffHeader.LONG, LONG8 = TiffHeader.LONG8, DIRECTORY = 13;

	/** Compressions that may have a predictor: LZW, and Deflate by its two numbers. */
	private static final Set<Integer> PREDICTED = Set.of(5, 8, 32946);

	/** Bytes of a value of each type; 0 where there is no such type. */
	private static final int[] SIZES = { 0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8 };

	/** Tags that are 1 where they are missing. */
	private static final Set<Integer> ONES = Set.of(SAMPLES, PLANAR, COMPRESSION, COLOURS, BITS, PREDICTOR);

	/** More entries than any file has, and more bytes of an entry's values: such a file is damaged. */
	private static final int MOST_ENTRIES = 1 << 12, MOST_BYTES = 1 << 26;

	/**
	 * An entry.
	 *
	 * @param values as they are stored
	 */
	record Entry(int type, long count, ByteBuffer values) {

		/** @return a value that is an integer */
		long value(final int index) {
			final int place = index * SIZES[type];
			return switch (type) {
				case SHORT -> values.getShort(place) & 0xffff;
				case LONG -> values.getInt(place) & 0xffffffffL;
				case LONG8 -> values.getLong(place);
				default -> throw new IllegalArgumentException("a value of type " + type);
			};
		}

		/** @return whether readers of small files know it, and it is no place of another directory */
		boolean isPlain() {
			return type < LONG8 && type != DIRECTORY;
		}

		byte[] bytes() {
			final byte[] bytes = new byte[values.capacity()];
			values.duplicate().get(0, bytes);
			return bytes;
		}
	}

	private final FSDataInputStream in;
	private final ByteOrder order;
	private final boolean big;
	private final long end; // where the place of the next directory is
	private final Map<Integer, Entry> entries = new TreeMap<>();
	private long bytes;

	/** @throws IOException if it is damaged, or no TIFF */
	TiffDirectory(final FSDataInputStream in) throws IOException {
		this.in = in;
		final byte[] start = new byte[2];
		in.readFully(0, start);
		if (start[0] != start[1] || start[0] != 'I' && start[0] != 'M') throw new IOException("no TIFF");
		order = start[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
		final int version = read(2, 2).getShort();
		if (version != 42 && version != 43) throw new IOException("version " + version);
		big = version == 43;
		end = add(place(big ? 8 : 4));
	}

	private TiffDirectory(final TiffDirectory other, final long place) throws IOException {
		in = other.in;
		order = other.order;
		big = other.big;
		end = add(place);
	}

	/** @return the place behind the entries */
	private long add(final long place) throws IOException {
		final long count = big ? read(place, 8).getLong() : read(place, 2).getShort() & 0xffff;
		if (count < 1 || count > MOST_ENTRIES) throw new IOException(count + " entries");
		final int size = big ? 20 : 12;
		final long start = place + (big ? 8 : 2);
		final ByteBuffer table = read(start, (int) count * size);
		for (int i = 0; i < count; i++) add(table.slice(i * size, size).order(order));
		return start + count * size;
	}

	/** @return a place in the file, as it is stored at another */
	private long place(final long at) throws IOException {
		return big ? read(at, 8).getLong() : read(at, 4).getInt() & 0xffffffffL;
	}

	private ByteBuffer read(final long place, final int length) throws IOException {
		final byte[] bytes = new byte[length];
		in.readFully(place, bytes);
		return ByteBuffer.wrap(bytes).order(order);
	}

	private void add(final ByteBuffer entry) throws IOException {
		final int tag = entry.getShort() & 0xffff, type = entry.getShort() & 0xffff;
		final long count = big ? entry.getLong() : entry.getInt() & 0xffffffffL;
		if (type >= SIZES.length || SIZES[type] == 0) return; // readers skip what they do not know
		if (count < 1 || count > MOST_BYTES / SIZES[type]) return; // missed when it is needed
		final int length = (int) count * SIZES[type];
		bytes += length;
		if (bytes > MOST_BYTES) throw new IOException(bytes + " bytes of entries");
		final long place = length <= entry.remaining() ? -1 : big ? entry.getLong() : entry.getInt() & 0xffffffffL;
		final ByteBuffer values = place < 0 ? entry.slice(entry.position(), length) : read(place, length);
		entries.put(tag, new Entry(type, count, values.order(order)));
	}

	ByteOrder order() {
		return order;
	}

	/** @return all entries, by their tags */
	Map<Integer, Entry> entries() {
		return entries;
	}

	/** @return whether a later directory has an image of the same size: previews and pyramids have smaller ones */
	boolean hasPlanes() throws IOException {
		final Set<Long> seen = new HashSet<>();
		for (long place = place(end); place != 0 && seen.add(place);) {
			final TiffDirectory other = new TiffDirectory(this, place);
			if (other.number(WIDTH) == number(WIDTH) && other.number(HEIGHT) == number(HEIGHT)) return true;
			place = place(other.end);
		}
		return false;
	}

	/** @return whether the image lies in tiles, rather than in strips */
	boolean tiled() {
		return entries.containsKey(TILE_OFFSETS);
	}

	/**
	 * @return whether 16-bit values are differences to their left neighbours, which Java's reader knows of bytes only
	 */
	boolean differences() throws IOException {
		return number(BITS) == Short.SIZE && number(PREDICTOR) == 2 && PREDICTED.contains(number(COMPRESSION));
	}

	/** @throws IOException if there is none, and no default */
	int number(final int tag) throws IOException {
		final Entry entry = entries.get(tag);
		if (entry == null && ONES.contains(tag)) return 1;
		if (entry == null && tag == ROWS) return number(HEIGHT);
		if (entry == null) throw new IOException("no tag " + tag);
		// The number of rows of a strip may be that of infinitely many.
		if (entry.type() == LONG8 && ONES.contains(tag)) throw new IOException("tag " + tag + " of 8 bytes");
		final long value = Math.min(entry.value(0), tag == ROWS ? number(HEIGHT) : Long.MAX_VALUE);
		if (value < 1 || value > Integer.MAX_VALUE) throw new IOException("tag " + tag + ": " + value);
		return (int) value;
	}

	/** @return a value of an entry that has at least as many, or an exception that says that it is damaged */
	long number(final int tag, final long index) throws IOException {
		final Entry entry = entries.get(tag);
		if (entry == null || index >= entry.count) throw new IOException("tag " + tag + " has no value " + index);
		return entry.value((int) index);
	}
}
