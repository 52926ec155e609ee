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

	/** The share of the root mean square that stands for the noise of mostly constant channels. */
	private static final double CONSTANT_SHARE = 0.1;

	/** With fewer blocks of pixels, the median is off by a tenth or more. */
	private static final int FEWEST = 100;

	private static final double MOST_TEXTURE = 0.45;

	/** The share of blocks that are not constant, of which edges alone have less. */
	private static final double LEAST_VARYING = 0.25;

	private final int width, height;
	private final Masked fine, coarse; // by masks that are 3 and 6 pixels wide

	/** @param picture of at least 3×3 pixels, all known */
	Residuals(final Picture picture, final int channel) {
		this(picture, channel, null);
	}

	/**
	 * @param known height × width, or channels × height × width if they differ: 1 where a pixel is known, 0 where it is
	 *        missing; null if all are known
	 * @throws DipException if the mask meets only known pixels at too few places
	 */
	Residuals(final Picture picture, final int channel, final float[] known) {
		width = picture.width();
		height = picture.height();
		final float[] values = Arrays.copyOfRange(picture.values(), channel * width * height,
			(channel + 1) * width * height);
		for (int i = 0; known != null && i < values.length; i++)
			if (known[(channel * values.length + i) % known.length] == 0) values[i] = Float.NaN;
		fine = Masked.of(values, width, height, 1);
		coarse = Masked.of(sums(values), width - 1, height - 1, 2);
		if (known != null && Masked.known(fine.sizes()) < Math.min(FEWEST, fine.sizes().length))
			throw new DipException("The noise level cannot be estimated, since too many pixels are missing: enter the "
				+ "noise level, or choose another stopping rule.");
	}

	private boolean isCoarse() {
		return coarse.sizes().length > 0;
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

	/** @return the standard deviation of the noise of the whole channel; 0 only if the mask leaves nothing */
	double level() {
		return level(window(0, 0, width, height, Double.POSITIVE_INFINITY));
	}

	/** @return the same of what is not constant, see {@link #rest}; 0 only if the mask leaves nothing */
	double levelOfRest() {
		return level(rest(0, 0, width, height));
	}

	private double level(final Window all) {
		if (all.fine > 0) return all.fine * Math.sqrt(1 - all.texture());
		double squares = 0;
		for (final float size : fine.sizes()) if (!Float.isNaN(size)) squares += (double) size * size;
		return CONSTANT_SHARE * Math.sqrt(squares / Masked.known(fine.sizes()));
	}

	/**
	 * The levels at both scales in a part of the channel.
	 *
	 * @param fine the standard deviation of noise and texture in the pixels
	 * @param coarse the same in the sums of 2×2 pixels
	 * @param varying the share of blocks of 3×3 pixels that are not constant
	 */
	record Window(double fine, double coarse, double varying) {

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

	/**
	 * @param least if the share of blocks of pixels that are not constant is less, all count; otherwise the constant
	 *        ones do not
	 * @return the levels in the window whose upper left pixel is (left, top), as far as it lies in the channel; 0 if
	 *         nothing counts, or if most of it is 0
	 */
	private Window window(final int left, final int top, final int wide, final int high, final double least) {
		// The centre of a mask is 1 pixel from its first one; in sums of 2×2 pixels 2.
		final float[] pixels = fine.sorted(left - 1, top - 1, wide, high),
			sums = coarse.sorted(left - 2, top - 2, wide, high);
		final int constant = Masked.constants(pixels);
		final double varying = 1 - (double) constant / Math.max(1, pixels.length);
		final boolean all = varying < least;
		final double white = Masked.level(pixels, all ? 0 : constant);
		return new Window(white, isCoarse() ? Masked.level(sums, all ? 0 : Masked.constants(sums)) : white, varying);
	}

	/**
	 * The levels without constant blocks of pixels, such as an empty border or a saturated area, which tell nothing of
	 * the noise beside them. But if nearly all blocks are constant, the others are the edges of a drawing without
	 * noise, and all count.
	 */
	Window rest(final int left, final int top, final int wide, final int high) {
		return window(left, top, wide, high, LEAST_VARYING);
	}

	/** @return whether the 3×3 pixels of a mask, counted in masks from the left and from the top, are not all equal */
	boolean varies(final int column, final int row) {
		return fine.varies(column, row);
	}

	/**
	 * @param left of a window of side² masks of pixels, counted in masks from the left
	 * @param top counted from the top
	 * @return the mean squares of the pixels and of the sums of 2×2 pixels where they {@linkplain #varies vary}, those
	 *         of white noise being its variance; NaN if they vary nowhere
	 */
	double[] meanSquares(final int left, final int top, final int side) {
		double squares = 0, sums = 0;
		int n = 0;
		for (int y = top; y < top + side; y++) for (int x = left; x < left + side; x++) {
			if (!varies(x, y)) continue;
			n++;
			squares += Math.pow(fine.get(x, y), 2);
			if (!isCoarse()) continue;
			final int row = Math.min(Math.max(0, y - 1), height - 6), column = Math.min(Math.max(0, x - 1), width - 6);
			sums += Math.pow(coarse.get(column, row), 2);
		}
		return new double[] { squares / n, sums / n };
	}
}
