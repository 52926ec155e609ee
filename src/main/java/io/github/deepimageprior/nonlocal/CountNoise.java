package io.github.deepimageprior.nonlocal;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.measure.NoiseMap;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The noise that is left where {@link Anscombe} has transformed few photons: with fewer than about four, its standard
 * deviation is less than 1, and without any it is 0. It follows from the number of photons nearby.
 */
final class CountNoise {

	/** Standard deviation of the Gaussian over which photons are averaged, in pixels, and how far it reaches. */
	private static final double SIGMA = 2;
	private static final int REACH = 6;

	/** With more photons the variance is 1, to a hundredth. */
	private static final double MANY = 40;

	/** The least variance: the average of few pixels may lack photons by chance. */
	private static final double LEAST = 0.1;

	private CountNoise() {}

	/**
	 * @param photons noisy, for each channel plus the variance of their Gaussian noise
	 * @param counts whether a channel counts photons
	 * @param levels of the channels where there are many photons
	 * @return the noise after the transform. All channels share its course over the field: at each pixel the mean of
	 *         their variances, relative to their levels, which is the variance of the mean of the channels
	 */
	static NoiseMap of(final Picture photons, final IntPredicate counts, final List<Double> levels) {
		final int area = photons.width() * photons.height();
		final Double[] all = levels.toArray(Double[]::new);
		final double[] sums = new double[area];
		int noisy = 0;
		for (int c = 0; c < photons.channels(); c++) {
			if (isConstant(photons.values(), c * area, area)) continue; // nothing of it is noise
			final double[] course = counts.test(c) ? course(photons, c) : ones(area);
			final double level = NoiseMap.rootMeanSquare(course);
			all[c] *= level;
			noisy++;
			for (int i = 0; i < area; i++) sums[i] += Math.pow(course[i] / level, 2);
		}
		final float[] relative = new float[area];
		for (int i = 0; i < area; i++) relative[i] = (float) Math.sqrt(sums[i] / Math.max(1, noisy));
		return new NoiseMap(List.of(all), new Picture(relative, photons.width(), photons.height(), 1));
	}

	private static double[] ones(final int count) {
		final double[] ones = new double[count];
		Arrays.fill(ones, 1);
		return ones;
	}

	private static boolean isConstant(final float[] values, final int first, final int count) {
		return IntStream.range(first, first + count).allMatch(i -> values[i] == values[first]);
	}

	/** @return the standard deviation at each pixel */
	private static double[] course(final Picture photons, final int channel) {
		return Arrays.stream(mean(photons, channel)).map(mean -> Math.sqrt(Math.max(LEAST, variance(mean)))).toArray();
	}

	/** @return the variance of 2 √(k + 3/8) for a Poisson variable k */
	static double variance(final double mean) {
		if (mean > MANY) return 1;
		if (mean <= 0) return 0;
		double probability = Math.exp(-mean), first = 0, second = 0;
		for (int k = 0; k < mean + 12 * Math.sqrt(mean) + 12; k++, probability *= mean / k) {
			final double value = Anscombe.forward(k, 0);
			first += probability * value;
			second += probability * value * value;
		}
		return Math.max(0, second - first * first);
	}

	/**
	 * @return a channel averaged with a Gaussian, row by row, then column by column; the border has fewer neighbours
	 */
	private static double[] mean(final Picture picture, final int channel) {
		final int w = picture.width(), h = picture.height();
		final double[] values = new double[w * h];
		for (int i = 0; i < values.length; i++) values[i] = picture.values()[channel * w * h + i];
		return along(along(values, 1, w), w, h);
	}

	/**
	 * @param step from a value to the next along an axis
	 * @param length of the axis
	 */
	private static double[] along(final double[] values, final int step, final int length) {
		final double[] weights = new double[2 * REACH + 1], result = new double[values.length];
		Arrays.setAll(weights, k -> Math.exp(-Math.pow((k - REACH) / SIGMA, 2) / 2));
		for (int i = 0; i < values.length; i++) {
			final int place = i / step % length;
			double sum = 0, weight = 0;
			for (int k = Math.max(-REACH, -place); k <= Math.min(REACH, length - 1 - place); k++) {
				sum += weights[k + REACH] * values[i + k * step];
				weight += weights[k + REACH];
			}
			result[i] = sum / weight;
		}
		return result;
	}
}
