package io.github.deepimageprior.measure;

import java.util.stream.IntStream;

/**
 * A surface below most numbers of a grid: at each place the value of a linear function of column, row and a property of
 * the places, which is fitted to the numbers around so that about a tenth of their weight lies below it (local quantile
 * regression, by weighted least squares that are repeated).
 */
final class LowerSurface {

	/** The share of numbers below the surface. */
	private static final double SHARE = 0.1;

	/** How far neighbours count: the standard deviation of a Gaussian, in places of the grid. */
	private static final double REACH = 2;

	/**
	 * What is added to the variances of column, row and property, so that the slope along one that hardly varies is 0.
	 */
	private static final double[] RIDGE = { 0.05, 0.05, 0.1 };

	/** The distance from the surface within which all numbers have the same weight. */
	private static final double NEAR = 0.03;

	private static final int ROUNDS = 20;

	/** A Gaussian, and the same times the distance and times its square. */
	private static final double[] G = kernel(0), GD = kernel(1), GDD = kernel(2);

	private LowerSurface() {}

	private static double[] kernel(final int power) {
		final int reach = (int) Math.ceil(3 * REACH);
		return IntStream.rangeClosed(-reach, reach)
			.mapToDouble(d -> Math.pow(d, power) * Math.exp(-d * d / (2 * REACH * REACH))).toArray();
	}

	/**
	 * @param values at the places of the grid
	 * @param weights of the values, above 0
	 * @param property of each place, of any scale
	 * @return the surface at these places
	 */
	static Grid of(final Grid values, final Grid weights, final Grid property) {
		final Grid scaled = property.standardised();
		Grid surface = fit(values, weights, scaled);
		for (int round = 0; round < ROUNDS; round++) {
			final Grid last = surface;
			surface = fit(values, values.each(i -> {
				final double above = values.get(i) - last.get(i);
				return weights.get(i) * (above > 0 ? SHARE : 1 - SHARE) / Math.max(NEAR, Math.abs(above));
			}), scaled);
		}
		return surface;
	}

	/** @return at each place the value of the linear function with the least weighted squares around it */
	private static Grid fit(final Grid v, final Grid w, final Grid p) {
		final Grid wp = w.each(i -> w.get(i) * p.get(i)), wpp = w.each(i -> wp.get(i) * p.get(i)),
			wv = w.each(i -> w.get(i) * v.get(i)), wpv = w.each(i -> wp.get(i) * v.get(i));
		final Grid sum = w.around(G, G), meanV = wv.around(G, G);
		final Grid[] mean = { w.around(GD, G), w.around(G, GD), wp.around(G, G) };
		final Grid xy = w.around(GD, GD), xp = wp.around(GD, G), yp = wp.around(G, GD);
		final Grid[][] second = { { w.around(GDD, G), xy, xp, wv.around(GD, G) },
			{ xy, w.around(G, GDD), yp, wv.around(G, GD) }, { xp, yp, wpp.around(G, G), wpv.around(G, G) } };
		return v.each(i -> {
			final double s = sum.get(i);
			final double[] means = { mean[0].get(i) / s, mean[1].get(i) / s, mean[2].get(i) / s, meanV.get(i) / s };
			final double[][] covariances = new double[3][4];
			for (int j = 0; j < 3; j++) {
				for (int k = 0; k < 4; k++) covariances[j][k] = second[j][k].get(i) / s - means[j] * means[k];
				covariances[j][j] += RIDGE[j];
			}
			final double[] slopes = solve(covariances);
			return means[3] - slopes[0] * means[0] - slopes[1] * means[1] + slopes[2] * (p.get(i) - means[2]);
		});
	}

	/** @param rows a symmetric, positive definite matrix with the right-hand side as its last column; is changed */
	private static double[] solve(final double[][] rows) {
		for (int j = 0; j < 3; j++)
			for (int below = j + 1; below < 3; below++)
				for (int k = 3; k >= j; k--) rows[below][k] -= rows[below][j] / rows[j][j] * rows[j][k];
		final double[] x = new double[3];
		for (int j = 2; j >= 0; j--) {
			x[j] = rows[j][3];
			for (int k = j + 1; k < 3; k++) x[j] -= rows[j][k] * x[k];
			x[j] /= rows[j][j];
		}
		return x;
	}
}
