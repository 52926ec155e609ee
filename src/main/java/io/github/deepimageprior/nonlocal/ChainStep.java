package io.github.deepimageprior.nonlocal;

import java.util.List;

/**
 * One step of the chain. It denoises groups of similar patches, which it finds in the estimate of the step before.
 *
 * @param patches whether it combines the patches of a group (NL-Ridge); otherwise it filters the pixels of each patch
 *        (NL-Bayes)
 * @param size the number of patches in a group
 * @param side of a patch, in pixels
 */
record ChainStep(boolean patches, int size, int side) {

	/** The steps for one channel, found by measurement on photographs and micrographs. */
	static final List<ChainStep> ONE_CHANNEL = List.of(combine(24, 9), combine(120, 9), filter(120, 7), combine(90, 7),
		filter(90, 5));

	/** The steps for several channels, of which a filter takes up to {@link #JOINT} together. */
	static final List<ChainStep> SEVERAL_CHANNELS = List.of(combine(24, 9), filter(120, 5), combine(90, 9),
		filter(90, 5), combine(90, 7));

	/** The most components that are filtered together: the work grows with the third power of the pixels of a patch. */
	static final int JOINT = 4;

	private static ChainStep combine(final int size, final int side) {
		return new ChainStep(true, size, side);
	}

	private static ChainStep filter(final int size, final int side) {
		return new ChainStep(false, size, side);
	}

	/** @return the step with patches and groups that fit into a small picture and the windows at its corners */
	ChainStep fitting(final int width, final int height, final int radius) {
		final int p = Math.min(side, Math.min(width, height));
		final int most = Math.min(width - p, radius) + 1, rows = Math.min(height - p, radius) + 1;
		return new ChainStep(patches, Math.min(size, most * rows), p);
	}

	/** @return how many components are denoised together */
	int joint() {
		return patches ? 1 : JOINT;
	}

	/**
	 * @param first whether it is the first step, which has no estimate to start from
	 * @return the numbers of the step and a tile as the program takes them
	 */
	long[] numbers(final ReferenceTile tile, final int radius, final int stride, final boolean first) {
		return new long[] { patches ? 1 : 0, size, side, radius, stride, joint(), first ? 0 : 1, tile.firstRow(),
			tile.lastRow(), tile.firstColumn(), tile.lastColumn() };
	}
}
