package io.github.deepimageprior.measure;

import java.util.Arrays;

/**
 * What the mask of Immerkær leaves of values at one scale.
 *
 * @param sizes absolute values, row by row; NaN where a value is missing, {@link #CONSTANT} where all nine are equal
 * @param columns how many in a row: two steps fewer than there are values
 * @param rows how many rows
 */
record Masked(float[] sizes, int columns, int rows) {

	/** The root of the sum of squares of the mask, whose rows are 1 −2 1, −2 4 −2, 1 −2 1. */
	private static final float NORM = 6;

	/** The median absolute value of a standard normal variable. */
	private static final double NORMAL_MEDIAN = 0.67449;

	/** What the mask leaves of nine equal values. It counts as 0, but is sorted before it. */
	private static final float CONSTANT = -0f;

	/**
	 * @param w width of the values
	 * @param h height of the values
	 * @param step between the values that the mask takes; each is a sum of step² pixels
	 */
	static Masked of(final float[] values, final int w, final int h, final int step) {
		final int columns = Math.max(0, w - 2 * step), rows = Math.max(0, h - 2 * step);
		final float[] sizes = new float[columns * rows];
		for (int y = 0, i = 0; y < rows; y++) for (int x = 0; x < columns; x++) {
			final int p = y * w + x, row = step * w;
			final float left = bend(values, p, step) - 2 * bend(values, p + row, step)
				+ bend(values, p + 2 * row, step);
			sizes[i++] = left == 0 && isConstant(values, p, row, step) ? CONSTANT : Math.abs(left) / (step * NORM);
		}
		return new Masked(sizes, columns, rows);
	}

	/** The second difference along x from the value p on. */
	private static float bend(final float[] values, final int p, final int step) {
		return values[p] - 2 * values[p + step] + values[p + 2 * step];
	}

	private static boolean isConstant(final float[] values, final int p, final int row, final int step) {
		for (int k = 1; k < 9; k++) if (values[p + k / 3 * row + k % 3 * step] != values[p]) return false;
		return true;
	}

	float get(final int column, final int row) {
		return sizes[row * columns + column];
	}

	/** @return whether the nine values at a place are not all equal */
	boolean varies(final int column, final int row) {
		return Float.compare(get(column, row), CONSTANT) != 0;
	}

	/** @return a rectangle, as far as there are values: first constants, then by size, then missing ones */
	float[] sorted(final int left, final int top, final int wide, final int high) {
		final int first = clip(left, columns), last = clip(left + wide, columns);
		final int from = clip(top, rows), to = clip(top + high, rows);
		final float[] part = new float[(last - first) * (to - from)];
		for (int y = from; y < to; y++)
			System.arraycopy(sizes, y * columns + first, part, (y - from) * (last - first), last - first);
		Arrays.sort(part);
		return part;
	}

	private static int clip(final int place, final int length) {
		return Math.min(Math.max(0, place), length);
	}

	/** @return how many are not missing */
	static int known(final float[] sizes) {
		int n = 0;
		for (final float size : sizes) if (!Float.isNaN(size)) n++;
		return n;
	}

	/** @return how many are constants */
	static int constants(final float[] sorted) {
		int n = 0;
		while (n < sorted.length && Float.compare(sorted[n], CONSTANT) == 0) n++;
		return n;
	}

	/**
	 * @param first from which number on they count
	 * @return the standard deviation that the median tells; 0 if nothing counts, or if most of it is 0
	 */
	static double level(final float[] sorted, final int first) {
		final int end = known(sorted);
		return first == end ? 0 : (sorted[(first + end - 1) / 2] + sorted[(first + end) / 2]) / 2.0 / NORMAL_MEDIAN;
	}
}
