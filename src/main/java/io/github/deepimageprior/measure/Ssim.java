package io.github.deepimageprior.measure;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

/**
 * Structural similarity (SSIM): Wang, Bovik, Sheikh and Simoncelli (2004), equation 13, with their constants: a
 * Gaussian window of 11×11 pixels with a standard deviation of 1.5, K₁ = 0.01, K₂ = 0.03, and a range of values of 1.
 * Only windows that lie completely within the picture count. This is what scikit-image computes with
 * {@code data_range=1, gaussian_weights=True, sigma=1.5, use_sample_covariance=False}.
 */
public final class Ssim {

	private static final int SIDE = 11;
	private static final double[] WINDOW = window(1.5);
	private static final double C1 = 0.01 * 0.01, C2 = 0.03 * 0.03;

	private Ssim() {}

	/**
	 * @return the mean SSIM over windows and channels, −1..1; 1 if the pictures are equal
	 * @throws DipException if the pictures differ in size or number of channels, or are smaller than a window
	 */
	public static double of(final Picture a, final Picture b) {
		Psnr.requireAlike(a, b);
		if (Math.min(a.width(), a.height()) < SIDE)
			throw new DipException("The images have " + a.width() + "x" + a.height()
				+ " pixels: structural similarity needs at least " + SIDE + "x" + SIDE + ".");
		double sum = 0;
		for (int y = 0; y < a.channels() * a.height(); y++)
			if (y % a.height() <= a.height() - SIDE) sum += row(a, b, y);
		return sum / ((double) a.channels() * (a.height() - SIDE + 1) * (a.width() - SIDE + 1));
	}

	/**
	 * @param y the first row of the windows, counted through all channels
	 * @return the sum of the SSIM of all windows of a row
	 */
	private static double row(final Picture a, final Picture b, final int y) {
		final double[][] columns = new double[5][a.width()];
		for (int k = 0; k < SIDE; k++) for (int x = 0; x < a.width(); x++) {
			final int i = (y + k) * a.width() + x;
			final double p = a.values()[i], q = b.values()[i];
			columns[0][x] += WINDOW[k] * p;
			columns[1][x] += WINDOW[k] * q;
			columns[2][x] += WINDOW[k] * p * p;
			columns[3][x] += WINDOW[k] * q * q;
			columns[4][x] += WINDOW[k] * p * q;
		}
		double sum = 0;
		for (int x = 0; x <= a.width() - SIDE; x++) {
			final double meanA = mean(columns[0], x), meanB = mean(columns[1], x),
				means = meanA * meanA + meanB * meanB;
			final double variances = mean(columns[2], x) + mean(columns[3], x) - means;
			final double covariance = mean(columns[4], x) - meanA * meanB;
			sum += (2 * meanA * meanB + C1) * (2 * covariance + C2) / ((means + C1) * (variances + C2));
		}
		return sum;
	}

	private static double mean(final double[] column, final int x) {
		double sum = 0;
		for (int k = 0; k < SIDE; k++) sum += WINDOW[k] * column[x + k];
		return sum;
	}

	private static double[] window(final double sigma) {
		final double[] weights = new double[SIDE];
		double sum = 0;
		for (int k = 0; k < SIDE; k++) {
			final double d = (k - SIDE / 2) / sigma;
			sum += weights[k] = Math.exp(-d * d / 2);
		}
		for (int k = 0; k < SIDE; k++) weights[k] /= sum;
		return weights;
	}
}
