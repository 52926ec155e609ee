package io.github.deepimageprior.host;

import io.github.deepimageprior.DipException;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The options of a macro's {@code run} call: {@code key=value key=[two words] flag}. They are parsed here, not by
 * ImageJ, which ignores unknown keys and misreads values that contain other keys.
 */
public final class MacroOptions {

	private static final Pattern KEY = Pattern.compile("\\s*([A-Za-z_]\\w*)(=)?");

	private final Map<String, String> values = new HashMap<>();
	private final Set<String> flags = new HashSet<>();

	/**
	 * @param text the options
	 * @param keys the known keys
	 * @throws DipException if the text cannot be parsed, has an unknown key, or has a key twice
	 */
	MacroOptions(final String text, final Collection<String> keys) {
		final String options = text.strip();
		final Matcher option = KEY.matcher(options);
		for (int start = 0, end; start < options.length(); start = end) {
			final boolean found = option.region(start, options.length()).lookingAt();
			end = !found ? -1 : option.group(2) == null ? option.end() : valueEnd(options, option.end());
			if (end < 0 || end < options.length() && !Character.isWhitespace(options.charAt(end)))
				throw new DipException("The macro options '" + options.substring(start).strip()
					+ "' cannot be read: use key=value, with [brackets] around values that contain spaces, or "
					+ "apostrophes if brackets in them are not paired (an image may be named by its ID).");
			final String key = option.group(1);
			if (!keys.contains(key))
				throw new DipException(
					"There is no macro option '" + key + "': the options are " + String.join(", ", keys) + ".");
			if (option.group(2) == null) flags.add(key);
			final String value = option.group(2) == null ? "true" : unquoted(options.substring(option.end(), end));
			if (values.put(key, value) != null)
				throw new DipException("The macro option '" + key + "' is given twice: remove one of them.");
		}
	}

	/** @return where a value ends that begins at a position; -1 if its bracket or quote is not closed */
	private static int valueEnd(final String options, final int start) {
		if (options.startsWith("'", start)) return after(options, '\'', start + 1);
		int end = start;
		if (!options.startsWith("[", start)) {
			while (end < options.length() && !Character.isWhitespace(options.charAt(end))) end++;
			return end;
		}
		int open = 0;
		do { // a title or a path may contain brackets, which ImageJ counts too
			if (end == options.length()) return -1;
			if (options.charAt(end) == '[') open++;
			if (options.charAt(end) == ']') open--;
			end++;
		}
		while (open > 0);
		return end;
	}

	/** @return the position after the next such character; -1 if there is none */
	private static int after(final String options, final char character, final int start) {
		final int found = options.indexOf(character, start);
		return found < 0 ? -1 : found + 1;
	}

	/** @return a value without the brackets or quotes around it */
	private static String unquoted(final String value) {
		return value.startsWith("[") || value.startsWith("'") ? value.substring(1, value.length() - 1) : value;
	}

	/**
	 * Writes a value as options have it, if they can.
	 *
	 * @param value any text
	 * @return the text, with brackets around it where it needs them, or apostrophes if its own brackets are not paired;
	 *         null if it has both such brackets and an apostrophe, so that nothing tells where it ends
	 */
	public static String quoted(final String value) {
		if (!value.matches("(?s).*\\s.*|[\\['].*")) return value;
		final String bracketed = "[" + value + "]";
		if (valueEnd(bracketed, 0) == bracketed.length()) return bracketed;
		return value.contains("'") ? null : "'" + value + "'";
	}

	/**
	 * Escapes a value for a string literal of the macro language, so that the backslashes of a Windows path survive.
	 *
	 * @param value any text
	 * @return the text with a backslash before each backslash and each double quote
	 */
	public static String escaped(final String value) {
		return value.replace("\\", "\\\\").replace("\"", "\\\"");
	}

	/** @throws DipException if a key that is no flag stands there without a value */
	void requireValue(final String key) {
		if (flags.contains(key))
			throw new DipException("The macro option '" + key + "' has no value: write " + key + "= and the value.");
	}

	/** @return the value of a key: "true" if it is there without a value, null if it is not there */
	String value(final String key) {
		return values.get(key);
	}
}
