package io.github.deepimageprior.host;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.scijava.module.ModuleItem;

/** The text behind the button Help of a dialog: it can be read without the internet, and leads to the documentation. */
final class CommandHelp {

	/** The page that explains every command and its parameters; a command is found by its heading. */
	private static final String PAGE = "https://github.com/deepimageprior/deep-image-prior/blob/main/src/site/markdown/"
		+ "parameters.md#";

	private CommandHelp() {}

	/** @return an HTML page with the address of the documentation and an explanation of each field */
	static String of(final String title, final Set<ModuleItem<?>> items) {
		return items.stream()
			.map(item -> "<tr valign=top><td><b>" + html(item.getLabel()) + "</b></td><td>"
				+ html(item.getDescription()) + "</td></tr>")
			.collect(Collectors.joining("", "<html><p><a href=\"" + page(title) + "\">Documentation of " + html(title)
				+ "</a> (opens in the browser)</p><table width=560>", "</table></html>"));
	}

	/** @return address of the section about a command */
	static String page(final String title) {
		return PAGE + title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
	}

	private static String html(final String text) {
		return text == null ? "" : text.replace("&", "&amp;").replace("<", "&lt;");
	}
}
