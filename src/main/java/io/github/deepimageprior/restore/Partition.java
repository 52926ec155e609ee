package io.github.deepimageprior.restore;

import io.github.deepimageprior.prior.Observation;
import io.github.deepimageprior.tile.Tiles;

/**
 * How a picture is divided into parts that are fitted by themselves.
 *
 * @param oneByOne whether each channel is fitted by itself, else all together
 * @param tile greatest side of a tile in pixels of the observed picture; 0 for no tiles
 * @param overlap least overlap of neighbouring tiles in pixels of the observed picture
 */
public record Partition(boolean oneByOne, int tile, int overlap) {

	/** The whole picture at once. */
	public static final Partition NONE = new Partition(false, 0, 0);

	/** @return channels that are fitted together */
	int channels(final Observation observation) {
		return oneByOne ? 1 : observation.channels();
	}

	/** @return how many groups of channels there are */
	int groups(final Observation observation) {
		return oneByOne ? observation.channels() : 1;
	}

	/** @return the tiles of a picture of this size */
	Tiles tiles(final int width, final int height) {
		final int side = tile == 0 ? Math.max(32, Math.max(width, height)) : tile;
		return new Tiles(width, height, side, tile == 0 ? 0 : overlap);
	}

	/** @return "81 tiles of 512x512 pixels"; empty if there is but one */
	public String describe(final int width, final int height) {
		final Tiles tiles = tiles(width, height);
		return tiles.count() == 1 ? ""
			: tiles.count() + " tiles of " + tiles.rectangle(0).width + "x" + tiles.rectangle(0).height + " pixels";
	}
}
