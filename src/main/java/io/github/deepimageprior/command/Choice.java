package io.github.deepimageprior.command;

import io.github.deepimageprior.DipException;

import java.util.Map;
import java.util.TreeSet;

/** Checks values that a user entered. */
final class Choice {

	private Choice() {}

	/** @throws DipException if the text is none of the values */
	static <T> T of(final String key, final String written, final Map<String, T> values) {
		for (final Map.Entry<String, T> value : values.entrySet())
			if (value.getKey().equalsIgnoreCase(written.strip())) return value.getValue();
		final String all = String.join(", ", new TreeSet<>(values.keySet()));
		throw new DipException(
			"The value of " + key + " is '" + written + "': use one of " + all + (all.endsWith(".") ? "" : "."));
	}

	/** @throws DipException if the value is smaller than the least */
	static int atLeast(final String key, final int value, final int least) {
		return between(key, value, least, Integer.MAX_VALUE);
	}

	/** @throws DipException if the value is smaller than the least, or not finite */
	static double atLeast(final String key, final double value, final int least) {
		if (value >= least && Double.isFinite(value)) return value;
		throw new DipException("The value of " + key + " is " + value + ": enter a number of at least " + least + ".");
	}

	/** @throws DipException if the value lies outside the range */
	static int between(final String key, final int value, final int least, final int most) {
		if (value >= least && value <= most) return value;
		final String range = most == Integer.MAX_VALUE ? "of at least " + least : "from " + least + " to " + most;
		throw new DipException("The value of " + key + " is " + value + ": enter a whole number " + range + ".");
	}
}
