package io.github.deepimageprior.measure;

import io.github.deepimageprior.Picture;

import java.util.stream.IntStream;

/** Estimates the noise of a channel at every pixel, from windows that overlap. All that is averaged are logarithms. */
final class LocalNoise {

	/** Side of a window and distance of two windows, in pixels. */
	private static final int WINDOW = 24, STRIDE = 12;

	/** The share of texture in a window above which it counts nothing. */
	private static final double TOO_MUCH_TEXTURE = 0.3;

	/** What a window that counts nothing counts, so that there is always an estimate. */
	private static final double LEAST_WEIGHT = 1e-3;

	/** How much the level of the whole channel counts; a window of white noise counts 1. */
	private static final double PRIOR_WEIGHT = 0.01;

	/** The least level of a window relative to that of the whole channel. */
	private static final double LEAST = 0.1;

	/** The least ratio of the variances at the two scales: its logarithm must be finite. */
	private static final double LEAST_RATIO = 0.1;

	private LocalNoise() {}

	/** @return the standard deviation of the noise at each pixel; all 0 if there is none */
	static double[] estimate(final Picture picture, final int channel) {
		final int width = picture.width(), height = picture.height();
		final Residuals residuals = new Residuals(picture, channel);
		final double whole = residuals.levelOfRest();
		if (whole == 0) return new double[width * height];
		final int[] lefts = starts(width), tops = starts(height);
		final Residuals.Window[] windows = IntStream.range(0, lefts.length * tops.length).parallel()
			.mapToObj(i -> residuals.rest(lefts[i % lefts.length], tops[i / lefts.length], WINDOW, WINDOW))
			.toArray(Residuals.Window[]::new);
		final Grid ratios = new Grid(lefts.length, tops.length,
			i -> Math.log(Math.max(LEAST_RATIO, windows[i].ratio()))).smoothed();
		final Grid texture = new Grid(lefts.length, tops.length, i -> Residuals.texture(Math.exp(ratios.get(i))));
		final Grid weights = new Grid(lefts.length, tops.length,
			i -> Math.max(LEAST_WEIGHT, windows[i].varying() * (1 - texture.get(i) / TOO_MUCH_TEXTURE)));
		final Grid weighted = new Grid(lefts.length, tops.length, i -> weights.get(i)
			* (Math.log(Math.max(LEAST * whole, windows[i].fine())) + Math.log(1 - texture.get(i)) / 2)).smoothed();
		final Grid sums = weights.smoothed();
		final Grid levels = new Grid(lefts.length, tops.length,
			i -> (weighted.get(i) + PRIOR_WEIGHT * Math.log(whole)) / (sums.get(i) + PRIOR_WEIGHT));
		return levels.interpolated(width, height, places(lefts, width), places(tops, height));
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
