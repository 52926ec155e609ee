package io.github.deepimageprior.image;

import java.util.List;

/** Tells pixels that are scattered at random, some of which touch by chance, from structures of touching pixels. */
final class Scatter {

	/** Neighbours of a pixel. */
	static final int NEIGHBOURS = 8;

	/**
	 * Touching pixels are put down to chance if at least so many are expected; then so many times more may be found.
	 */
	private static final double LIKELY = 0.01, TOLERANCE = 3;

	private Scatter() {}

	/**
	 * @param touched for each pixel of a set, how many neighbours belong to it too
	 * @param pixels number of all pixels
	 * @return whether no more pixels of the set have two, three or more neighbours in it than by chance
	 */
	static boolean isRandom(final List<Integer> touched, final long pixels) {
		for (int least = 2; least <= NEIGHBOURS; least++) {
			final int many = least;
			final double expected = touched.size() * chance(least, (double) touched.size() / pixels);
			final long found = touched.stream().filter(neighbours -> neighbours >= many).count();
			if (found > (expected < LIKELY ? 0 : TOLERANCE * Math.max(1, expected))) return false;
		}
		return true;
	}

	/** @return the probability that at least so many neighbours of a pixel belong to a share of all pixels */
	private static double chance(final int least, final double share) {
		double fewer = 0, ways = 1;
		for (int k = 0; k < least; k++) {
			fewer += ways * Math.pow(share, k) * Math.pow(1 - share, NEIGHBOURS - k);
			ways = ways * (NEIGHBOURS - k) / (k + 1);
		}
		return 1 - fewer;
	}
}
