package io.github.deepimageprior.measure;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Estimates the standard deviation of the noise of an image from the image alone. The mask of Immerkær ("Fast noise
 * variance estimation", 1996), a second difference along x and along y, removes everything that varies smoothly. In
 * what remains, white noise has six times its standard deviation. Because edges are few, that is measured by the median
 * absolute value, as in Donoho and Johnstone ("Ideal spatial adaptation by wavelet shrinkage", 1994).
 * <p>
 * Structure as fine as a pixel counts as noise, so the estimate tends to be too high. On photographs and micrographs
 * with added Gaussian noise, the error was -3 % to +4 % for a standard deviation of 25/255 or 50/255, up to +14 % for
 * 10/255, up to +30 % for 5/255, and without noise the estimate was 0.001 to 0.008; the error of -3 % occurred for the
 * smallest images, of 100×100 pixels. Where dark or bright areas are clipped at 0 and 1, little noise remains: compared
 * with what remained of 25/255, the error was -7 % to +2 %. Noise that is correlated between neighbouring pixels (JPEG,
 * upscaled images, most cameras with a colour filter) is underestimated.
 * <p>
 * Where more than half of an image is constant, such as an empty background, the median is 0 although the rest may have
 * noise. Then the estimate is a sixth of a tenth of the root mean square of what the mask leaves. This is a floor, not
 * a measurement: it is less than a tenth of white noise in the rest, and more where the rest has strong edges.
 */
public final class NoiseLevel {

	/** The median absolute value of a standard normal variable. */
	private static final double NORMAL_MEDIAN = 0.67449;

	/** The root of the sum of squares of the mask, whose rows are 1 −2 1, −2 4 −2, 1 −2 1. */
	private static final double MASK_NORM = 6;

	/** The share of the root mean square that stands for the noise of mostly constant channels. */
	private static final double CONSTANT_SHARE = 0.1;

	/** With fewer blocks of pixels, the median is off by a tenth or more. */
	private static final int FEWEST = 100;

	private NoiseLevel() {}

	/**
	 * @param picture with any number of channels
	 * @return the standard deviation of white Gaussian noise in every channel, on the scale of the picture's values; 0
	 *         only for a channel that the mask removes completely
	 * @throws DipException if the picture has fewer than 3×3 pixels
	 */
	public static double[] estimate(final Picture picture) {
		return estimate(picture, null);
	}

	/**
	 * As {@link #estimate(Picture)}, from the blocks of 3×3 pixels that are known.
	 *
	 * @param known height × width: 1 where a pixel is known, 0 where it is missing; null if all are known
	 * @throws DipException if there are too few such blocks
	 */
	public static double[] estimate(final Picture picture, final float[] known) {
		final int w = picture.width(), h = picture.height();
		if (Math.min(w, h) < 3)
			throw new DipException(
				"The image has " + w + "x" + h + " pixels: at least 3x3 are needed to estimate its noise.");
		return IntStream.range(0, picture.channels())
			.mapToDouble(channel -> size(residuals(picture.values(), channel * w * h, w, h, known)) / MASK_NORM)
			.toArray();
	}

	/** @return the variance of the noise in every channel: the square of {@link #estimate(Picture, float[])} */
	public static double[] variances(final Picture picture, final float[] known) {
		return Arrays.stream(estimate(picture, known)).map(level -> level * level).toArray();
	}

	/** @return the absolute value of the mask at every pixel except those at the border and beside missing ones */
	private static float[] residuals(final float[] values, final int from, final int w, final int h,
		final float[] known)
	{
		final float[] sizes = new float[(w - 2) * (h - 2)];
		int number = 0;
		for (int y = 0; y < h - 2; y++) for (int x = 0; x < w - 2; x++) {
			final int p = from + y * w + x;
			if (known == null || isKnown(known, y * w + x, w))
				sizes[number++] = Math.abs(bend(values, p) - 2 * bend(values, p + w) + bend(values, p + 2 * w));
		}
		if (number < Math.min(FEWEST, sizes.length))
			throw new DipException("The noise level cannot be estimated, since too many pixels are missing: enter the "
				+ "noise level, or choose another stopping rule.");
		return Arrays.copyOf(sizes, number);
	}

	private static boolean isKnown(final float[] known, final int first, final int w) {
		for (int i = first; i <= first + 2 * w; i += w)
			if (known[i] == 0 || known[i + 1] == 0 || known[i + 2] == 0) return false;
		return true;
	}

	/** The second difference along x of the three pixels from p on. */
	private static float bend(final float[] values, final int p) {
		return values[p] - 2 * values[p + 1] + values[p + 2];
	}

	private static double size(final float[] residuals) {
		final double median = median(residuals);
		if (median > 0) return median / NORMAL_MEDIAN;
		double squares = 0;
		for (final float residual : residuals) squares += (double) residual * residual;
		return CONSTANT_SHARE * Math.sqrt(squares / residuals.length);
	}

	private static double median(final float[] values) {
		Arrays.parallelSort(values);
		return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2.0;
	}
}
