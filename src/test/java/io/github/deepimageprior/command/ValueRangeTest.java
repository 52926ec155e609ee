package io.github.deepimageprior.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scijava.Cancelable;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.task.TaskService;

/** Which values of an image become 0..1, and what becomes of hot pixels. */
class ValueRangeTest {

	private static final int SIDE = 48;
	private static final int[] HOT = { 100, 777, 778, 1500, 2000 };

	private static Context context;

	@BeforeAll
	static void startContext() {
		context = new Context(CommandService.class, TaskService.class);
	}

	@AfterAll
	static void endContext() {
		context.dispose();
	}

	private static ImagePlus run(final Class<? extends Command> command, final ImageProcessor input,
		final Object... more) throws Exception
	{
		final Map<String, Object> inputs = new HashMap<>(Map.of("input", new ImagePlus("scene", input), "device", "CPU",
			"preset", "Arch-2", "max_iterations", 30, "stop", "fixed"));
		if (command == DipPurify.class) inputs.keySet().removeAll(Set.of("max_iterations", "stop"));
		for (int i = 0; i < more.length; i += 2) inputs.put((String) more[i], more[i + 1]);
		final Module module = context.service(CommandService.class).run(command.getName(), false, inputs).get();
		assertNull(((Cancelable) module).getCancelReason());
		return (ImagePlus) module.getOutput(command == DipPurify.class ? "purified" : "restored");
	}

	private static double clean(final int i) {
		final int x = i % SIDE, y = i / SIDE;
		return 0.3 + (Math.hypot(x - 20, y - 25) < 13 ? 0.5 : 0) + 0.2 * Math.sin(x / 7.0) * Math.cos(y / 9.0);
	}

	private static <T extends ImageProcessor> T noisy(final T plane, final double low, final double span) {
		final Random random = new Random(2);
		for (int i = 0; i < SIDE * SIDE; i++)
			plane.set(i, (int) Math.round(Math.max(0, low + span * (clean(i) + 0.08 * random.nextGaussian()))));
		return plane;
	}

	@ParameterizedTest
	@ValueSource(strings = { "deep image prior", "non-local" })
	void dimBytesAreDenoisedAsShortsAre(final String method) throws Exception {
		final ByteProcessor dim = noisy(new ByteProcessor(SIDE, SIDE), 3, 22);
		final ShortProcessor same = noisy(new ShortProcessor(SIDE, SIDE), 3, 22);
		final ImagePlus bytes = run(DipDenoise.class, dim, "denoising_method", method),
			shorts = run(DipDenoise.class, same, "denoising_method", method);
		for (int i = 0; i < SIDE * SIDE; i++) assertEquals(shorts.getProcessor().get(i), bytes.getProcessor().get(i));
		final int low = (int) dim.getStats().min, high = (int) dim.getStats().max;
		assertTrue(
			bytes.getInfoProperty()
				.contains("\nRange of values: " + low + " to " + high + " (0 to 1 in the computation)\n"),
			bytes.getInfoProperty());
	}

	@Test
	void theColoursHaveOneRangeTogether() throws Exception {
		final ColorProcessor colours = new ColorProcessor(SIDE, SIDE);
		for (int i = 0; i < SIDE * SIDE; i++) colours.set(i, 20 + i % 7 << 16 | 40 << 8 | (int) (90 * clean(i)));
		int high = 0;
		for (int i = 0; i < SIDE * SIDE; i++) high = Math.max(high, colours.get(i) & 0xff);
		final String info = run(DipSuperResolution.class, colours, "factor", "2").getInfoProperty();
		assertTrue(info.matches("(?s).*\nRange of values: \\d+ to " + high + " \\(0 to 1 in the computation\\)\n.*"),
			info);
	}

	@Test
	void thePublishedSettingsAndPurifyDivideBy255() throws Exception {
		final ByteProcessor dim = noisy(new ByteProcessor(SIDE, SIDE), 3, 22);
		dim.set(500, 255);
		for (final String info : new String[] { run(DipPurify.class, dim, "iterations", 2).getInfoProperty(),
			run(DipDenoise.class, dim, "recipe", "as in Ulyanov et al.", "uncertainty", "Langevin", "langevin_samples",
				2, "burn_in", 0, "spacing", 1).getInfoProperty() })
		{
			assertTrue(info.contains("\nRange of values: 0 to 255 (0 to 1 in the computation)\n"), info);
			assertTrue(!info.contains("Hot pixels"), info);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "deep image prior", "non-local" })
	void hotPixelsDoNotTouchTheOthers(final String method) throws Exception {
		final ShortProcessor scene = noisy(new ShortProcessor(SIDE, SIDE), 200, 1000),
			defective = (ShortProcessor) scene.duplicate();
		for (final int pixel : HOT) defective.set(pixel, 65535);
		final Object[] how = { "denoising_method", method, "max_iterations", 400, "preset", "Fast", "precision",
			"float32", "stop", "noise level" };
		final ImagePlus replaced = run(DipDenoise.class, defective, how);
		assertTrue(replaced.getInfoProperty().contains("\nHot pixels: 5, replaced\n"), replaced.getInfoProperty());
		final double before = error(scene), after = error(replaced.getProcessor());
		assertTrue(after < 0.6 * before, "error " + before + " and " + after);
		for (final int pixel : HOT)
			assertEquals(200 + 1000 * clean(pixel), replaced.getProcessor().get(pixel), 250, "painted");
		final ImageProcessor kept = run(DipDenoise.class, defective, concat(how, "hot_pixels", "keep")).getProcessor();
		for (int i = 0; i < SIDE * SIDE; i++)
			assertEquals(defective.get(i) == 65535 ? 65535 : replaced.getProcessor().get(i), kept.get(i));
	}

	private static Object[] concat(final Object[] first, final Object... second) {
		final Object[] both = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, both, first.length, second.length);
		return both;
	}

	/** @return the root mean square error of an image of 200..1200 */
	private static double error(final ImageProcessor plane) {
		double squares = 0;
		for (int i = 0; i < SIDE * SIDE; i++) squares += Math.pow(plane.get(i) - 200 - 1000 * clean(i), 2);
		return Math.sqrt(squares) / SIDE;
	}

	@Test
	void theyAreInpaintedAndEnlargedToo() throws Exception {
		final ShortProcessor scene = noisy(new ShortProcessor(SIDE, SIDE), 200, 1000);
		for (final int pixel : HOT) scene.set(pixel, 65535);
		for (int i = 0; i < 20; i++) scene.set(i, 10, 65000);
		final ImageProcessor inpainted = run(DipInpaint.class, scene, "missing", "value", "missing_value", 65000.0)
			.getProcessor();
		int changed = 0;
		for (int i = 0; i < SIDE * SIDE; i++) if (inpainted.get(i) != scene.get(i)) changed++;
		assertEquals(25, changed, "the others are as they were");
		for (int i = 0; i < 20; i++) scene.set(i, 10, 500);
		final ImagePlus large = run(DipSuperResolution.class, scene, "factor", "2");
		assertTrue(large.getStatistics().max < 3000, "largest " + large.getStatistics().max);
		final ImageProcessor kept = run(DipSuperResolution.class, scene, "factor", "2", "hot_pixels", "keep")
			.getProcessor();
		for (int i = 0; i < 4 * SIDE * SIDE; i++) {
			final boolean hot = scene.get(i % (2 * SIDE) / 2, i / (2 * SIDE) / 2) == 65535;
			assertEquals(hot ? 65535 : large.getProcessor().get(i), kept.get(i));
		}
	}

	@Test
	void wrongWordsAndHotPixelsThatCountAreSaid() throws Exception {
		final ShortProcessor scene = noisy(new ShortProcessor(SIDE, SIDE), 200, 1000);
		scene.set(77, 65535);
		final Module refused = context.service(CommandService.class)
			.run(DipDenoise.class.getName(), false, "input", new ImagePlus("scene", scene), "hot_pixels", "burn").get();
		assertEquals("The value of hot_pixels is 'burn': use one of keep, replace.",
			((Cancelable) refused).getCancelReason());
		final String info = run(DipPurify.class, scene, "iterations", 2).getInfoProperty();
		final String warning = "1 hot pixel widens the range of values and may spoil the result: replace them first, "
			+ "for example with DIP Inpaint";
		assertTrue(info.contains("\nWarning: " + warning + "\n"), info);
		assertTrue(info.contains("\nRange of values: "), info);
	}
}
