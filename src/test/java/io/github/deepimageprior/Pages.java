package io.github.deepimageprior;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What users read: the README and the other pages in Markdown. */
public final class Pages {

	private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

	private Pages() {}

	/** @return all pages */
	public static List<Path> all() throws IOException {
		try (Stream<Path> site = Files.list(Path.of("src/site/markdown"))) {
			return Stream
				.concat(Stream.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "src/bench/README.md").map(Path::of),
					site.filter(page -> page.toString().endsWith(".md")).sorted())
				.toList();
		}
	}

	/**
	 * @param language the word after the opening fence; empty for none
	 * @return the examples of a page, in order
	 */
	public static List<String> examples(final Path page, final String language) throws IOException {
		return FENCE.matcher(Files.readString(page)).results().filter(found -> found.group(1).equals(language))
			.map(found -> found.group(2)).toList();
	}

	/** @return a page without its examples */
	static String prose(final Path page) throws IOException {
		return FENCE.matcher(Files.readString(page)).replaceAll(Matcher.quoteReplacement(""));
	}
}
