package io.github.deepimageprior.command;

import io.github.deepimageprior.DipException;

import java.util.Map;
import java.util.TreeSet;

/** A parameter with few possible values. */
final class Choice {

	private Choice() {}

	/** @throws DipException if what was written is none of the values */
	static <T> T of(final String key, final String written, final Map<String, T> values) {
		for (final Map.Entry<String, T> value : values.entrySet())
			if (value.getKey().equalsIgnoreCase(written.strip())) return value.getValue();
		final String all = String.join(", ", new TreeSet<>(values.keySet()));
		throw new DipException(
			"The value of " + key + " is '" + written + "': write one of " + all + (all.endsWith(".") ? "" : "."));
	}
}
