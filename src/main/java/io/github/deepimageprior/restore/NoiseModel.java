package io.github.deepimageprior.restore;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.measure.NoiseMap;
import io.github.deepimageprior.measure.PoissonGaussian;
import io.github.deepimageprior.nonlocal.Anscombe;
import io.github.deepimageprior.prior.Observation;
import io.github.deepimageprior.prior.PoissonNoise;
import io.github.deepimageprior.tile.Tile;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the non-local filters assume of the noise of a picture.
 *
 * @param counts makes it independent of the signal; null if it is
 * @param map how strong it is, after that; see also {@link #strength}
 * @param growth how its variance grows with the signal, as was found for each channel; empty if it was told
 */
record NoiseModel(Anscombe counts, NoiseMap map, List<PoissonGaussian> growth) {

	/** Logarithm of the factor by which the level of transformed values may differ from 1. */
	private static final double MOST_DOUBT = Math.log(1.5);

	/**
	 * @param given standard deviation in each channel; empty to estimate how strong the noise is at each pixel. Where
	 *        photons are told, it is that of the read noise beside theirs; empty for none
	 * @param automatic whether to find out if it grows with the signal
	 * @throws java.util.concurrent.CancellationException after a cancel
	 */
	static NoiseModel of(final Observation observation, final List<Double> given, final boolean automatic,
		final Cancellation cancellation)
	{
		final Picture target = observation.target();
		if (observation.poisson() != null)
			return new NoiseModel(transform(observation.poisson(), given),
				NoiseMap.uniform(Collections.nCopies(target.channels(), 1.0)), List.of());
		if (!given.isEmpty()) return new NoiseModel(null, NoiseMap.uniform(given), List.of());
		final List<PoissonGaussian> growth = automatic ? PoissonGaussian.estimate(target)
			: Collections.nCopies(target.channels(), PoissonGaussian.NONE);
		return found(target, growth, cancellation);
	}

	/** Growth that contradicts the picture is none: noise that varies over the field may look like it. */
	private static NoiseModel found(final Picture target, final List<PoissonGaussian> growth,
		final Cancellation cancellation)
	{
		if (growth.stream().allMatch(PoissonGaussian.NONE::equals))
			return new NoiseModel(null, NoiseMap.estimate(target, cancellation), growth);
		final Anscombe counts = Anscombe.of(growth);
		final NoiseMap map = NoiseMap.estimate(counts.forward(target), cancellation);
		final List<PoissonGaussian> credible = IntStream.range(0, growth.size())
			.mapToObj(c -> Math.log(map.levels().get(c)) > MOST_DOUBT && growth.get(c).slope() > 0
				|| ToldNoise.dark(counts, target, c) > NonLocalSummary.FEW ? PoissonGaussian.NONE : growth.get(c))
			.toList();
		return credible.equals(growth) ? new NoiseModel(counts, plausible(map, growth), growth)
			: found(target, credible, cancellation);
	}

	private static Anscombe transform(final PoissonNoise poisson, final List<Double> read) {
		final List<Double> scale = poisson.scale();
		return read.isEmpty() ? new Anscombe(scale, poisson.offset()) : new Anscombe(scale, poisson.offset(),
			IntStream.range(0, scale.size()).mapToObj(c -> scale.get(c) * read.get(c)).toList());
	}

	/**
	 * The noise of transformed values has about a level of 1. Where most pixels have no photon, the level that a median
	 * tells is far less.
	 */
	private static NoiseMap plausible(final NoiseMap map, final List<PoissonGaussian> growth) {
		final Double[] levels = map.levels().toArray(Double[]::new);
		boolean doubtful = false;
		for (int c = 0; c < levels.length; c++) if (growth.get(c).slope() > 0) {
			doubtful |= Math.abs(Math.log(levels[c])) > MOST_DOUBT;
			levels[c] = 1.0;
		}
		return doubtful ? NoiseMap.uniform(List.of(levels)) : map;
	}

	/** @return whether the noise was told, not found in the picture */
	boolean isTold() {
		return growth.isEmpty();
	}

	/**
	 * @param target the noisy picture
	 * @return how strong the noise is after {@link #forward}: where photons are told, or so few that their noise cannot
	 *         be estimated, it follows from their number
	 */
	NoiseMap strength(final Picture target) {
		return counts == null || map.relative() != null ? map : counts.noise(target, map.levels());
	}

	/** @return the model of one channel, whose noise was told */
	NoiseModel channel(final int c) {
		return new NoiseModel(counts == null ? null : counts.channel(c),
			NoiseMap.uniform(map.levels().subList(c, c + 1)), List.of());
	}

	/** @return the model of a rectangle of the picture */
	NoiseModel part(final Tile box) {
		return new NoiseModel(counts, map.part(box.x(), box.y(), box.width(), box.height()), growth);
	}

	/**
	 * @return the level of the noise that was estimated in each channel, as a root mean square over the picture; empty
	 *         if it was told
	 */
	List<Double> estimated(final Picture target) {
		if (isTold()) return List.of();
		final Double[] levels = map.levels().toArray(Double[]::new);
		for (int c = 0; c < levels.length; c++)
			if (growth.get(c).slope() > 0) levels[c] *= Math.sqrt(growth.get(c).variance(mean(target.channels(c, 1))));
		return List.of(levels);
	}

	private static double mean(final Picture channel) {
		double sum = 0;
		for (final float value : channel.values()) sum += value;
		return sum / channel.values().length;
	}

	/** @return values that values transformed by {@link #counts} stand for */
	Picture inverse(final Picture transformed) {
		return counts == null ? transformed : counts.inverse(transformed);
	}

	/**
	 * @param noisy the transformed target
	 * @return values that transformed values stand for; the target itself if nothing was done, and where it is
	 *         {@linkplain Anscombe#empty empty}
	 */
	Picture inverse(final Picture transformed, final Picture noisy, final Picture target) {
		if (Arrays.equals(transformed.values(), noisy.values())) return target;
		final Picture result = inverse(transformed);
		if (counts == null) return result;
		final boolean[] empty = counts.empty(target);
		final float[] values = result.values().clone();
		for (int i = 0; i < values.length; i++) if (empty[i]) values[i] = target.values()[i];
		return result.with(values);
	}

	/** @return the picture with noise that is independent of the signal */
	Picture forward(final Picture picture) {
		return counts == null ? picture : counts.forward(picture);
	}
}
