package io.github.deepimageprior.image;

import java.util.Arrays;

/** A sample of values that is spread evenly over all that are added. */
final class ValueSample {

	private static final int MOST = 1 << 16;

	private final float[] values = new float[MOST];
	private int number;
	private long added, stride = 1;

	void add(final float value) {
		if (added++ % stride != 0) return;
		values[number++] = value;
		if (number < MOST) return;
		for (int i = 0; i < MOST / 2; i++) values[i] = values[2 * i]; // every other one
		number = MOST / 2;
		stride *= 2;
	}

	/** @return the value below which a share of all values lies; there must be a value */
	float at(final double share) {
		Arrays.sort(values, 0, number);
		return values[(int) Math.round(share * (number - 1))];
	}
}
