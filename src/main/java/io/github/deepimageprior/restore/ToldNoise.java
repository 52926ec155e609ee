package io.github.deepimageprior.restore;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.measure.NoiseMap;
import io.github.deepimageprior.nonlocal.Anscombe;

import java.util.Arrays;
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
	 * @throws java.util.concurrent.CancellationException after a cancel
	 */
	static double ratio(final NoiseModel model, final Picture target, final Cancellation cancellation) {
		if (!model.isTold() || Math.min(target.width(), target.height()) < LEAST_SIDE) return 1;
		return IntStream.range(0, target.channels())
			.mapToDouble(c -> ratioOfChannel(model.channel(c), target.channels(c, 1), cancellation))
			.reduce(1, ToldNoise::farther);
	}

	/** @return the median ratio where there are photons; NaN if they are few, or there is no noise */
	private static double ratioOfChannel(final NoiseModel model, final Picture target,
		final Cancellation cancellation)
	{
		final NoiseMap told = model.strength(target),
			found = NoiseMap.withTexture(model.forward(target), cancellation);
		if (told.levels().get(0) == 0 || found.levels().get(0) == 0) return Double.NaN;
		final float[] ratios = new float[target.values().length];
		int count = 0;
		for (int i = 0; i < ratios.length; i++)
			if (told.at(0, i) >= LEAST * model.map().levels().get(0))
				ratios[count++] = (float) (found.at(0, i) / told.at(0, i));
		if (count < MOST * ratios.length) return Double.NaN;
		Arrays.sort(ratios, 0, count);
		return ratios[count / 2];
	}

	/**
	 * @return the share of pixels that have fewer photons than none, by more than the noise that was told explains, in
	 *         the channel where there are most; 0 if no photons were told
	 */
	static double dark(final NoiseModel model, final Picture target) {
		if (!model.isTold() || model.counts() == null) return 0;
		return IntStream.range(0, target.channels()).mapToDouble(c -> dark(model.counts(), target, c)).max().orElse(0);
	}

	/** @return the same share of one channel; 0 if it counts no photons */
	static double dark(final Anscombe counts, final Picture target, final int channel) {
		if (counts.scale().get(channel) == 0) return 0;
		final Anscombe its = counts.channel(channel);
		final Picture picture = target.channels(channel, 1);
		final boolean[] empty = its.empty(picture);
		return IntStream.range(0, empty.length)
			.filter(i -> !empty[i] && its.photons(0, picture.values()[i]) < -DARK * its.least(0)).count()
			/ (double) empty.length;
	}

	/** @return the ratio that is farther from 1; the first if the second is not a number */
	static double farther(final double first, final double second) {
		return Math.abs(Math.log(second)) > Math.abs(Math.log(first)) ? second : first;
	}
}
