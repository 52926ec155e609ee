package io.github.deepimageprior.restore;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.engine.AtOnce;
import io.github.deepimageprior.engine.ParallelRuns;
import io.github.deepimageprior.prior.Observation;
import io.github.deepimageprior.tile.Tile;
import io.github.deepimageprior.tile.Tiles;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * How a picture is divided into parts that are fitted separately.
 *
 * @param separateChannels whether each channel is fitted separately, rather than all together
 * @param tile greatest side of a tile in pixels of the observed picture; 0 for no tiles
 * @param overlap least overlap of neighbouring tiles in pixels of the observed picture
 */
public record Partition(boolean separateChannels, int tile, int overlap) {

	/** The whole picture at once. */
	public static final Partition NONE = new Partition(false, 0, 0);

	/** The largest restored picture, in pixels, that is fitted without tiles by default. */
	private static final int LARGEST_WHOLE = 1 << 20;

	/** Side of the tiles of larger pictures, in pixels of the restored picture. */
	private static final int TILE = 512;

	/** Fewer pixels of the observed picture than this tell a network too little. */
	private static final int SMALLEST = 32;

	/**
	 * Resolves what was left to the program, for a picture of a certain size.
	 *
	 * @return this partition with {@link #tile} as it is, or, if it is 0, with tiles of 512 pixels for a restored
	 *         picture of more than a megapixel; without tiles if one would hold the whole picture
	 */
	Partition resolved(final Observation observation) {
		final int width = observation.target().width(), height = observation.target().height();
		final int automatic = automaticTile(observation.width(), observation.height());
		if (tile >= Math.max(width, height) || tile == 0 && automatic == 0)
			return new Partition(separateChannels, 0, 0);
		if (tile > 0) return this;
		final int side = Math.max(SMALLEST, automatic / observation.factor());
		return new Partition(separateChannels, side, Math.min(overlap, (side - 1) / 2));
	}

	/** @return side of the tiles of a restored picture of a size, in its pixels, by default; 0 for no tiles */
	public static int automaticTile(final int width, final int height) {
		return (long) width * height <= LARGEST_WHOLE ? 0 : TILE;
	}

	/** @return the number of channels that are fitted together */
	int channels(final Observation observation) {
		return separateChannels ? 1 : observation.channels();
	}

	/** @return the number of groups of channels */
	int groups(final Observation observation) {
		return separateChannels ? observation.channels() : 1;
	}

	/** @return the number of parts: groups of channels times tiles */
	int parts(final Observation observation) {
		return groups(observation) * tiles(observation).count();
	}

	/** @return the tiles of an observed picture */
	public Tiles tiles(final Observation observation) {
		final int width = observation.target().width(), height = observation.target().height();
		if (tile == 0) return new Tiles(width, height, Math.max(SMALLEST, Math.max(width, height)), 0);
		return new Tiles(width, height, tile, overlap);
	}

	/** @return what is observed of a part, counted by channel group, then by tile */
	Observation part(final Observation observation, final int part) {
		final Tiles tiles = tiles(observation);
		final Tile box = tiles.tile(part % tiles.count());
		final Observation cut = tiles.count() == 1 ? observation
			: observation.part(box.x(), box.y(), box.width(), box.height());
		return groups(observation) > 1 ? cut.channel(part / tiles.count()) : cut;
	}

	/** What is done with a part of a picture. */
	@FunctionalInterface
	interface Work {

		/**
		 * @param part its number, by channel group, then by tile
		 * @param group its group of channels
		 * @param box its tile
		 * @param observation of the part
		 * @param member from 0
		 */
		void run(int part, int group, Tile box, Observation observation, int member);
	}

	/**
	 * Does work for every part, several at once; after a stop, for those that have begun, and for the first.
	 *
	 * @param members how many times for each part
	 * @param atOnce how many at once
	 * @throws java.util.concurrent.CancellationException after a cancel
	 */
	void forEach(final Observation observation, final int members, final AtOnce atOnce, final Cancellation cancellation,
		final Work work)
	{
		final int groups = groups(observation);
		final Tiles tiles = tiles(observation);
		final List<Callable<Void>> all = new ArrayList<>();
		for (int i = 0; i < groups * tiles.count() * members; i++) {
			final int member = i % members, part = i / members, group = part / tiles.count();
			final Tile box = tiles.tile(part % tiles.count());
			all.add(() -> {
				if (cancellation.isRequested() && part + member > 0) return null;
				work.run(part, group, box, part(observation, part), member);
				return null;
			});
		}
		ParallelRuns.run(all, atOnce, cancellation);
		cancellation.requireNotCancelled();
	}
}
