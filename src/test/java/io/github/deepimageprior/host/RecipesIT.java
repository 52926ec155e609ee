package io.github.deepimageprior.host;

import static io.github.deepimageprior.host.HeadlessImageJ.assertPrinted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Pages;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The macros of the recipes and of the README run in packaged ImageJ: on a small part of their image, with few steps.
 */
class RecipesIT {

	private static final Pattern MICROGRAPH = Pattern.compile("(?m)^run\\(\"DIP Sample Image\", \"picture=\\[.*$");
	private static final String CROP = "$0 makeRectangle(50, 30, 48, 48); run(\"Crop\");";

	@TempDir
	private Path folder;

	@Test
	void theyRunAsTheyStand() throws Exception {
		final List<String> recipes = Pages.examples(Path.of("src/site/markdown/recipes.md"), "");
		assertEquals(5, recipes.size());
		final String readme = Pages.examples(Path.of("README.md"), "").stream()
			.filter(example -> example.startsWith("run(\"DIP Sample Image\"")).findFirst().orElseThrow()
			+ "print(\"README: \" + getTitle());\n";
		// One after the other, since ImageJ takes longer to start than a recipe.
		final String macro = recipes.stream().map(recipe -> recipe + "run(\"Close All\");\n")
			.collect(Collectors.joining()) + readme;
		final String log = new HeadlessImageJ(folder)
			.patched(MICROGRAPH.matcher(macro).replaceAll(CROP).replaceAll("iterations=\\d+", "iterations=20"), "");
		assertPrinted("result: spots: denoised, 16 bits", log);
		assertTrue(number("expected error: ([\\d.]+) grey levels on average", log) > 0.5, "counts are not exact");
		assertPrinted("result: scratches: inpainted, 8 bits", log);
		assertPrinted("result: retina: super-resolution x2, 96x96", log);
		assertTrue(log.lines().anyMatch(line -> line.startsWith("fooled: espresso became ")), log);
		assertTrue(log.lines().anyMatch(line -> line.startsWith("purified: ")), log);
		assertPrinted("README: spots: denoised", log);
		assertEquals(number("mean: ([\\d.]+) before, .*", log), number("mean: .* before, ([\\d.]+) after", log), 2,
			"photons are kept");
	}

	/** @return the number in the line that matches */
	private static double number(final String line, final String log) {
		final Matcher found = Pattern.compile("(?m)^" + line + "$").matcher(log);
		assertTrue(found.find(), log);
		return Double.parseDouble(found.group(1));
	}
}
