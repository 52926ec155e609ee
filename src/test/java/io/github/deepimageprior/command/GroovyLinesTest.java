package io.github.deepimageprior.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import groovy.lang.Binding;
import groovy.lang.GroovyShell;

import ij.ImagePlus;
import ij.process.ImageProcessor;

import io.github.deepimageprior.Pages;
import io.github.deepimageprior.host.NoEffect;
import io.github.deepimageprior.sample.SampleImages;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleService;

/** The script that Info shows is run, as it stands, and gives the same image. */
class GroovyLinesTest {

	private static Context context;

	@BeforeAll
	static void startContext() {
		context = new Context(CommandService.class, ModuleService.class);
	}

	@AfterAll
	static void endContext() {
		context.dispose();
	}

	private static ImagePlus small() {
		final ImageProcessor pixels = SampleImages.spots().getProcessor();
		pixels.setRoi(40, 40, 32, 24);
		return new ImagePlus("small", pixels.crop());
	}

	private static Module run(final Class<? extends Command> command, final Map<String, Object> inputs)
		throws Exception
	{
		return context.service(CommandService.class).run(command, false, inputs).get();
	}

	/** @return the lines from the one after "Groovy:" to the last that assigns an output */
	private static String script(final ImagePlus result) {
		final String info = result.getInfoProperty(), found = info.substring(info.indexOf("#@ CommandService"));
		return found.substring(0, found.indexOf('\n', found.lastIndexOf(" = module.getOutput(")));
	}

	/** Gives a script what its first lines ask for, as Fiji's script editor does. */
	private static Binding run(final String script, final ImagePlus input) {
		final Matcher image = Pattern.compile("(?m)^#@ ImagePlus (\\w+)$").matcher(script);
		assertTrue(image.find(), script);
		final Binding variables = new Binding();
		variables.setVariable("commands", context.service(CommandService.class));
		variables.setVariable(image.group(1), input);
		new GroovyShell(variables)
			.evaluate(script.lines().filter(line -> !line.startsWith("#@")).collect(Collectors.joining("\n")));
		return variables;
	}

	private static void assertSame(final ImagePlus expected, final Object actual) {
		assertArrayEquals((short[]) expected.getProcessor().getPixels(),
			(short[]) ((ImagePlus) actual).getProcessor().getPixels());
	}

	@Test
	void theScriptOfADenoisingGivesTheSameImages() throws Exception {
		final Module module = run(DipDenoise.class, Map.of("input", small(), "uncertainty", "ensemble", "ensemble_size",
			2, "noise_model", "Poisson", "gain", 5.0, "black_level", 100.0, "seed", 3_000_000_000L));
		final ImagePlus restored = (ImagePlus) module.getOutput("restored");
		final String script = script(restored);
		assertTrue(script.contains("gain: 5.0d") && script.contains("seed: 3000000000L"), script);
		assertEquals(List.of(), NoEffect.said(() -> {
			final Binding again = run(script, small());
			assertSame(restored, again.getVariable("restored"));
			assertEquals(32, ((ImagePlus) again.getVariable("deviation")).getBitDepth());
			return again;
		}));
	}

	@Test
	void theScriptOfAFitHasThePrecisionThatWasFound() throws Exception {
		final Module module = run(DipPurify.class, Map.of("input", small(), "iterations", 3, "preset", "Arch-2",
			"device", "CPU", "model_file", "C:\\don't $care"));
		final ImagePlus purified = (ImagePlus) module.getOutput("purified");
		final String script = script(purified);
		assertTrue(script.matches("(?s).*precision: '(float32|bfloat16)'.*"), script);
		assertTrue(script.contains("model_file: 'C:\\\\don\\'t $care'"), script);
		assertSame(purified, run(script, small()).getVariable("purified"));
	}

	@Test
	void theScriptsOfTheDocumentationRun() throws Exception {
		int scripts = 0;
		for (final Path page : Pages.all()) for (final String script : Pages.examples(page, "groovy")) {
			assertEquals(List.of(), NoEffect.said(() -> {
				final ImagePlus restored = (ImagePlus) run(script, small()).getVariable("restored");
				assertEquals("small: denoised", restored.getTitle());
				return restored;
			}), page.toString());
			scripts++;
		}
		assertEquals(2, scripts);
	}

	@Test
	void aScriptThatFailsSaysWhy() throws Exception {
		final Module module = run(DipPurify.class, Map.of("input", small(), "iterations", 3, "preset", "Arch-2"));
		final String script = script((ImagePlus) module.getOutput("purified")).replace("iterations: 3",
			"iterations: 0");
		final RuntimeException failed = assertThrows(RuntimeException.class, () -> run(script, small()));
		assertTrue(failed.getMessage().startsWith("The number of iterations is 0: "), failed.getMessage());
	}
}
