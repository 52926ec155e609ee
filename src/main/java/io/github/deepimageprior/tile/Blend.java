package io.github.deepimageprior.tile;

import io.github.deepimageprior.Picture;

/**
 * Blends tiles into one picture with {@linkplain Tiles smooth transitions}. Needs as much memory as the picture.
 */
public final class Blend {

	private final Tiles tiles;
	private final Picture whole;

	/**
	 * @param tiles the plan
	 * @param channels of the picture
	 */
	public Blend(final Tiles tiles, final int channels) {
		this.tiles = tiles;
		final int width = tiles.scale() * tiles.width(), height = tiles.scale() * tiles.height();
		whole = new Picture(new float[Math.toIntExact((long) width * height * channels)], width, height, channels);
	}

	/**
	 * Adds a tile; each must be added once.
	 *
	 * @param i number of the tile in the plan
	 * @param tile of the size in the plan, with the channels of the picture
	 */
	public void add(final int i, final Picture tile) {
		final Tile box = tiles.tile(i);
		Tiles.requireSize(tile, box.width(), box.height());
		final float[] across = tiles.columnWeights(i), along = tiles.rowWeights(i);
		for (int y = 0; y < whole.channels() * box.height(); y++) {
			final int to = (y / box.height() * whole.height() + box.y() + y % box.height()) * whole.width() + box.x();
			final float weight = along[y % box.height()];
			for (int x = 0; x < box.width(); x++)
				whole.values()[to + x] += weight * across[x] * tile.values()[y * box.width() + x];
		}
	}

	/** @return the picture, as far as its tiles have been added; it is not a copy */
	public Picture picture() {
		return whole;
	}
}
