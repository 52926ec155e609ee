package io.github.deepimageprior.host;

import ij.Macro;

import io.github.deepimageprior.DipException;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The options of a macro's {@code run} call, read as Fiji reads them: {@code key=value key=[two words] flag}. */
final class MacroOptions {

	private static final Pattern OPTION = Pattern.compile("\\s*([A-Za-z_]\\w*)(=(?:\\[(?:[^\\[\\]]|\\[[^\\]]*\\])*\\]|'[^']*'|[^\\s\\[']\\S*|))?(?=\\s|$)");

	private final String text;

	/**
	 * @param text the options
	 * @param keys the keys that there are
	 * @throws DipException if there is another key, or one twice, either of which would be passed over in silence
	 */
	MacroOptions(final String text, final Collection<String> keys) {
		this.text = text.strip();
		final Matcher option = OPTION.matcher(this.text);
		final Set<String> seen = new HashSet<>();
		int end = 0;
		while (end < this.text.length()) {
			if (!option.find(end) || option.start() != end) throw new DipException("The macro options '" + this.text.substring(end).strip() +
				"' cannot be read: write key=value, with [brackets] around values with blanks.");
			final String key = option.group(1);
			if (!keys.contains(key)) throw new DipException("There is no macro option '" + key + "': the options are " + String.join(", ", keys) +
				".");
			if (!seen.add(key)) throw new DipException("The macro option '" + key + "' is there twice: leave one of them out.");
			end = option.end();
		}
	}

	/** @return the value, "true" for a bare key, null if the key is not there */
	String value(final String key) {
		final String value = Macro.getValue(text, key, null);
		return value == null && (" " + text + " ").contains(" " + key + " ") ? "true" : value;
	}
}
