package io.github.deepimageprior.tile;

import io.github.deepimageprior.Picture;

import java.util.Arrays;

/**
 * Blends tiles like {@link Blend}, with the same values, but hands out each row of the picture as soon as no tile to
 * come reaches it: it needs the memory of one row of tiles, whatever the size of the picture.
 */
public final class RowBlend {

	/** Receives the rows of the picture, from top to bottom. */
	@FunctionalInterface
	public interface Rows {

		/** @param channels the values of the row in each channel, valid until the method returns */
		void row(float[][] channels);
	}

	private final Tiles tiles;
	private final Rows rows;
	private final int width, height;
	private final float[][][] window; // of each row, modulo the height of a tile, the values of each channel
	private int next, top;

	/**
	 * @param tiles the plan
	 * @param channels of the picture
	 */
	public RowBlend(final Tiles tiles, final int channels, final Rows rows) {
		this.tiles = tiles;
		this.rows = rows;
		width = tiles.scale() * tiles.width();
		height = tiles.scale() * tiles.height();
		window = new float[tiles.tile(0).height()][channels][width];
	}

	/**
	 * Adds the next tile; they come in the order of their numbers.
	 *
	 * @param tile of the size in the plan, with the channels of the picture
	 */
	public void add(final Picture tile) {
		final Tile box = tiles.tile(next);
		Tiles.requireSize(tile, box.width(), box.height());
		release(box.y());
		final float[] across = tiles.columnWeights(next), along = tiles.rowWeights(next);
		for (int y = 0; y < tile.channels() * box.height(); y++) {
			final float[] to = window[(box.y() + y % box.height()) % window.length][y / box.height()];
			final float weight = along[y % box.height()];
			for (int x = 0; x < box.width(); x++)
				to[box.x() + x] += weight * across[x] * tile.values()[y * box.width() + x];
		}
		next++;
		if (next == tiles.count()) release(height);
	}

	private void release(final int end) {
		for (; top < end; top++) {
			final float[][] row = window[top % window.length];
			rows.row(row);
			for (final float[] channel : row) Arrays.fill(channel, 0);
		}
	}
}
