package io.github.deepimageprior.study;

import io.github.deepimageprior.measure.Interval;

/**
 * A figure of a mean curve, with its bootstrap interval of 95 % over pictures.
 *
 * @param value of the mean curve; NaN if there are no pictures
 * @param interval of it
 */
record Estimate(double value, Interval interval) {

	@Override
	public String toString() {
		return interval.around("%.4g", value, "");
	}
}
