package io.github.deepimageprior.restore;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.measure.NoiseMap;

import java.util.stream.IntStream;

/** Compares the noise that was told with that of the picture, after the transform of photon counts. */
final class ToldNoise {

	/** Of pixels with less noise, relative to the level, there are too few photons to estimate it. */
	private static final double LEAST = 0.7;

	/** The least share of the other pixels: a few among dark ones tell nothing. */
	private static final double MOST = 0.75;

	private static final int LEAST_SIDE = 3;

	/** Standard deviations of the noise where there is no photon beyond which noise explains nothing. */
	private static final double DARK = 3;

	private ToldNoise() {}

	/**
	 * @return the estimated standard deviation divided by the one that was told, as a median over the pixels of the
	 *         channel in which they differ most; 1 if none was told or it cannot be estimated
	 */
	static double ratio(final NoiseModel model, final Picture target) {
		if (!model.isTold() || Math.min(target.width(), target.height()) < LEAST_SIDE) return 1;
		final NoiseMap told = model.strength(target), found = NoiseMap.withTexture(model.forward(target));
		return IntStream.range(0, target.channels()).filter(c -> told.levels().get(c) > 0 && found.levels().get(c) > 0)
			.mapToDouble(c -> found.levels().get(c) / told.levels().get(c) * course(found, told))
			.reduce(1, ToldNoise::farther);
	}

	/**
	 * @return the share of pixels that have fewer photons than none, by more than the noise that was told explains, in
	 *         the channel where there are most; 0 if no photons were told
	 */
	static double dark(final NoiseModel model, final Picture target) {
		if (!model.isTold() || model.counts() == null) return 0;
		final boolean[] empty = model.counts().empty(target);
		final int area = target.width() * target.height();
		return IntStream.range(0, target.channels())
			.mapToDouble(c -> IntStream.range(c * area, (c + 1) * area)
				.filter(
					i -> !empty[i] && model.counts().photons(c, target.values()[i]) < -DARK * model.counts().least(c))
				.count() / (double) area)
			.max().orElse(0);
	}

	/** @return the median ratio of the relative levels, where there are photons; NaN if they are few */
	private static double course(final NoiseMap found, final NoiseMap told) {
		final int area = found.relative().values().length;
		final double[] ratios = IntStream.range(0, area).filter(i -> relative(told, i) >= LEAST)
			.mapToDouble(i -> relative(found, i) / relative(told, i)).sorted().toArray();
		return ratios.length < MOST * area ? Double.NaN : ratios[ratios.length / 2];
	}

	private static double relative(final NoiseMap map, final int pixel) {
		return map.relative() == null ? 1 : map.relative().values()[pixel];
	}

	/** @return the ratio that is farther from 1; the first if the second is not a number */
	static double farther(final double first, final double second) {
		return Math.abs(Math.log(second)) > Math.abs(Math.log(first)) ? second : first;
	}
}
