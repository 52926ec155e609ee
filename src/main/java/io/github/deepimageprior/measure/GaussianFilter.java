package io.github.deepimageprior.measure;

import io.github.deepimageprior.Picture;

/**
 * A Gaussian filter.
 *
 * @param sigma standard deviation, in pixels
 * @param radius how far it reaches, in pixels
 */
public record GaussianFilter(double sigma, int radius) {

	/** With a standard deviation of one pixel: what any denoised picture is to be better than. */
	public static final GaussianFilter ONE_PIXEL = new GaussianFilter(1, 4);

	private double[] weights() {
		final double[] weights = new double[2 * radius + 1];
		double sum = 0;
		for (int i = 0; i < weights.length; i++)
			sum += weights[i] = Math.exp(-(i - radius) * (i - radius) / (2 * sigma * sigma));
		for (int i = 0; i < weights.length; i++) weights[i] /= sum;
		return weights;
	}

	/** @return the filtered picture; pixels outside are those at the border */
	public Picture apply(final Picture picture) {
		final double[] weights = weights();
		return along(along(picture, weights, 1), weights, picture.width());
	}

	/** @param step from one value to the next along the direction of the convolution */
	private Picture along(final Picture picture, final double[] weights, final int step) {
		final int length = step == 1 ? picture.width() : picture.height();
		final float[] from = picture.values(), to = new float[from.length];
		for (int i = 0; i < to.length; i++) {
			final int place = i / step % length;
			double sum = 0;
			for (int k = 0; k < weights.length; k++) {
				final int other = Math.min(length - 1, Math.max(0, place + k - radius));
				sum += weights[k] * from[i + (other - place) * step];
			}
			to[i] = (float) sum;
		}
		return picture.with(to);
	}

	/**
	 * Estimates how far the filtered picture is from the picture without noise: Stein's unbiased risk (Stein 1981), but
	 * not less than the noise that the filter leaves.
	 *
	 * @param noisy a picture with white noise
	 * @param variance of the noise, the mean over the pixels
	 * @return the mean squared error
	 */
	public double risk(final Picture noisy, final double variance) {
		final double centre = Math.pow(weights()[radius], 2), left = variance / (4 * Math.PI * sigma * sigma);
		return Math.max(left, Psnr.meanSquare(noisy, apply(noisy)) + (2 * centre - 1) * variance);
	}
}
