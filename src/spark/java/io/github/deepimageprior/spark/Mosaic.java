package io.github.deepimageprior.spark;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.image.ValueMapping;
import io.github.deepimageprior.tile.RowBlend;
import io.github.deepimageprior.tile.Tile;
import io.github.deepimageprior.tile.Tiles;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Arrays;

import org.apache.hadoop.fs.Path;

/**
 * A huge TIFF that is restored tile by tile: no process ever holds more of it than a tile, or a row of tiles when they
 * are put together.
 *
 * @param file the TIFF
 * @param tiles the plan
 * @param channels of the image
 * @param bits of a value
 * @param lows pixel values that 0 stands for, of each channel
 * @param spans differences of pixel values that 1 stands for, of each channel
 * @param scale what the file says of its scale
 */
record Mosaic(String file, Tiles tiles, int channels, int bits, double[] lows, double[] spans,
	TiffStream.Scale scale) implements Serializable
{

	private static final double BYTE = 255;

	/** Reads the header; values of 8 bits are divided by 255, others have the {@linkplain #with range} of all. */
	static Mosaic of(final String file, final int side, final int overlap) throws IOException {
		try (TiffRegions image = new TiffRegions(new Path(file))) {
			image.requireOnePlane();
			final double[] spans = new double[image.channels()];
			Arrays.fill(spans, BYTE);
			return new Mosaic(file, new Tiles(image.width(), image.height(), side, overlap), image.channels(),
				image.bits(), new double[spans.length], spans, image.scale());
		}
	}

	/** The least and the greatest value of each channel, of a tile or of several. */
	record Range(double[] least, double[] greatest) implements Serializable {

		/** @return the range of both */
		Range with(final Range other) {
			final double[] low = least.clone(), high = greatest.clone();
			for (int c = 0; c < low.length; c++) {
				low[c] = Math.min(low[c], other.least[c]);
				high[c] = Math.max(high[c], other.greatest[c]);
			}
			return new Range(low, high);
		}
	}

	/** @return this mosaic with the range of all its values; that of 8 bits as it is */
	Mosaic with(final Range range) {
		if (bits == Byte.SIZE) return this;
		final double[] spans = new double[channels];
		for (int c = 0; c < channels; c++) spans[c] = range.greatest[c] - range.least[c];
		return new Mosaic(file, tiles, channels, bits, range.least, spans, scale);
	}

	private Picture read(final int number) throws IOException {
		final Tile box = tiles.tile(number);
		try (TiffRegions image = new TiffRegions(new Path(file))) {
			return image.read(box);
		}
	}

	/** @throws DipException if a value is NaN or infinite */
	Range range(final int number) throws IOException {
		final Picture tile = read(number);
		final double[] least = new double[channels], greatest = new double[channels];
		for (int c = 0; c < channels; c++) {
			least[c] = Double.POSITIVE_INFINITY;
			greatest[c] = Double.NEGATIVE_INFINITY;
			for (final float value : tile.channels(c, 1).values()) {
				if (!Float.isFinite(value))
					throw new DipException("The image has pixels that are NaN or infinite in the tile at "
						+ tiles.tile(number).x() + ", " + tiles.tile(number).y() + ": replace them first.");
				least[c] = Math.min(least[c], value);
				greatest[c] = Math.max(greatest[c], value);
			}
		}
		return new Range(least, greatest);
	}

	/** @return a restored tile, in 0..1 */
	Picture restored(final int number, final Method method) throws IOException {
		final Picture tile = unit(number);
		return new Restorer(method).restore(tile, null, spans, Math.max(tile.width(), tile.height()), 0);
	}

	/** @return seconds that a tile takes on the calling thread, from a trial with the first one */
	double seconds(final Method method) throws IOException {
		final Mosaic ranged = with(range(0));
		return new Restorer(method).seconds(ranged.unit(0), ranged.spans);
	}

	/** @return bytes outside the Java heap that a tile needs, an estimate */
	long memory(final Method method) {
		final Tile tile = tiles.tile(0);
		return new Restorer(method).memory(tile.width(), tile.height(), channels,
			Math.max(tile.width(), tile.height()));
	}

	/** @return a tile, in 0..1 */
	private Picture unit(final int number) throws IOException {
		final Picture tile = read(number);
		final ValueMapping mapping = mapping();
		final int area = tile.width() * tile.height();
		for (int i = 0; i < tile.values().length; i++) tile.values()[i] = mapping.toUnit(i / area, tile.values()[i]);
		return tile;
	}

	private ValueMapping mapping() {
		return ValueMapping.of(bits, lows, spans);
	}

	/** What gives the restored tiles. */
	interface Parts {

		Picture tile(int number) throws IOException;
	}

	/** Blends all tiles and writes the result. */
	void write(final Parts parts, final Path target) throws IOException {
		final ValueMapping mapping = mapping();
		Storage.write(target, out -> {
			final TiffStream tiff = new TiffStream(out, tiles.width(), tiles.height(), channels, bits, scale);
			final RowBlend blend = new RowBlend(tiles, channels, row -> {
				for (int c = 0; c < channels; c++)
					for (int x = 0; x < row[c].length; x++) row[c][x] = mapping.toPixel(c, row[c][x]);
				try {
					tiff.row(row);
				}
				catch (final IOException full) {
					throw new UncheckedIOException(full);
				}
			});
			for (int i = 0; i < tiles.count(); i++) blend.add(parts.tile(i));
		});
	}
}
