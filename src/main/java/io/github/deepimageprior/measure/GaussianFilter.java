package io.github.deepimageprior.measure;

import io.github.deepimageprior.Picture;

/** The Gaussian filter with a standard deviation of one pixel: what any denoised picture is to be better than. */
public final class GaussianFilter {

	private static final int RADIUS = 4;
	private static final double[] WEIGHTS = weights();

	private GaussianFilter() {}

	private static double[] weights() {
		final double[] weights = new double[2 * RADIUS + 1];
		double sum = 0;
		for (int i = 0; i < weights.length; i++) sum += weights[i] = Math.exp(-(i - RADIUS) * (i - RADIUS) / 2.);
		for (int i = 0; i < weights.length; i++) weights[i] /= sum;
		return weights;
	}

	/** @return the filtered picture; pixels outside are those at the border */
	public static Picture apply(final Picture picture) {
		return pass(pass(picture, 1, 0), 0, 1);
	}

	private static Picture pass(final Picture picture, final int dx, final int dy) {
		final int width = picture.width(), height = picture.height();
		final float[] from = picture.values(), to = new float[from.length];
		for (int i = 0; i < from.length; i++) {
			final int x = i % width, y = i / width % height, plane = i - y * width - x;
			double sum = 0;
			for (int k = -RADIUS; k <= RADIUS; k++) {
				final int u = Math.min(width - 1, Math.max(0, x + k * dx)),
					v = Math.min(height - 1, Math.max(0, y + k * dy));
				sum += WEIGHTS[k + RADIUS] * from[plane + v * width + u];
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
	public static double risk(final Picture noisy, final double variance) {
		final double centre = Math.pow(WEIGHTS[RADIUS], 2), left = variance / (4 * Math.PI);
		return Math.max(left, Psnr.meanSquare(noisy, apply(noisy)) + (2 * centre - 1) * variance);
	}
}
