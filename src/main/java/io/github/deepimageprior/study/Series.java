package io.github.deepimageprior.study;

import io.github.deepimageprior.measure.Interval;
import io.github.deepimageprior.report.Figure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/**
 * A number that was followed over the steps of fits, for several pictures.
 *
 * @param steps in ascending order
 * @param values pictures × steps
 */
record Series(int[] steps, double[][] values) {

	private static final int RESAMPLES = 2000;

	/**
	 * @return the series of the pictures that have a number at all steps; the picture itself, step 0, is none of them
	 */
	static Series of(final List<Row> rows, final ToDoubleFunction<Row> number) {
		return of(rows.stream().filter(row -> !row.text("step").equals("0")).toList(), row -> (int) row.number("step"),
			number);
	}

	/** @return the same with another number instead of the step */
	static Series of(final List<Row> rows, final ToIntFunction<Row> place, final ToDoubleFunction<Row> number) {
		final TreeSet<Integer> steps = new TreeSet<>();
		final Map<String, Map<Integer, Double>> pictures = new TreeMap<>();
		for (final Row row : rows) {
			final int step = place.applyAsInt(row);
			steps.add(step);
			pictures.computeIfAbsent(row.text("set") + "/" + row.text("picture"), none -> new TreeMap<>()).put(step,
				number.applyAsDouble(row));
		}
		return new Series(steps.stream().mapToInt(Integer::intValue).toArray(),
			pictures.values().stream().filter(one -> one.size() == steps.size())
				.map(one -> one.values().stream().mapToDouble(Double::doubleValue).toArray()).toArray(double[][]::new));
	}

	/** @return the mean over pictures at each step */
	double[] mean() {
		return mean(java.util.stream.IntStream.range(0, values.length).toArray());
	}

	private double[] mean(final int[] chosen) {
		final double[] mean = new double[steps.length];
		for (final int picture : chosen)
			for (int i = 0; i < mean.length; i++) mean[i] += values[picture][i] / chosen.length;
		return mean;
	}

	/** @return the mean with a band: at each step the bootstrap interval of 95 % over pictures */
	Figure.Curve curve(final String name) {
		final double[] low = new double[steps.length], high = new double[steps.length];
		for (int i = 0; i < steps.length; i++) {
			final int step = i;
			final Interval interval = Interval.ofMean(Arrays.stream(values).mapToDouble(one -> one[step]).toArray(),
				RESAMPLES, 0);
			low[i] = interval.low();
			high[i] = interval.high();
		}
		return new Figure.Curve(name, Arrays.stream(steps).asDoubleStream().toArray(), mean(), low, high);
	}

	/**
	 * A figure of the mean curve, with its bootstrap interval of 95 % over pictures.
	 *
	 * @param value of the mean curve
	 * @param interval of it
	 */
	record Estimate(double value, Interval interval) {

		@Override
		public String toString() {
			return String.format(Locale.ROOT, "%.4g [%.4g, %.4g]", value, interval.low(), interval.high());
		}
	}

	private Estimate estimate(final ToDoubleFunction<double[]> figure) {
		return new Estimate(figure.applyAsDouble(mean()),
			Interval.bootstrap(values.length, chosen -> figure.applyAsDouble(mean(chosen)), RESAMPLES, 0));
	}

	/** @return the value at the last step */
	Estimate last() {
		return estimate(curve -> curve[curve.length - 1]);
	}

	/** @return the largest value */
	Estimate peak() {
		return estimate(curve -> Arrays.stream(curve).max().orElse(Double.NaN));
	}

	/** @return the step of the largest value */
	Estimate peakStep() {
		return estimate(curve -> steps[best(curve)]);
	}

	private static int best(final double[] curve) {
		int best = 0;
		for (int i = 1; i < curve.length; i++) if (curve[i] > curve[best]) best = i;
		return best;
	}

	/**
	 * The deepest trough: where the curve lies most below both an earlier and a later step. Its depth is the smaller of
	 * the two differences, so a curve that only rises or only falls has none, a depth of 0.
	 */
	Estimate troughDepth() {
		return estimate(curve -> depth(curve, trough(curve)));
	}

	/** @return the step of the deepest trough; the first if there is none */
	Estimate troughStep() {
		return estimate(curve -> steps[trough(curve)]);
	}

	private static int trough(final double[] curve) {
		int deepest = 0;
		for (int i = 1; i < curve.length; i++) if (depth(curve, i) > depth(curve, deepest)) deepest = i;
		return deepest;
	}

	private static double depth(final double[] curve, final int place) {
		double before = curve[place], after = curve[place];
		for (int i = 0; i < place; i++) before = Math.max(before, curve[i]);
		for (int i = place; i < curve.length; i++) after = Math.max(after, curve[i]);
		return Math.min(before, after) - curve[place];
	}
}
