package io.github.deepimageprior.prior;

import io.github.deepimageprior.Picture;

/**
 * Iterative back-projection (Irani and Peleg 1991): what a picture of high resolution, made smaller, lacks of the
 * observed one is enlarged smoothly and added to it, again and again. The finest detail, of which the observed picture
 * knows nothing, stays as it was.
 */
public final class BackProjection {

	/**
	 * After ten rounds less than a tenth of the difference is left even in the finest pattern of the observed picture.
	 */
	private static final int ROUNDS = 10;

	private BackProjection() {}

	/**
	 * @param picture of high resolution
	 * @param observed the picture of low resolution, and how the one becomes the other
	 * @return the picture of high resolution that becomes the observed one; its values may leave 0..1 a little
	 */
	public static Picture apply(final Picture picture, final Observation observed) {
		if (picture.width() != observed.width() || picture.height() != observed.height()
			|| picture.channels() != observed.channels())
			throw new IllegalArgumentException(
				"The picture must have the size and the channels of what is to be painted");
		final float[] values = picture.values().clone(), target = observed.target().values(),
			lack = new float[target.length];
		for (int round = 0; round < ROUNDS; round++) {
			final float[] small = observed.downsampler().apply(picture.with(values), observed.factor()).values();
			for (int i = 0; i < lack.length; i++) lack[i] = target[i] - small[i];
			addEnlarged(values, picture.width(), lack, observed.target(), observed.factor());
		}
		return picture.with(values);
	}

	/** Bilinear interpolation between the centres of the large pixels; beyond the outermost ones their values go on. */
	private static void addEnlarged(final float[] values, final int width, final float[] lack, final Picture shape,
		final int factor)
	{
		final int w = shape.width(), h = shape.height();
		for (int i = 0; i < values.length; i++) {
			final double x = place(i % width, factor, w), y = place(i / width % (h * factor), factor, h);
			final int left = (int) x, top = (int) y, channel = i / width / (h * factor) * h;
			final int right = Math.min(left + 1, w - 1), above = (channel + top) * w,
				below = (channel + Math.min(top + 1, h - 1)) * w;
			final double a = x - left, b = y - top;
			values[i] += (float) ((1 - b) * ((1 - a) * lack[above + left] + a * lack[above + right])
				+ b * ((1 - a) * lack[below + left] + a * lack[below + right]));
		}
	}

	/** Where a small pixel lies among the large ones. */
	private static double place(final int pixel, final int factor, final int length) {
		return Math.max(0, Math.min(length - 1, (pixel + 0.5) / factor - 0.5));
	}
}
