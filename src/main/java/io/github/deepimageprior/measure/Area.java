package io.github.deepimageprior.measure;

/** The area under a curve that is given by points. */
public final class Area {

	private Area() {}

	/**
	 * The trapezoidal rule.
	 *
	 * @param x horizontal coordinates, in ascending order
	 * @param y vertical coordinates, as many as x
	 * @return the area between the curve and y = 0; parts below that line are negative
	 */
	public static double under(final double[] x, final double[] y) {
		if (x.length != y.length) throw new IllegalArgumentException(x.length + " and " + y.length + " coordinates");
		double area = 0;
		for (int i = 1; i < x.length; i++) area += (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2;
		return area;
	}
}
