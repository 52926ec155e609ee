package io.github.deepimageprior.measure;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Picture;

import java.util.stream.IntStream;

/**
 * Estimates the noise of a channel at every pixel, from windows that overlap. Texture only adds to what a window shows.
 * Where the levels of windows look like those of white noise, their mean is believed. Elsewhere the noise is that of
 * the quieter windows around, as a function of the place and of the brightness. All levels are logarithms.
 */
final class LocalNoise {

	/** Side of a window and distance of two windows, in pixels. */
	private static final int WINDOW = 24, STRIDE = 12;

	/** The share of texture in a window above which it counts nothing. */
	private static final double TOO_MUCH_TEXTURE = 0.3;

	/** What a window that counts nothing counts, so that there is always an estimate. */
	private static final double LEAST_WEIGHT = 1e-3;

	/** How much the level of the whole channel counts; a window of white noise counts 1. */
	private static final double PRIOR_WEIGHT = 0.01;

	/** The ratios of the variances at the two scales up to which a place is believed, and from which it is not. */
	private static final double WHITE = 1.1, COLOURED = 1.3;

	/** The least level of a window relative to that of the whole channel. */
	private static final double LEAST = 0.1;

	/** The least ratio of the variances at the two scales: its logarithm must be finite. */
	private static final double LEAST_RATIO = 0.1;

	private LocalNoise() {}

	/**
	 * @param textured whether windows are believed that do not look like white noise
	 * @return the standard deviation of the noise at each pixel; all 0 if there is none
	 */
	static double[] estimate(final Picture picture, final int channel, final boolean textured,
		final Cancellation cancellation)
	{
		final int width = picture.width(), height = picture.height();
		cancellation.requireNotCancelled();
		final Residuals residuals = new Residuals(picture, channel);
		final double whole = residuals.levelOfRest();
		if (whole == 0) return new double[width * height];
		final int[] lefts = starts(width), tops = starts(height);
		final Residuals.Window[] windows = IntStream.range(0, lefts.length * tops.length).parallel()
			.mapToObj(i -> {
				cancellation.requireNotCancelled();
				return residuals.rest(lefts[i % lefts.length], tops[i / lefts.length], WINDOW, WINDOW);
			})
			.toArray(Residuals.Window[]::new);
		final Grid ratios = new Grid(lefts.length, tops.length,
			i -> Math.log(Math.max(LEAST_RATIO, windows[i].ratio()))).smoothed();
		final Grid texture = ratios.each(i -> Residuals.texture(Math.exp(ratios.get(i))));
		final Grid weights = ratios.each(i -> windows[i].fine() < LEAST * whole ? LEAST_WEIGHT
			: Math.max(LEAST_WEIGHT, windows[i].varying() * (1 - texture.get(i) / TOO_MUCH_TEXTURE)));
		final Grid found = ratios
			.each(i -> Math.log(Math.max(LEAST * whole, windows[i].fine())) + Math.log(1 - texture.get(i)) / 2);
		final Grid products = weights.each(i -> weights.get(i) * found.get(i)).smoothed(), sums = weights.smoothed();
		final Grid mean = ratios
			.each(i -> (products.get(i) + PRIOR_WEIGHT * Math.log(whole)) / (sums.get(i) + PRIOR_WEIGHT));
		final Grid levels = textured ? mean
			: believed(mean,
				LowerSurface.of(found, weights,
					ratios.each(i -> brightness(picture, channel, lefts[i % lefts.length], tops[i / lefts.length]))),
				ratios.smoothed());
		return levels.interpolated(width, height, places(lefts, width), places(tops, height));
	}

	/** @return the mean where it is higher and the ratios are those of white noise; elsewhere what is lower */
	private static Grid believed(final Grid mean, final Grid lower, final Grid ratios) {
		return mean.each(i -> {
			final double white = (COLOURED - Math.exp(ratios.get(i))) / (COLOURED - WHITE);
			return lower.get(i) + Math.min(1, Math.max(0, white)) * Math.max(0, mean.get(i) - lower.get(i));
		});
	}

	/** @return the mean of the picture in a window */
	private static double brightness(final Picture picture, final int channel, final int left, final int top) {
		final int wide = Math.min(WINDOW, picture.width()), high = Math.min(WINDOW, picture.height());
		double sum = 0;
		for (int y = top; y < top + high; y++)
			for (int x = left; x < left + wide; x++)
				sum += picture.values()[(channel * picture.height() + y) * picture.width() + x];
		return sum / (wide * high);
	}

	/** @return where windows begin along an axis */
	private static int[] starts(final int length) {
		if (length <= WINDOW) return new int[] { 0 };
		final int last = (length - WINDOW + STRIDE - 1) / STRIDE;
		return IntStream.rangeClosed(0, last).map(i -> (int) Math.round((double) i * (length - WINDOW) / last))
			.toArray();
	}

	/** @return the centres of windows */
	private static double[] places(final int[] starts, final int length) {
		return IntStream.of(starts).mapToDouble(start -> start + Math.min(WINDOW, length) / 2.0).toArray();
	}
}
