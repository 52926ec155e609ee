package io.github.deepimageprior.measure;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

/**
 * Peak signal-to-noise ratio in dB: −10 log₁₀ of the mean squared difference, because the largest value of a picture,
 * the peak, is 1.
 */
public final class Psnr {

	private Psnr() {}

	/**
	 * @return the PSNR in dB over all pixels and channels; infinite if the pictures are equal
	 * @throws DipException if the pictures differ in size or number of channels
	 */
	public static double of(final Picture a, final Picture b) {
		requireAlike(a, b);
		return decibels(meanSquare(a, b));
	}

	/** @return the mean squared difference over all pixels and channels of pictures of the same size */
	public static double meanSquare(final Picture a, final Picture b) {
		double squares = 0;
		for (int i = 0; i < a.values().length; i++) squares += square((double) a.values()[i] - b.values()[i]);
		return squares / a.values().length;
	}

	/**
	 * @param weights the weight of each pixel, height × width: for a mask, 1 inside and 0 outside
	 * @return the PSNR in dB over the weighted pixels of all channels; infinite if these are equal
	 * @throws DipException if the pictures differ in size or number of channels, or all weights are 0
	 */
	public static double of(final Picture a, final Picture b, final float[] weights) {
		requireAlike(a, b);
		final int area = a.width() * a.height();
		if (weights.length != area)
			throw new IllegalArgumentException(weights.length + " weights for " + area + " pixels");
		double squares = 0, sum = 0;
		for (int i = 0; i < a.values().length; i++) {
			squares += weights[i % area] * square(a.values()[i] - b.values()[i]);
			sum += weights[i % area];
		}
		if (sum == 0) throw new DipException("The mask selects no pixel to compare: use one that selects some pixels.");
		return decibels(squares / sum);
	}

	/** @throws DipException if the pictures differ in size or number of channels */
	static void requireAlike(final Picture a, final Picture b) {
		if (a.width() != b.width() || a.height() != b.height() || a.channels() != b.channels())
			throw new DipException(
				"The images have " + size(a) + " and " + size(b) + ": compare images of the same size.");
	}

	private static String size(final Picture picture) {
		return picture.width() + "x" + picture.height() + " pixels in " + picture.channels()
			+ (picture.channels() == 1 ? " channel" : " channels");
	}

	private static double square(final double difference) {
		return difference * difference;
	}

	private static double decibels(final double meanSquare) {
		return -10 * Math.log10(meanSquare);
	}
}
