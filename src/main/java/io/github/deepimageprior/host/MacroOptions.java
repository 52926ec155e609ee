package io.github.deepimageprior.host;

import io.github.deepimageprior.DipException;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The options of a macro's {@code run} call: {@code key=value key=[two words] flag}. They are parsed here, not by
 * ImageJ, which ignores unknown keys and misreads values that contain other keys.
 */
public final class MacroOptions {

	private static final Pattern OPTION = Pattern.compile(
		"\\s*([A-Za-z_]\\w*)(?:=(?:\\[((?:[^\\[\\]]|\\[[^\\]]*\\])*)\\]|'([^']*)'|([^\\s\\[']\\S*|)))?(?=\\s|$)");

	private final Map<String, String> values = new HashMap<>();

	/**
	 * @param text the options
	 * @param keys the known keys
	 * @throws DipException if the text cannot be parsed, has an unknown key, or has a key twice
	 */
	MacroOptions(final String text, final Collection<String> keys) {
		final String options = text.strip();
		final Matcher option = OPTION.matcher(options);
		int end = 0;
		while (end < options.length()) {
			if (!option.find(end) || option.start() != end)
				throw new DipException("The macro options '" + options.substring(end).strip()
					+ "' cannot be read: use key=value, with [brackets] around values that contain spaces, and the ID "
					+ "of an image whose title contains brackets.");
			final String key = option.group(1);
			if (!keys.contains(key))
				throw new DipException(
					"There is no macro option '" + key + "': the options are " + String.join(", ", keys) + ".");
			if (values.put(key, written(option)) != null)
				throw new DipException("The macro option '" + key + "' is given twice: remove one of them.");
			end = option.end();
		}
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

	/** @return the value in brackets, in quotes or bare after the equals sign; "true" for a key without one */
	private static String written(final Matcher option) {
		for (int group = 2; group <= option.groupCount(); group++)
			if (option.group(group) != null) return option.group(group);
		return "true";
	}

	/** @return the value of a key: "true" if it is there without a value, null if it is not there */
	String value(final String key) {
		return values.get(key);
	}
}
