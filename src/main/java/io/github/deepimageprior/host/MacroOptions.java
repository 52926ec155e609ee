package io.github.deepimageprior.host;

import io.github.deepimageprior.DipException;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The options of a macro's {@code run} call: {@code key=value key=[two words] flag}. */
public final class MacroOptions {

	private static final Pattern OPTION = Pattern.compile(
		"\\s*([A-Za-z_]\\w*)(?:=(?:\\[((?:[^\\[\\]]|\\[[^\\]]*\\])*)\\]|'([^']*)'|([^\\s\\[']\\S*|)))?(?=\\s|$)");

	private final Map<String, String> values = new HashMap<>();

	/**
	 * @param text the options
	 * @param keys the keys that there are
	 * @throws DipException if there is another key, or one twice, either of which would be passed over in silence
	 */
	MacroOptions(final String text, final Collection<String> keys) {
		final String options = text.strip();
		final Matcher option = OPTION.matcher(options);
		int end = 0;
		while (end < options.length()) {
			if (!option.find(end) || option.start() != end)
				throw new DipException("The macro options '" + options.substring(end).strip()
					+ "' cannot be read: write key=value, with [brackets] around values with blanks, and the ID of an image whose title has brackets.");
			final String key = option.group(1);
			if (!keys.contains(key))
				throw new DipException(
					"There is no macro option '" + key + "': the options are " + String.join(", ", keys) + ".");
			if (values.put(key, written(option)) != null)
				throw new DipException("The macro option '" + key + "' is there twice: leave one of them out.");
			end = option.end();
		}
	}

	/**
	 * @return a value as it is written within the quotes of a macro's text: the backslashes of a path on Windows are
	 *         not to vanish there
	 */
	public static String escaped(final String value) {
		return value.replace("\\", "\\\\").replace("\"", "\\\"");
	}

	/** @return what stands in brackets, in quotes, or bare after the equals sign; "true" for a key alone */
	private static String written(final Matcher option) {
		for (int group = 2; group <= option.groupCount(); group++)
			if (option.group(group) != null) return option.group(group);
		return "true";
	}

	/** @return the value, "true" for a bare key, null if the key is not there */
	String value(final String key) {
		return values.get(key);
	}
}
