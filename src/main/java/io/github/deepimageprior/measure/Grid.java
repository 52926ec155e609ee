package io.github.deepimageprior.measure;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Numbers in rows and columns, row by row. */
record Grid(int columns, int rows, double[] values) {

	Grid(final int columns, final int rows, final IntToDoubleFunction value) {
		this(columns, rows, IntStream.range(0, columns * rows).mapToDouble(value).toArray());
	}

	double get(final int i) {
		return values[i];
	}

	private double at(final int column, final int row) {
		return values[Math.min(Math.max(0, row), rows - 1) * columns + Math.min(Math.max(0, column), columns - 1)];
	}

	/** @return a grid of the same places */
	Grid each(final IntToDoubleFunction value) {
		return new Grid(columns, rows, value);
	}

	/** @return the same with a mean of 0 and a standard deviation of 1; 0 if all numbers are equal */
	Grid standardised() {
		final double mean = Arrays.stream(values).average().orElse(0);
		final double deviation = Math
			.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / values.length);
		return each(i -> deviation > 0 ? (values[i] - mean) / deviation : 0);
	}

	/**
	 * @param across a kernel of odd length along the rows
	 * @param down one as long along the columns
	 * @return at each place the sum of the numbers around it, times both kernels
	 */
	Grid around(final double[] across, final double[] down) {
		final int reach = across.length / 2;
		final Grid sums = each(i -> {
			double sum = 0;
			final int column = i % columns;
			for (int d = Math.max(-reach, -column); d <= Math.min(reach, columns - 1 - column); d++)
				sum += across[d + reach] * values[i + d];
			return sum;
		});
		return each(i -> {
			double sum = 0;
			final int row = i / columns;
			for (int d = Math.max(-reach, -row); d <= Math.min(reach, rows - 1 - row); d++)
				sum += down[d + reach] * sums.values[i + d * columns];
			return sum;
		});
	}

	/** @return the same, each number averaged with its eight neighbours, with weights of 1 2 1 in each direction */
	Grid smoothed() {
		final Grid across = new Grid(columns, rows, i -> (at(i % columns - 1, i / columns)
			+ 2 * at(i % columns, i / columns) + at(i % columns + 1, i / columns)) / 4);
		return new Grid(columns, rows, i -> (across.at(i % columns, i / columns - 1)
			+ 2 * across.at(i % columns, i / columns) + across.at(i % columns, i / columns + 1)) / 4);
	}

	/**
	 * @param x where the columns are, in pixels
	 * @param y where the rows are
	 * @return the exponentials of the numbers at all pixels: linear between the places, constant beyond them
	 */
	double[] interpolated(final int width, final int height, final double[] x, final double[] y) {
		final double[] column = coordinates(width, x), row = coordinates(height, y),
			pixels = new double[width * height];
		for (int j = 0, p = 0; j < height; j++) for (int i = 0; i < width; i++) {
			final int left = (int) column[i], top = (int) row[j];
			final double right = column[i] - left, below = row[j] - top;
			pixels[p++] = Math.exp((1 - below) * ((1 - right) * at(left, top) + right * at(left + 1, top))
				+ below * ((1 - right) * at(left, top + 1) + right * at(left + 1, top + 1)));
		}
		return pixels;
	}

	/** @return where the centre of each pixel is among the places, counted in places */
	private static double[] coordinates(final int length, final double[] places) {
		final double[] coordinates = new double[length];
		for (int i = 0, k = 0; i < length; i++) {
			while (k + 2 < places.length && places[k + 1] <= i + 0.5) k++;
			coordinates[i] = places.length == 1 ? 0
				: k + Math.min(1, Math.max(0, (i + 0.5 - places[k]) / (places[k + 1] - places[k])));
		}
		return coordinates;
	}
}
