package io.github.deepimageprior.study;

import io.github.deepimageprior.measure.Interval;
import io.github.deepimageprior.report.Figure;
import io.github.deepimageprior.report.Part;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * A number that was followed over the steps of fits, for several pictures.
 *
 * @param steps in ascending order
 * @param values pictures × steps, of those pictures that have a number at all steps
 * @param before the number for each of these pictures itself, before the first step; empty if it was not asked for
 * @param incomplete number of pictures that are left out, since they lack some steps
 */
record Series(int[] steps, double[][] values, double[] before, int incomplete) {

	private static final int RESAMPLES = 2000;
	private static final double[] NONE = {};

	/** @return the series of fits, where step 0 is the picture itself */
	static Series of(final List<Row> rows, final ToDoubleFunction<Row> number) {
		final Series all = of(rows, row -> (int) row.number("step"), number);
		if (all.steps.length == 0 || all.steps[0] != 0) return all;
		return new Series(Arrays.copyOfRange(all.steps, 1, all.steps.length),
			Arrays.stream(all.values).map(one -> Arrays.copyOfRange(one, 1, one.length)).toArray(double[][]::new),
			Arrays.stream(all.values).mapToDouble(one -> one[0]).toArray(), all.incomplete);
	}

	/** @return the series over another number instead of the step */
	static Series of(final List<Row> rows, final ToIntFunction<Row> place, final ToDoubleFunction<Row> number) {
		final TreeSet<Integer> steps = new TreeSet<>();
		final Map<String, SortedMap<Integer, Double>> pictures = new TreeMap<>();
		for (final Row row : rows) {
			final int step = place.applyAsInt(row);
			steps.add(step);
			final Map<Integer, Double> picture = pictures.computeIfAbsent(row.picture(), none -> new TreeMap<>());
			final double value = number.applyAsDouble(row);
			if (!Double.isNaN(value)) picture.put(step, value);
		}
		final double[][] values = pictures.values().stream().filter(one -> one.size() == steps.size())
			.map(one -> one.values().stream().mapToDouble(Double::doubleValue).toArray()).toArray(double[][]::new);
		return new Series(steps.stream().mapToInt(Integer::intValue).toArray(), values, NONE,
			pictures.size() - values.length);
	}

	/**
	 * @param curves by what they are of
	 * @return a sentence about the pictures that are left out of them, if there are any
	 */
	static List<Part> omissions(final Map<String, Series> curves) {
		final List<String> omitted = new ArrayList<>();
		curves.forEach((name, series) -> {
			final int left = series.incomplete;
			if (left > 0) omitted.add(left + " of " + (left + series.values.length) + " for '" + name + "'");
		});
		return omitted.isEmpty() ? List.of()
			: List.of(new Part.Text("Pictures that lack some steps are left out of the table and the figures: "
				+ String.join(", ", omitted) + "."));
	}

	/** @return the mean over the pictures themselves, before the first step; NaN if there is none */
	double meanBefore() {
		return Arrays.stream(before).average().orElse(Double.NaN);
	}

	private boolean isEmpty() {
		return values.length == 0 || steps.length == 0;
	}

	/** @return the mean over pictures at each step */
	double[] mean() {
		return mean(IntStream.range(0, values.length).toArray());
	}

	private double[] mean(final int[] chosen) {
		final double[] mean = new double[steps.length];
		for (final int picture : chosen)
			for (int i = 0; i < mean.length; i++) mean[i] += values[picture][i] / chosen.length;
		return mean;
	}

	/**
	 * @return the mean with a band: at each step the bootstrap interval of 95 % over pictures; without points if there
	 *         are no pictures
	 */
	Figure.Curve curve(final String name) {
		if (isEmpty()) return new Figure.Curve(name, NONE, NONE, NONE, NONE);
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

	/** All figures are from the same resamples of the pictures. */
	private Estimate estimate(final ToDoubleFunction<double[]> figure) {
		if (isEmpty()) return new Estimate(Double.NaN, new Interval(Double.NaN, Double.NaN));
		return new Estimate(figure.applyAsDouble(mean()),
			Interval.bootstrap(values.length, chosen -> figure.applyAsDouble(mean(chosen)), RESAMPLES, 0));
	}

	/** @return the value at the last step */
	Estimate last() {
		return estimate(curve -> curve[curve.length - 1]);
	}

	/** @return the largest value */
	Estimate peak() {
		return estimate(curve -> curve[Extrema.peak(curve)]);
	}

	/** @return the largest value minus that at the last step, at least 0 */
	Estimate peakMinusLast() {
		return estimate(curve -> curve[Extrema.peak(curve)] - curve[curve.length - 1]);
	}

	/** @return the step of the largest value */
	Estimate peakStep() {
		return estimate(curve -> steps[Extrema.peak(curve)]);
	}

	/** @return the depth of the deepest trough; 0 if there is none */
	Estimate troughDepth() {
		return estimate(curve -> Extrema.depth(curve, Extrema.trough(curve)));
	}

	/** @return the step of the deepest trough; the first if there is none */
	Estimate troughStep() {
		return estimate(curve -> steps[Extrema.trough(curve)]);
	}
}
