package io.github.deepimageprior.tile;

import io.github.deepimageprior.Picture;

import java.awt.Rectangle;

/**
 * Puts tiles together to a whole picture, with {@linkplain Tiles smooth passages} between them. It takes the memory of
 * the picture.
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
	 * @param i which tile of the plan
	 * @param tile as large as the plan has it, with the channels of the picture
	 */
	public void add(final int i, final Picture tile) {
		final Rectangle box = tiles.rectangle(i);
		Tiles.requireSize(tile, box.width, box.height);
		final float[] across = tiles.columnWeights(i), along = tiles.rowWeights(i);
		for (int y = 0; y < whole.channels() * box.height; y++) {
			final int to = (y / box.height * whole.height() + box.y + y % box.height) * whole.width() + box.x;
			final float weight = along[y % box.height];
			for (int x = 0; x < box.width; x++)
				whole.values()[to + x] += weight * across[x] * tile.values()[y * box.width + x];
		}
	}

	/** @return the picture, as far as its tiles have been added: on its own numbers, not a copy */
	public Picture picture() {
		return whole;
	}
}
