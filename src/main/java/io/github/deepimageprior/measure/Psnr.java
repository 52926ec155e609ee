package io.github.deepimageprior.measure;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

/** Peak signal-to-noise ratio in dB, with a peak of 1: −10 log₁₀ of the mean squared difference. */
public final class Psnr {

	private Psnr() {}

	/**
	 * @return in dB over all pixels and channels, infinite if the pictures are equal
	 * @throws DipException if the pictures differ in size
	 */
	public static double of(final Picture a, final Picture b) {
		requireAlike(a, b);
		double squares = 0;
		for (int i = 0; i < a.values().length; i++) squares += square(a.values()[i] - b.values()[i]);
		return decibels(squares / a.values().length);
	}

	/**
	 * @param weights height × width, how much each pixel counts: 1 within and 0 outside a mask
	 * @return in dB over the weighted pixels of all channels, infinite if they are equal
	 * @throws DipException if the pictures differ in size or no pixel counts
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
		if (sum == 0) throw new DipException("The mask holds no pixel to compare: give one that marks some pixels.");
		return decibels(squares / sum);
	}

	static void requireAlike(final Picture a, final Picture b) {
		if (a.width() != b.width() || a.height() != b.height() || a.channels() != b.channels())
			throw new DipException(
				"The pictures have " + size(a) + " and " + size(b) + ": compare pictures of the same size.");
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
