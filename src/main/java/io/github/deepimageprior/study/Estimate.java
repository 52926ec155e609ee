package io.github.deepimageprior.study;

import io.github.deepimageprior.measure.Interval;

import java.util.Locale;

/**
 * A figure of a mean curve, with its bootstrap interval of 95 % over pictures.
 *
 * @param value of the mean curve; NaN if there are no pictures
 * @param interval of it
 */
record Estimate(double value, Interval interval) {

	@Override
	public String toString() {
		return Double.isNaN(value) ? ""
			: String.format(Locale.ROOT, "%.4g [%.4g, %.4g]", value, interval.low(), interval.high());
	}
}
