package io.github.deepimageprior;

import java.util.Random;

/** Pictures from a formula, which any other program can build too. */
public final class Formula {

	private Formula() {}

	/** Smooth at the upper left and finer and finer from there on, between 0.05 and 0.95. */
	public static Picture picture(final int width, final int height, final int channels) {
		final float[] values = new float[channels * height * width];
		for (int i = 0; i < values.length; i++) {
			final int x = i % width, y = i / width % height, c = i / width / height;
			values[i] = (float) value(x, y, c);
		}
		return new Picture(values, width, height, channels);
	}

	/** The same with less contrast and a ripple. */
	public static Picture degraded(final int width, final int height, final int channels) {
		final float[] values = new float[channels * height * width];
		for (int i = 0; i < values.length; i++) {
			final int x = i % width, y = i / width % height, c = i / width / height;
			values[i] = (float) (0.8 * value(x, y, c) + 0.1 + 0.1 * Math.sin(1.7 * x - 2.3 * y + c));
		}
		return new Picture(values, width, height, channels);
	}

	/** A count of photons, by adding up the waits between them. */
	public static int photons(final Random random, final double expected) {
		int count = -1;
		for (double time = 0; time < expected; count++) time -= Math.log(1 - random.nextDouble());
		return Math.max(0, count);
	}

	private static double value(final int x, final int y, final int c) {
		return 0.5 + 0.3 * Math.sin(0.37 * x + 0.11 * c) * Math.cos(0.23 * y) + 0.15 * Math.sin(0.05 * x * y + c);
	}
}
