package io.github.deepimageprior.prior;

import io.github.deepimageprior.Picture;

/**
 * Iterative back-projection (Irani and Peleg 1991) makes a high-resolution picture consistent with the observed one: it
 * is downsampled, and the difference to the observed picture is upsampled smoothly and added to it, several times. The
 * finest detail, which the observed picture does not contain, remains as it was.
 */
public final class BackProjection {

	/**
	 * After ten iterations less than a tenth of the difference is left, even in the finest pattern of the observed
	 * picture.
	 */
	private static final int ITERATIONS = 10;

	private BackProjection() {}

	/**
	 * @param picture of high resolution
	 * @param observed the picture of low resolution, and how it is downsampled
	 * @return a picture of high resolution that is almost the observed one when downsampled, where that is known; its
	 *         values may lie slightly outside 0..1
	 * @throws IllegalArgumentException if the sizes or the channels do not match
	 */
	public static Picture apply(final Picture picture, final Observation observed) {
		if (picture.width() != observed.width() || picture.height() != observed.height()
			|| picture.channels() != observed.channels())
			throw new IllegalArgumentException(
				"The picture must have the size and the channels of the observed one after upsampling");
		final float[] values = picture.values().clone(), target = observed.target().values(), known = observed.known(),
			residual = new float[target.length];
		for (int iteration = 0; iteration < ITERATIONS; iteration++) {
			final float[] small = observed.downsampler().apply(picture.with(values), observed.factor()).values();
			for (int i = 0; i < residual.length; i++)
				residual[i] = known == null || known[i % known.length] > 0 ? target[i] - small[i] : 0;
			addEnlarged(values, picture.width(), residual, observed.target(), observed.factor());
		}
		return picture.with(values);
	}

	/**
	 * Bilinear interpolation between the centres of the large pixels; beyond the outermost centres values are constant.
	 */
	private static void addEnlarged(final float[] values, final int width, final float[] residual, final Picture shape,
		final int factor)
	{
		final int w = shape.width(), h = shape.height();
		for (int i = 0; i < values.length; i++) {
			final double x = position(i % width, factor, w), y = position(i / width % (h * factor), factor, h);
			final int left = (int) x, top = (int) y, channel = i / width / (h * factor) * h;
			final int right = Math.min(left + 1, w - 1), above = (channel + top) * w,
				below = (channel + Math.min(top + 1, h - 1)) * w;
			final double a = x - left, b = y - top;
			values[i] += (float) ((1 - b) * ((1 - a) * residual[above + left] + a * residual[above + right])
				+ b * ((1 - a) * residual[below + left] + a * residual[below + right]));
		}
	}

	/** @return the position of a small pixel in the grid of the large ones */
	private static double position(final int pixel, final int factor, final int length) {
		return Math.max(0, Math.min(length - 1, (pixel + 0.5) / factor - 0.5));
	}
}
