package io.github.deepimageprior.host;

import static io.github.deepimageprior.host.HeadlessImageJ.assertPrinted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Pages;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The recipes of the documentation run as they stand in packaged ImageJ, on a small part of their image, with few
 * steps.
 */
class RecipesIT {

	private static final Pattern SAMPLE = Pattern.compile("(?m)^run\\(\"DIP Sample Image\".*$"),
		MEANS = Pattern.compile("(?m)^mean: ([\\d.]+) before, ([\\d.]+) after$");
	private static final String CROP = "$0 makeRectangle(50, 30, 48, 48); run(\"Crop\");";

	@TempDir
	private Path folder;

	private List<String> recipes() throws Exception {
		return Pages.examples(Path.of("src/site/markdown/recipes.md"), "");
	}

	private String run(final String recipe) throws Exception {
		assertTrue(SAMPLE.matcher(recipe).find(), recipe);
		final String small = SAMPLE.matcher(recipe).replaceFirst(CROP).replaceAll("iterations=\\d+", "iterations=20");
		return new HeadlessImageJ(folder).patched(small, "");
	}

	@Test
	void thereAreFive() throws Exception {
		assertEquals(5, recipes().size());
	}

	@Test
	void photonCountsKeepTheirMean() throws Exception {
		final String log = run(recipes().get(0));
		assertPrinted("result: spots: denoised, 16 bits", log);
		final Matcher means = MEANS.matcher(log);
		assertTrue(means.find(), log);
		assertEquals(Double.parseDouble(means.group(1)), Double.parseDouble(means.group(2)), 2);
	}

	@Test
	void theUncertaintyIsAnImage() throws Exception {
		assertPrinted("expected error: 1", run(recipes().get(1)));
	}

	@Test
	void scratchesAreGone() throws Exception {
		final String log = run(recipes().get(2));
		assertPrinted("result: scratches: inpainted, 8 bits", log);
	}

	@Test
	void theRetinaIsEnlarged() throws Exception {
		assertPrinted("result: retina: super-resolution x2, 96x96", run(recipes().get(3)));
	}

	@Test
	void anAdversaryIsMadeAndPurified() throws Exception {
		final String log = run(recipes().get(4));
		assertTrue(log.contains("\nfooled: ") && log.contains("\npurified: "), log);
	}

	/** The README's macro is as short as can be: it prints nothing, unless there is an error. */
	@Test
	void theMacroOfTheReadmeRuns() throws Exception {
		final String macro = Pages.examples(Path.of("README.md"), "").stream()
			.filter(example -> example.startsWith("run(\"DIP Sample Image\"")).findFirst().orElseThrow();
		assertPrinted("active: spots: denoised", run(macro + "print(\"active: \" + getTitle());"));
	}
}
