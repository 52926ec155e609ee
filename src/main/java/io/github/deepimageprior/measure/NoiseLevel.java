package io.github.deepimageprior.measure;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How strong the noise of a picture is, from the picture alone. Immerkær's (1996) mask, a second difference along x and
 * along y, takes out all that varies smoothly; what is left has six times the standard deviation of white noise. It is
 * measured by its median absolute value, after Donoho and Johnstone (1994), since edges are few.
 * <p>
 * Structure as fine as a pixel counts as noise, so that the estimate is rather too high than too low. On photographs
 * and micrographs with Gaussian noise added, it was 3 % too low to 4 % too high for a standard deviation of 25/255 or
 * 50/255, to 14 % for 10/255, to 30 % for 5/255, and 0.001 to 0.008 without noise; the least pictures, of 100×100
 * pixels, were those 3 % too low. Where dark or bright parts are clipped at 0 and 1, little noise is left there:
 * against what was left of 25/255, it was 7 % too low to 2 % too high. Noise that neighbouring pixels share (JPEG,
 * pictures made larger, most cameras with a colour filter) is underestimated.
 */
public final class NoiseLevel {

	/** The median absolute value of a normal variable of standard deviation 1. */
	private static final double NORMAL_MEDIAN = 0.67449;

	/** The root of the sum of the squares of the mask 1 −2 1, −2 4 −2, 1 −2 1. */
	private static final double MASK_NORM = 6;

	private NoiseLevel() {}

	/**
	 * @return the standard deviation of white Gaussian noise in every channel, on the scale of the picture's values
	 * @throws DipException if the picture has fewer than 3×3 pixels
	 */
	public static double[] estimate(final Picture picture) {
		final int w = picture.width(), h = picture.height();
		if (Math.min(w, h) < 3)
			throw new DipException(
				"The picture has " + w + "x" + h + " pixels: at least 3x3 are needed to estimate its noise.");
		return IntStream.range(0, picture.channels())
			.mapToDouble(
				channel -> median(residuals(picture.values(), channel * w * h, w, h)) / NORMAL_MEDIAN / MASK_NORM)
			.toArray();
	}

	/** @return the squares of {@link #estimate} */
	public static double[] variances(final Picture picture) {
		return Arrays.stream(estimate(picture)).map(level -> level * level).toArray();
	}

	private static float[] residuals(final float[] values, final int from, final int w, final int h) {
		final float[] sizes = new float[(w - 2) * (h - 2)];
		for (int y = 0, i = 0; y < h - 2; y++) for (int x = 0; x < w - 2; x++) {
			final int p = from + y * w + x;
			sizes[i++] = Math.abs(bend(values, p) - 2 * bend(values, p + w) + bend(values, p + 2 * w));
		}
		return sizes;
	}

	/** The second difference of three pixels in a row. */
	private static float bend(final float[] values, final int p) {
		return values[p] - 2 * values[p + 1] + values[p + 2];
	}

	private static double median(final float[] values) {
		Arrays.parallelSort(values);
		return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2.0;
	}
}
