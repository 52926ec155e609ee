package io.github.deepimageprior.measure;

import java.util.Arrays;

/** The Gini index: how sparse a list of magnitudes is. */
public final class Gini {

	private Gini() {}

	/**
	 * Equation 11 of Hurley and Rickard, "Comparing measures of sparsity" (2009).
	 *
	 * @param values whose magnitudes count
	 * @return 0 if all magnitudes are equal, approaching 1 the fewer of them make up the sum; 0 if all are 0
	 */
	public static double of(final float[] values) {
		final double[] sorted = new double[values.length];
		double sum = 0;
		for (int i = 0; i < values.length; i++) sum += sorted[i] = Math.abs(values[i]);
		if (sum == 0) return 0;
		Arrays.sort(sorted);
		double shares = 0;
		for (int k = 0; k < sorted.length; k++) shares += sorted[k] / sum * (sorted.length - k - 0.5) / sorted.length;
		return 1 - 2 * shares;
	}
}
