package io.github.deepimageprior.measure;

import java.util.Arrays;

/**
 * The line {@code slope x + intercept} that variances follow, fitted by least squares of the relative errors, with
 * Tukey's biweight against outliers (Beaton and Tukey 1974).
 *
 * @param growth ratio of the line's values at the last and the first mean
 * @param nearness median relative distance of the variances from the line, divided by that from their median: below 1
 *        if a line is nearer to them than a constant
 */
record VarianceLine(double slope, double intercept, double growth, double nearness) {

	private static final int ROUNDS = 10;

	/** The biweight's constant, for 95 % of the efficiency of least squares if the errors are Gaussian. */
	private static final double BIWEIGHT = 4.685;

	/** Least standard deviation of the relative errors: that of the variances themselves. */
	private static final double LEAST_ERROR = 0.05;

	/** Least value of the line, as a share of the median variance. */
	private static final double FLOOR = 0.02;

	/** @param means of the values, rising */
	static VarianceLine fit(final double[] means, final double[] variances) {
		final int n = means.length;
		final double median = median(variances);
		final double[] line = Arrays.stream(variances).map(v -> Math.max(v, LEAST_ERROR * median)).toArray();
		final double[] weights = Arrays.stream(line).map(v -> 1 / (v * v)).toArray();
		double slope = 0, intercept = 0;
		for (int round = 0; round < ROUNDS; round++) {
			double w = 0, x = 0, y = 0, xx = 0, xy = 0;
			for (int i = 0; i < n; i++) {
				w += weights[i];
				x += weights[i] * means[i];
				y += weights[i] * variances[i];
			}
			for (int i = 0; i < n; i++) {
				xx += weights[i] * (means[i] - x / w) * (means[i] - x / w);
				xy += weights[i] * (means[i] - x / w) * (variances[i] - y / w);
			}
			slope = xx > 0 ? xy / xx : 0;
			intercept = y / w - slope * x / w;
			final double[] errors = new double[n];
			for (int i = 0; i < n; i++) {
				line[i] = Math.max(slope * means[i] + intercept, FLOOR * median);
				errors[i] = Math.abs(variances[i] - line[i]) / line[i];
			}
			final double reach = BIWEIGHT * Math.max(LEAST_ERROR, 1.4826 * median(errors));
			for (int i = 0; i < n; i++) {
				final double inside = Math.max(0, 1 - errors[i] * errors[i] / (reach * reach));
				weights[i] = (inside * inside + 1e-12) / (line[i] * line[i]);
			}
		}
		return new VarianceLine(slope, intercept, line[n - 1] / line[0],
			distance(variances, line) / distance(variances, constant(median, n)));
	}

	private static double[] constant(final double value, final int n) {
		final double[] values = new double[n];
		Arrays.fill(values, value);
		return values;
	}

	private static double distance(final double[] variances, final double[] model) {
		final double[] errors = new double[variances.length];
		for (int i = 0; i < errors.length; i++) errors[i] = Math.abs(variances[i] - model[i]) / model[i];
		return median(errors);
	}

	private static double median(final double[] values) {
		final double[] sorted = values.clone();
		Arrays.sort(sorted);
		return Quantile.of(sorted, 0.5);
	}
}
