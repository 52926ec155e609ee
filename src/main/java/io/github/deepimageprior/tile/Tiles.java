package io.github.deepimageprior.tile;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import java.awt.Rectangle;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A large picture as overlapping tiles, spread evenly, all of one size: {@code tile} pixels a side, or the picture's
 * side where that is smaller. There are as few as neighbours that overlap by {@code overlap} pixels or more allow. They
 * are counted row by row.
 * <p>
 * Each tile has weights, a product of one along x and one along y, that fall off smoothly where it overlaps its
 * neighbours; at every pixel the weights of all tiles add up to 1.
 *
 * @param width of the picture in pixels
 * @param height of the picture in pixels
 * @param tile the greatest side of a tile in pixels, at least 32
 * @param overlap the least overlap of neighbours in pixels, less than half a tile
 * @param scale how many times larger the picture is in which the tiles are placed: all sizes above are those of the
 *        smaller one
 */
public record Tiles(int width, int height, int tile, int overlap, int scale) {

	private static final int SMALLEST = 32;

	/** @throws DipException if tiles are too small or overlap too much */
	public Tiles {
		if (width < 1 || height < 1) throw new IllegalArgumentException("There are no pixels: " + width + "x" + height);
		if (tile < SMALLEST)
			throw new DipException("Tiles of " + tile + " pixels are too small: take at least " + SMALLEST + ".");
		if (overlap < 0 || 2 * overlap >= tile)
			throw new DipException("Tiles of " + tile + " pixels cannot overlap by " + overlap
				+ ": take an overlap from 0 to " + (tile - 1) / 2 + ".");
	}

	/** Tiles of the picture itself. */
	public Tiles(final int width, final int height, final int tile, final int overlap) {
		this(width, height, tile, overlap, 1);
	}

	/** @return the same tiles in a picture that is so many times larger */
	public Tiles times(final int factor) {
		return new Tiles(width, height, tile, overlap, scale * factor);
	}

	/** @return how many tiles there are */
	public int count() {
		return x().count() * y().count();
	}

	/** @return where tile i lies in the picture */
	public Rectangle rectangle(final int i) {
		final int column = i % x().count(), row = i / x().count();
		return new Rectangle(scale * x().start(column), scale * y().start(row), scale * x().side(), scale * y().side());
	}

	/** @return where the tiles lie in the picture */
	public List<Rectangle> rectangles() {
		return IntStream.range(0, count()).mapToObj(this::rectangle).toList();
	}

	/** @return a copy of tile i of the picture */
	public Picture cut(final Picture picture, final int i) {
		requireSize(picture, scale * width, scale * height);
		final Rectangle box = rectangle(i);
		return picture.part(box.x, box.y, box.width, box.height);
	}

	/** @return the factors of tile i's weights for each of its columns */
	float[] columnWeights(final int i) {
		return x().weights(i % x().count(), scale);
	}

	/** @return the factors of tile i's weights for each of its rows */
	float[] rowWeights(final int i) {
		return y().weights(i / x().count(), scale);
	}

	static void requireSize(final Picture picture, final int width, final int height) {
		if (picture.width() != width || picture.height() != height)
			throw new IllegalArgumentException("The picture has " + picture.width() + "x" + picture.height()
				+ " pixels instead of " + width + "x" + height);
	}

	private Axis x() {
		return new Axis(width, Math.min(width, tile), overlap);
	}

	private Axis y() {
		return new Axis(height, Math.min(height, tile), overlap);
	}

	private record Axis(int length, int side, int overlap) {

		int count() {
			return side == length ? 1 : -Math.floorDiv(overlap - length, side - overlap);
		}

		int start(final int i) {
			return count() == 1 ? 0 : (int) ((long) i * (length - side) / (count() - 1));
		}

		/**
		 * The ramp at which a tile begins less that of the next one: such differences add up to 1 even where three
		 * tiles overlap.
		 */
		float[] weights(final int i, final int scale) {
			final float[] weights = new float[side * scale];
			for (int p = 0; p < weights.length; p++) {
				final double place = start(i) + (p + 0.5) / scale;
				weights[p] = (float) (ramp(i, place) - ramp(i + 1, place));
			}
			return weights;
		}

		/** From 0 to 1 where tile i overlaps the one before: smoothstep. */
		private double ramp(final int i, final double place) {
			if (i == 0 || i == count()) return i == 0 ? 1 : 0;
			final int from = start(i), to = start(i - 1) + side;
			final double u = Math.max(0, Math.min(1, (place - from) / (to - from)));
			return u * u * (3 - 2 * u);
		}
	}
}
