package io.github.deepimageprior.measure;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import java.util.Arrays;

/**
 * What the mask of Immerkær ("Fast noise variance estimation", 1996), a second difference along x and along y, leaves
 * of a channel at two scales: of its pixels, and of the sums of 2×2 pixels. It removes everything that varies smoothly.
 * Both are scaled so that white noise keeps its standard deviation, which the median absolute value tells, because
 * edges are few (Donoho and Johnstone, "Ideal spatial adaptation by wavelet shrinkage", 1994). White noise is as strong
 * at both scales; texture is stronger at the second.
 */
final class Residuals {

	/** The median absolute value of a standard normal variable. */
	private static final double NORMAL_MEDIAN = 0.67449;

	/** The root of the sum of squares of the mask, whose rows are 1 −2 1, −2 4 −2, 1 −2 1. */
	private static final float MASK_NORM = 6;

	/** The share of the root mean square that stands for the noise of mostly constant channels. */
	private static final double CONSTANT_SHARE = 0.1;

	/** With fewer blocks of pixels, the median is off by a tenth or more. */
	private static final int FEWEST = 100;

	private static final double MOST_TEXTURE = 0.45;

	private final int width, height;
	private final float[] fine, coarse; // absolute values, of masks that are 3 and 6 pixels wide; NaN if one is missing

	/** @param picture of at least 3×3 pixels, all known */
	Residuals(final Picture picture, final int channel) {
		this(picture, channel, null);
	}

	/**
	 * @param known height × width: 1 where a pixel is known, 0 where it is missing; null if all are known
	 * @throws DipException if the mask meets only known pixels at too few places
	 */
	Residuals(final Picture picture, final int channel, final float[] known) {
		width = picture.width();
		height = picture.height();
		final float[] values = Arrays.copyOfRange(picture.values(), channel * width * height,
			(channel + 1) * width * height);
		if (known != null) for (int i = 0; i < values.length; i++) if (known[i] == 0) values[i] = Float.NaN;
		fine = masked(values, width, height, 1, MASK_NORM);
		coarse = Math.min(width, height) < 6 ? new float[0]
			: masked(sums(values), width - 1, height - 1, 2, 2 * MASK_NORM);
		if (known != null && count(fine) < Math.min(FEWEST, fine.length))
			throw new DipException("The noise level cannot be estimated, since too many pixels are missing: enter the "
				+ "noise level, or choose another stopping rule.");
	}

	private static int count(final float[] residuals) {
		int count = 0;
		for (final float residual : residuals) if (!Float.isNaN(residual)) count++;
		return count;
	}

	/** @return the sums of 2×2 pixels, at every pixel that has them */
	private float[] sums(final float[] values) {
		final float[] sums = new float[(width - 1) * (height - 1)];
		for (int y = 0, i = 0; y < height - 1; y++) for (int x = 0; x < width - 1; x++, i++) {
			final int p = y * width + x;
			sums[i] = values[p] + values[p + 1] + values[p + width] + values[p + width + 1];
		}
		return sums;
	}

	/** @param step between the pixels that the mask takes */
	private static float[] masked(final float[] values, final int w, final int h, final int step, final float norm) {
		final int columns = w - 2 * step, rows = h - 2 * step;
		final float[] sizes = new float[columns * rows];
		for (int y = 0, i = 0; y < rows; y++) for (int x = 0; x < columns; x++) {
			final int p = y * w + x, row = step * w;
			sizes[i++] = Math
				.abs(bend(values, p, step) - 2 * bend(values, p + row, step) + bend(values, p + 2 * row, step)) / norm;
		}
		return sizes;
	}

	/** The second difference along x from the pixel p on. */
	private static float bend(final float[] values, final int p, final int step) {
		return values[p] - 2 * values[p + step] + values[p + 2 * step];
	}

	/** @return the standard deviation of the noise of the whole channel; 0 only if the mask leaves nothing */
	double level() {
		final Window all = window(0, 0, width, height);
		if (all.fine > 0) return all.fine * Math.sqrt(1 - all.texture());
		double squares = 0;
		for (final float residual : fine) if (!Float.isNaN(residual)) squares += (double) residual * residual;
		return CONSTANT_SHARE * Math.sqrt(squares / count(fine));
	}

	/**
	 * The levels at both scales in a part of the channel.
	 *
	 * @param fine the standard deviation of noise and texture in the pixels; 0 if most are constant
	 * @param coarse the same in the sums of 2×2 pixels
	 */
	record Window(double fine, double coarse) {

		/** @return the variance in the sums, relative to that in the pixels; 1 for white noise */
		double ratio() {
			return fine > 0 ? coarse * coarse / (fine * fine) : 1;
		}

		/** @return the share of texture in the variance at the fine scale, see {@link #texture(double)} */
		double texture() {
			return Residuals.texture(ratio());
		}
	}

	/**
	 * The share of texture in the variance at the fine scale. The formula was found by measurement: the steeper the
	 * spectrum, the more of it is texture; edges, which are few, raise the ratio a little without reaching the median.
	 */
	static double texture(final double ratio) {
		final double excess = Math.max(0, ratio - 1);
		return Math.min(MOST_TEXTURE, excess * excess / 4);
	}

	/** @return the levels in the window whose upper left pixel is (left, top), as far as it lies in the channel */
	Window window(final int left, final int top, final int wide, final int high) {
		final double white = level(fine, 1, 1, left, top, wide, high);
		return new Window(white, coarse.length == 0 ? white : level(coarse, 2, 3, left, top, wide, high));
	}

	/**
	 * @param left of a window of side² masks of pixels, counted in masks from the left
	 * @param top counted from the top
	 * @return the mean squares of the pixels and of the sums of 2×2 pixels, those of white noise being its variance
	 */
	double[] meanSquares(final int left, final int top, final int side) {
		double squares = 0, sums = 0;
		for (int y = top; y < top + side; y++) for (int x = left; x < left + side; x++) {
			squares += Math.pow(fine[y * (width - 2) + x], 2);
			if (coarse.length == 0) continue;
			final int row = Math.min(Math.max(0, y - 1), height - 6), column = Math.min(Math.max(0, x - 1), width - 6);
			sums += Math.pow(coarse[row * (width - 5) + column], 2);
		}
		return new double[] { squares / (side * side), sums / (side * side) };
	}

	/** @param before how many pixels the centre of the mask is from its first pixel; after: from its last */
	private double level(final float[] residuals, final int before, final int after, final int left, final int top,
		final int wide, final int high)
	{
		final int columns = width - before - after, rows = height - before - after;
		final int first = clip(left - before, columns), last = clip(left - before + wide, columns);
		final int from = clip(top - before, rows), to = clip(top - before + high, rows);
		final float[] part = new float[(last - first) * (to - from)];
		if (part.length == 0) return 0;
		for (int y = from; y < to; y++)
			System.arraycopy(residuals, y * columns + first, part, (y - from) * (last - first), last - first);
		Arrays.sort(part); // NaN last
		final int n = count(part);
		return n == 0 ? 0 : (part[(n - 1) / 2] + part[n / 2]) / 2.0 / NORMAL_MEDIAN;
	}

	private static int clip(final int place, final int length) {
		return Math.min(Math.max(0, place), length);
	}
}
