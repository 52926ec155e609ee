package io.github.deepimageprior;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The links of the documentation lead somewhere, and the README is short. */
class LinksTest {

	private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)"),
		HEADING = Pattern.compile("(?m)^#+ (.+)$"), ANCHOR = Pattern.compile("<a id=\"([^\"]+)\"></a>"),
		FILE = Pattern.compile("`((?:macros|src)/[\\w./]+)`");

	@Test
	void everyLinkResolves() throws IOException {
		final List<String> broken = new ArrayList<>();
		int links = 0;
		for (final Path page : Pages.all())
			for (final String link : LINK.matcher(Pages.prose(page)).results().map(found -> found.group(1)).toList())
			{
				links++;
				if (!link.startsWith("https://") && !resolves(page, link)) broken.add(page + ": " + link);
			}
		assertEquals(List.of(), broken);
		assertTrue(links > 100, links + " links");
	}

	private static boolean resolves(final Path page, final String link) throws IOException {
		final String file = link.replaceFirst("#.*", "");
		final Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
		return Files.exists(target) && (!link.contains("#") || anchors(target).contains(link.replaceFirst(".*#", "")));
	}

	/** @return what GitHub makes of the headings of a page, and its own anchors */
	private static Set<String> anchors(final Path page) throws IOException {
		final String prose = Pages.prose(page);
		final Set<String> anchors = new HashSet<>();
		HEADING.matcher(prose).results().map(found -> found.group(1).toLowerCase(Locale.ROOT)
			.replaceAll("[^\\p{L}\\p{N}_ -]", "").strip().replace(' ', '-')).forEach(anchors::add);
		ANCHOR.matcher(prose).results().map(found -> found.group(1)).forEach(anchors::add);
		return anchors;
	}

	@Test
	void filesThatPagesNameAreThere() throws IOException {
		for (final Path page : Pages.all())
			FILE.matcher(Pages.prose(page)).results().map(found -> found.group(1))
				.forEach(file -> assertTrue(Files.exists(Path.of(file)), page + " names " + file));
	}

	@Test
	void everyPageIsLinkedFromTheReadme() throws IOException {
		final String readme = Files.readString(Path.of("README.md"));
		for (final Path page : Pages.all())
			assertTrue(page.toString().endsWith("README.md") || readme.contains("(" + page + ")"), page.toString());
	}

	@Test
	void everyPictureIsShown() throws IOException {
		final StringBuilder all = new StringBuilder();
		for (final Path page : Pages.all()) all.append(Files.readString(page));
		try (Stream<Path> pictures = Files.list(Path.of("src/site"))) {
			pictures.filter(file -> file.toString().endsWith(".png"))
				.forEach(file -> assertTrue(all.indexOf("/" + file.getFileName() + ")") > 0, file + " is not shown"));
		}
	}

	@Test
	void theReadmeIsShort() throws IOException {
		assertTrue(Files.size(Path.of("README.md")) <= 10_000, Files.size(Path.of("README.md")) + " bytes");
	}
}
