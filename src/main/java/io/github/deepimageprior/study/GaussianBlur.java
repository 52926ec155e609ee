package io.github.deepimageprior.study;

import io.github.deepimageprior.Picture;

/** A Gaussian blur, the simplest of the defences with which the prior is compared. */
final class GaussianBlur {

	private GaussianBlur() {}

	/**
	 * @param sigma standard deviation, in pixels
	 * @return the picture convolved with a Gaussian that is cut off at three standard deviations; beyond the border,
	 *         border pixels are repeated
	 */
	static Picture of(final Picture picture, final double sigma) {
		final int radius = (int) Math.ceil(3 * sigma);
		final double[] weights = new double[2 * radius + 1];
		double sum = 0;
		for (int i = 0; i < weights.length; i++)
			sum += weights[i] = Math.exp(-(i - radius) * (i - radius) / (2 * sigma * sigma));
		for (int i = 0; i < weights.length; i++) weights[i] /= sum;
		return along(along(picture, weights, 1), weights, picture.width());
	}

	/** @param step from one value to the next along the direction of the convolution */
	private static Picture along(final Picture picture, final double[] weights, final int step) {
		final int length = step == 1 ? picture.width() : picture.height(), radius = weights.length / 2;
		final float[] blurred = new float[picture.values().length];
		for (int i = 0; i < blurred.length; i++) {
			final int place = i / step % length;
			double sum = 0;
			for (int k = 0; k < weights.length; k++) {
				final int other = Math.min(length - 1, Math.max(0, place + k - radius));
				sum += weights[k] * picture.values()[i + (other - place) * step];
			}
			blurred[i] = (float) sum;
		}
		return picture.with(blurred);
	}
}
