package io.github.deepimageprior.measure;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * A confidence interval of 95 %.
 *
 * @param low its lower end
 * @param high its upper end
 */
public record Interval(double low, double high) {

	/** The number of standard deviations within which 95 % of a normal distribution lie. */
	private static final double Z = 1.959963984540054;

	/**
	 * The interval of a proportion: Wilson, "Probable inference, the law of succession, and statistical inference"
	 * (1927). Unlike the normal approximation it stays within 0..1 and holds for few trials.
	 *
	 * @param successes 0..trials
	 * @param trials at least 1
	 */
	public static Interval wilson(final int successes, final int trials) {
		if (trials < 1 || successes < 0 || successes > trials)
			throw new IllegalArgumentException(successes + " of " + trials);
		final double n = trials, p = successes / n, weight = 1 / (1 + Z * Z / n);
		final double centre = weight * (p + Z * Z / (2 * n));
		final double half = weight * Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
		return new Interval(successes == 0 ? 0 : centre - half, successes == trials ? 1 : centre + half);
	}

	/**
	 * The interval of a statistic from the percentiles of its values for resamples of the data (Efron and Tibshirani,
	 * An Introduction to the Bootstrap, 1993, chapter 13). It says how much the statistic would change with other data
	 * of the same kind.
	 *
	 * @param size number of data; for fewer than two there is no interval, and its ends are NaN
	 * @param statistic of a resample, given the indices of its data, each in 0..size-1; the array is reused
	 * @param resamples how many; 2000 give the ends to about two digits
	 * @param seed of the resampling
	 */
	public static Interval bootstrap(final int size, final ToDoubleFunction<int[]> statistic, final int resamples,
		final long seed)
	{
		if (size < 2) return new Interval(Double.NaN, Double.NaN);
		final SplittableRandom random = new SplittableRandom(seed);
		final double[] values = new double[resamples];
		final int[] chosen = new int[size];
		for (int i = 0; i < resamples; i++) {
			for (int k = 0; k < size; k++) chosen[k] = random.nextInt(size);
			values[i] = statistic.applyAsDouble(chosen);
		}
		Arrays.sort(values);
		return new Interval(Quantile.of(values, 0.025), Quantile.of(values, 0.975));
	}

	/**
	 * @param format of a number, such as {@code %.2f}
	 * @param value which has this interval
	 * @param unit after the value, with a space in front; empty for none
	 * @return the value with its interval in brackets, alone if there is none; empty for NaN
	 */
	public String around(final String format, final double value, final String unit) {
		if (Double.isNaN(value)) return "";
		if (Double.isInfinite(value)) return value > 0 ? "inf" : "-inf"; // as in the rows
		final String text = String.format(Locale.ROOT, format, value) + unit;
		return Double.isNaN(low + high) ? text
			: text + String.format(Locale.ROOT, " [" + format + ", " + format + "]", low, high);
	}

	/** The bootstrap interval of a mean. */
	public static Interval ofMean(final double[] data, final int resamples, final long seed) {
		return bootstrap(data.length, chosen -> Arrays.stream(chosen).mapToDouble(i -> data[i]).average().getAsDouble(),
			resamples, seed);
	}
}
