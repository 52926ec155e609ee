package io.github.deepimageprior.spark;

import io.github.deepimageprior.tile.Tile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import javax.imageio.stream.ImageInputStreamImpl;

import org.apache.hadoop.fs.FSDataInputStream;

/**
 * A small TIFF in place of a file of any size: those strips or tiles of it that a rectangle needs, behind a directory
 * of their own. They are read from the file when they are decoded. So a reader that knows neither BigTIFF nor large
 * images reads any part of one, whatever its compression.
 */
final class TiffWindow extends ImageInputStreamImpl {

	/** Tags whose values are places in the file, or are written anew. */
	private static final Set<Integer> LEFT_OUT = Set.of(330, 513, 514, 519, 520, 521, 34665, 34853, 40965,
		TiffDirectory.WIDTH, TiffDirectory.HEIGHT, TiffDirectory.ROWS, TiffDirectory.STRIP_OFFSETS,
		TiffDirectory.STRIP_COUNTS, TiffDirectory.TILE_WIDTH, TiffDirectory.TILE_HEIGHT, TiffDirectory.TILE_OFFSETS,
		TiffDirectory.TILE_COUNTS);

	private static final long LARGEST_PART = 1 << 28, LARGEST_FILE = 0xffffffffL;

	/** A part of the file: a strip, a row of an uncompressed one, or a tile. */
	private record Part(long place, long length) {}

	private final FSDataInputStream in;
	private final TiffDirectory file;
	private final boolean tiled, rows;
	private final int wide, high;
	private final Tile covered;
	private final TreeMap<Long, Part> parts = new TreeMap<>(); // by their places here
	private final byte[] header;

	/**
	 * @param in the file
	 * @param file its directory
	 * @param box the rectangle
	 * @throws IOException if the file is damaged, or its strips or tiles are larger than 256 MB
	 */
	TiffWindow(final FSDataInputStream in, final TiffDirectory file, final Tile box) throws IOException {
		this.in = in;
		this.file = file;
		tiled = file.tiled();
		// Uncompressed strips need not be read as a whole, unless their rows share colours.
		rows = !tiled && isUncompressed() && file.number(TiffDirectory.COLOURS) != TiffDirectory.YCBCR;
		final int width = file.number(TiffDirectory.WIDTH), height = file.number(TiffDirectory.HEIGHT);
		wide = tiled ? file.number(TiffDirectory.TILE_WIDTH) : width;
		high = rows ? 1 : file.number(tiled ? TiffDirectory.TILE_HEIGHT : TiffDirectory.ROWS);
		if (bytes() > LARGEST_PART) throw new IOException("strips or tiles of " + wide + "x" + high);
		final int left = box.x() / wide, top = box.y() / high;
		final int right = (box.x() + box.width() - 1) / wide, bottom = (box.y() + box.height() - 1) / high;
		final List<Part> chosen = new ArrayList<>();
		for (int plane = 0; plane < planes(); plane++)
			for (int y = top; y <= bottom; y++)
				for (int x = left; x <= right; x++)
					chosen.add(rows ? row(plane, y)
						: part(((long) plane * ((height - 1) / high + 1) + y) * ((width - 1) / wide + 1) + x));
		covered = new Tile(left * wide, top * high, (int) Math.min(width - left * wide, (right + 1L - left) * wide),
			(int) Math.min(height - top * high, (bottom + 1L - top) * high));
		final long[] places = new long[chosen.size()];
		final int start = header(places, chosen).length;
		long next = start;
		for (int i = 0; i < places.length; i++) {
			places[i] = next;
			parts.put(next, chosen.get(i));
			next += chosen.get(i).length;
		}
		if (next > LARGEST_FILE) throw new IOException(next + " bytes of strips or tiles");
		header = header(places, chosen);
	}

	/** @return the rectangle of the image that this TIFF shows */
	Tile covered() {
		return covered;
	}

	/** @return the width of a strip or a tile */
	int partWidth() {
		return wide;
	}

	private boolean isUncompressed() throws IOException {
		return file.number(TiffDirectory.COMPRESSION) == 1;
	}

	/** @return the bytes of a strip or a tile when it is decoded */
	private double bytes() throws IOException {
		final int samples = planes() > 1 ? 1 : file.number(TiffDirectory.SAMPLES);
		return (double) wide * high * samples * file.number(TiffDirectory.BITS) / Byte.SIZE;
	}

	/** @return 1, or the number of channels that lie one after the other */
	private int planes() throws IOException {
		return file.number(TiffDirectory.PLANAR) == 2 ? file.number(TiffDirectory.SAMPLES) : 1;
	}

	private Part part(final long number) throws IOException {
		final long place = file.number(tiled ? TiffDirectory.TILE_OFFSETS : TiffDirectory.STRIP_OFFSETS, number);
		final long length = file.number(tiled ? TiffDirectory.TILE_COUNTS : TiffDirectory.STRIP_COUNTS, number);
		if (place < 0 || length < 1 || length > LARGEST_PART) throw new IOException("part " + number);
		if (tiled && isUncompressed() && length < bytes()) throw new IOException("part " + number + " is too short");
		return new Part(place, length);
	}

	private Part row(final int plane, final int y) throws IOException {
		final int strip = file.number(TiffDirectory.ROWS), height = file.number(TiffDirectory.HEIGHT);
		final long values = (long) wide * (planes() > 1 ? 1 : file.number(TiffDirectory.SAMPLES));
		final long length = (values * file.number(TiffDirectory.BITS) + Byte.SIZE - 1) / Byte.SIZE;
		final long number = (long) plane * ((height - 1) / strip + 1) + y / strip;
		return new Part(file.number(TiffDirectory.STRIP_OFFSETS, number) + y % strip * length, length);
	}

	/** @return a directory for the chosen parts, with all else that the file says of the image */
	private byte[] header(final long[] places, final List<Part> chosen) throws IOException {
		final TiffHeader header = new TiffHeader(file.order(), false);
		final boolean differences = file.differences(); // who reads them adds them up
		file.entries().forEach((tag, entry) -> {
			if (!LEFT_OUT.contains(tag) && entry.isPlain() && !(differences && tag == TiffDirectory.PREDICTOR))
				header.put(tag, entry.type(), entry.count(), entry.bytes());
		});
		header.put(TiffDirectory.WIDTH, TiffHeader.LONG, covered.width());
		header.put(TiffDirectory.HEIGHT, TiffHeader.LONG, covered.height());
		if (tiled) {
			header.put(TiffDirectory.TILE_WIDTH, TiffHeader.LONG, wide);
			header.put(TiffDirectory.TILE_HEIGHT, TiffHeader.LONG, high);
		}
		else header.put(TiffDirectory.ROWS, TiffHeader.LONG, high);
		header.put(tiled ? TiffDirectory.TILE_OFFSETS : TiffDirectory.STRIP_OFFSETS, TiffHeader.LONG, places);
		header.put(tiled ? TiffDirectory.TILE_COUNTS : TiffDirectory.STRIP_COUNTS, TiffHeader.LONG,
			chosen.stream().mapToLong(Part::length).toArray());
		return header.bytes();
	}

	@Override
	public int read() throws IOException {
		final byte[] one = new byte[1];
		return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
	}

	@Override
	public int read(final byte[] bytes, final int offset, final int length) throws IOException {
		checkClosed();
		bitOffset = 0;
		final int count;
		if (streamPos < header.length) {
			count = (int) Math.min(length, header.length - streamPos);
			System.arraycopy(header, (int) streamPos, bytes, offset, count);
		}
		else {
			final Map.Entry<Long, Part> part = parts.floorEntry(streamPos);
			final long skipped = streamPos - part.getKey(), left = part.getValue().length - skipped;
			if (left <= 0) return -1;
			count = (int) Math.min(length, left);
			in.readFully(part.getValue().place + skipped, bytes, offset, count); // readers take less for zeros
		}
		if (count > 0) streamPos += count;
		return count;
	}
}
