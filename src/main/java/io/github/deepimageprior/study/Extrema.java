package io.github.deepimageprior.study;

/** Places on a curve, given by its values. */
final class Extrema {

	private Extrema() {}

	/** @return where the curve is largest, the first of equal places */
	static int peak(final double[] curve) {
		int best = 0;
		for (int i = 1; i < curve.length; i++) if (curve[i] > curve[best]) best = i;
		return best;
	}

	/**
	 * @return the deepest trough: where the curve lies most below both an earlier and a later place; the first place if
	 *         it only rises or only falls
	 */
	static int trough(final double[] curve) {
		int deepest = 0;
		for (int i = 1; i < curve.length; i++) if (depth(curve, i) > depth(curve, deepest)) deepest = i;
		return deepest;
	}

	/** @return how far a place lies below both what is before and what is after it, at least 0 */
	static double depth(final double[] curve, final int place) {
		double before = curve[place], after = curve[place];
		for (int i = 0; i < place; i++) before = Math.max(before, curve[i]);
		for (int i = place; i < curve.length; i++) after = Math.max(after, curve[i]);
		return Math.min(before, after) - curve[place];
	}
}
