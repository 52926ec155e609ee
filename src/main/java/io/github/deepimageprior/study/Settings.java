package io.github.deepimageprior.study;

import io.github.deepimageprior.DipException;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The settings of a study as text, by the keys that macros use. As text they are the same in a dialog, a macro, a file
 * and on another computer.
 *
 * @param values by key
 */
public record Settings(SortedMap<String, String> values) implements Serializable {

	/** Copies the map. */
	public Settings {
		values = new TreeMap<>(values);
	}

	/** @return settings of these values */
	public static Settings of(final Map<String, String> values) {
		return new Settings(new TreeMap<>(values));
	}

	/** @return these settings with another value */
	public Settings with(final String key, final Object value) {
		final SortedMap<String, String> changed = new TreeMap<>(values);
		changed.put(key, String.valueOf(value));
		return new Settings(changed);
	}

	/** @return the settings with these keys in one spelling: that of numbers and of lists does not matter */
	String canonical(final Collection<String> keys) {
		return keys.stream().filter(values::containsKey).sorted()
			.map(key -> key + "=" + Arrays.stream(text(key).split(",")).map(Settings::spelled).toList())
			.collect(Collectors.joining(", "));
	}

	private static String spelled(final String item) {
		final String written = item.strip().toLowerCase(Locale.ROOT);
		return written.matches("[-+]?[0-9]*\\.?[0-9]+") ? new BigDecimal(written).stripTrailingZeros().toPlainString()
			: written;
	}

	/**
	 * @return the value of a key, without spaces around it
	 * @throws DipException if there is none
	 */
	public String text(final String key) {
		final String value = values.get(key);
		if (value == null) throw new DipException("The study has no value for " + key + ": give it one.");
		return value.strip();
	}

	/** @throws DipException if it is not a whole number within the range */
	public int whole(final String key, final int least, final int most) {
		try {
			final int value = Integer.parseInt(text(key));
			if (value >= least && value <= most) return value;
		}
		catch (final NumberFormatException other) {
			// reported below
		}
		throw new DipException("The value of " + key + " is '" + text(key) + "': enter a whole number "
			+ (most == Integer.MAX_VALUE ? "of at least " + least : "from " + least + " to " + most) + ".");
	}

	/** @throws DipException if it is not a number of grey levels, 0..255 */
	public double levels(final String key) {
		try {
			final double value = Double.parseDouble(text(key));
			if (value >= 0 && value <= 255) return value;
		}
		catch (final NumberFormatException other) {
			// reported below
		}
		throw new DipException("The value of " + key + " is '" + text(key) + "': enter grey levels from 0 to 255.");
	}

	/** @throws DipException if it is not a whole number */
	public long seed(final String key) {
		try {
			return Long.parseLong(text(key));
		}
		catch (final NumberFormatException other) {
			throw new DipException("The value of " + key + " is '" + text(key) + "': enter a whole number.", other);
		}
	}

	/**
	 * @return whether the value is true rather than false
	 * @throws DipException if it is neither
	 */
	public boolean flag(final String key) {
		return choice(key, "true", "false").equals("true");
	}

	/**
	 * @return the one of the choices that is the value of a key, in whatever case it is written
	 * @throws DipException if it is none of them
	 */
	String choice(final String key, final String... choices) {
		return Arrays.stream(choices).filter(text(key)::equalsIgnoreCase).findFirst()
			.orElseThrow(() -> new DipException(
				"The value of " + key + " is '" + text(key) + "': use " + String.join(" or ", choices) + "."));
	}

	/**
	 * @param spelling gives a value in its one spelling, or throws a DipException
	 * @return the value of a key
	 * @throws DipException as {@code spelling} does, with the key
	 */
	public String text(final String key, final UnaryOperator<String> spelling) {
		return spelled("For " + key, text(key), spelling);
	}

	/**
	 * @param spelling gives an item in its one spelling, or throws a DipException
	 * @return the items of a list, which commas separate
	 * @throws DipException as {@code spelling} does, with the key, or if an item is empty or given twice
	 */
	public List<String> list(final String key, final UnaryOperator<String> spelling) {
		if (text(key).isEmpty()) throw new DipException("The list " + key + " is empty: enter at least one item.");
		final List<String> items = new ArrayList<>();
		for (final String written : text(key).split(",", -1)) {
			if (written.isBlank())
				throw new DipException("The list " + key + " has an empty item in '" + text(key)
					+ "': enter items with a single comma between them.");
			final String item = spelled("In the list " + key, written.strip(), spelling);
			if (items.contains(item))
				throw new DipException("The list " + key + " has '" + item + "' twice: enter each item once.");
			items.add(item);
		}
		return items;
	}

	private static String spelled(final String where, final String value, final UnaryOperator<String> spelling) {
		try {
			return spelling.apply(value);
		}
		catch (final DipException unusable) {
			final String said = unusable.getMessage();
			throw new DipException(where + ", " + said.substring(0, 1).toLowerCase(Locale.ROOT) + said.substring(1),
				unusable);
		}
	}
}
