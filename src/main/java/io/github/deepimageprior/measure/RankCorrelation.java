package io.github.deepimageprior.measure;

import java.util.stream.IntStream;

/** Spearman's rank correlation (1904): whether two lists of numbers have the same order. */
public final class RankCorrelation {

	private RankCorrelation() {}

	/**
	 * @param a numbers
	 * @param b as many numbers
	 * @return the correlation of their ranks, in which equal numbers share the mean of their ranks: -1..1, 1 for the
	 *         same order; NaN if all numbers of one list are equal
	 */
	public static double of(final float[] a, final float[] b) {
		if (a.length != b.length) throw new IllegalArgumentException(a.length + " and " + b.length + " numbers");
		final double[] x = ranks(a), y = ranks(b);
		final double mean = (a.length + 1) / 2.0;
		double xy = 0, xx = 0, yy = 0;
		for (int i = 0; i < x.length; i++) {
			xy += (x[i] - mean) * (y[i] - mean);
			xx += (x[i] - mean) * (x[i] - mean);
			yy += (y[i] - mean) * (y[i] - mean);
		}
		return xy / Math.sqrt(xx * yy);
	}

	private static double[] ranks(final float[] values) {
		final int[] order = IntStream.range(0, values.length).boxed()
			.sorted((i, k) -> Float.compare(values[i], values[k])).mapToInt(i -> i).toArray();
		final double[] ranks = new double[values.length];
		for (int first = 0, last; first < order.length; first = last + 1) {
			last = first;
			while (last + 1 < order.length && values[order[last + 1]] == values[order[first]]) last++;
			for (int i = first; i <= last; i++) ranks[order[i]] = 1 + (first + last) / 2.0;
		}
		return ranks;
	}
}
