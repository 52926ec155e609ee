package io.github.deepimageprior.measure;

/** Quantiles of numbers. */
final class Quantile {

	private Quantile() {}

	/**
	 * @param sorted numbers, in ascending order, at least one
	 * @param share 0..1; 0.5 for the median
	 * @return the value below which this share of the numbers lies, interpolated between the two nearest
	 */
	static double of(final double[] sorted, final double share) {
		final double place = share * (sorted.length - 1);
		final int below = (int) place, above = Math.min(below + 1, sorted.length - 1);
		return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
	}
}
