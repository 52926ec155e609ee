package io.github.deepimageprior.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;

import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.ResultsTable;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.engine.Precision;
import io.github.deepimageprior.engine.Torch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scijava.Cancelable;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandService;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.event.EventSubscriber;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.task.TaskService;
import org.scijava.task.event.TaskEvent;

/** The commands as SciJava runs them. */
class DipCommandsTest {

	private static Context context;

	@BeforeAll
	static void startContext() {
		context = new Context(CommandService.class, TaskService.class);
	}

	@AfterAll
	static void endContext() {
		context.dispose();
	}

	private static Module run(final Class<? extends Command> command, final Object... inputs) throws Exception {
		return run(create(command), inputs).get();
	}

	private static Module create(final Class<? extends Command> command) {
		return context.service(ModuleService.class)
			.createModule(context.service(CommandService.class).getCommand(command));
	}

	private static Future<Module> run(final Module module, final Object... inputs) {
		final Map<String, Object> all = new HashMap<>();
		if (module.getDelegateObject() instanceof PurifyBase)
			all.putAll(Map.of("device", "CPU", "preset", "Arch-2", "iterations", 6));
		for (int i = 0; i < inputs.length; i += 2) all.put((String) inputs[i], inputs[i + 1]);
		return context.service(ModuleService.class).run(module, true, all);
	}

	/** Runs a command that is interfered with once its progress says something. */
	private static Module run(final Class<? extends Command> command, final String progress,
		final Consumer<Cancellation> interference, final Object... inputs) throws Exception
	{
		final Module module = create(command);
		final Watch watch = new Watch(progress,
			() -> interference.accept(((LongCommand) module.getDelegateObject()).cancellation()));
		final List<EventSubscriber<?>> subscription = context.service(EventService.class).subscribe(watch);
		try {
			return run(module, inputs).get();
		}
		finally {
			context.service(EventService.class).unsubscribe(subscription);
		}
	}

	private record Watch(String progress, Runnable interference) {

		@EventHandler
		private void progressed(final TaskEvent event) {
			if (String.valueOf(event.getTask().getStatusMessage()).matches(progress)) interference.run();
		}
	}

	private static String advice(final Class<? extends Command> command, final Object... inputs) throws Exception {
		final Module module = run(command, inputs);
		assertTrue(((Cancelable) module).isCanceled());
		for (final ModuleItem<?> output : module.getInfo().outputs()) assertNull(output.getValue(module));
		return ((Cancelable) module).getCancelReason();
	}

	private static ImagePlus grey(final int slices) {
		final ImageStack stack = new ImageStack(16, 12);
		for (int i = 0; i < slices; i++) {
			final ByteProcessor plane = new ByteProcessor(16, 12);
			for (int p = 0; p < 192; p++) plane.set(p, p % 16 < 8 ? 200 - i : 30 + i);
			stack.addSlice(plane);
		}
		return new ImagePlus("bars.png", stack);
	}

	@Test
	void purifyGivesAnImageOfTheSameKindWithItsSettings() throws Exception {
		final ImagePlus input = new ImagePlus("photo.jpg", new ColorProcessor(16, 12));
		final ImagePlus output = (ImagePlus) run(DipPurify.class, "input", input, "seed", 5L).getOutput("purified");
		assertEquals("photo: purified", output.getTitle());
		assertEquals(ImagePlus.COLOR_RGB, output.getType());
		final String info = output.getInfoProperty();
		final Precision precision = Precision.fastest(Device.cpu()); // what auto found
		for (final String line : new String[] { "Seed: 5", "Steps: 6 of 6", "Device: CPU, ", "Average: decay 0.99\n",
			"Macro: run(\"DIP Purify...\", \"preset=Arch-2 result=averaged seed=5 device=CPU precision=" + precision
				+ " preview=true iterations=6 classify_with=none model_file= download=false trust=false true_class= "
				+ "plot_loss=false\");",
			"Network: hourglass of 3 scales" }) assertTrue(info.contains(line), line + " in " + info);
	}

	@Test
	void theReportOfAStackTellsWhatDiffers() {
		final Report report = new Report();
		report.add(Map.of("Seed", "0", "Seconds", "1.5"));
		report.add(Map.of("Seed", "0", "Seconds", "2.5"));
		report.add(Map.of("Seed", "0", "Seconds", "1.5"));
		assertEquals(Map.of("Seed", "0", "Seconds", "1.5; 2.5; 1.5"), report.text());
	}

	@Test
	void cancelOfACommandThatHasNotBegunDiscardsToo() throws Exception {
		final Module module = create(DipIterationStack.class);
		((PurifyBase) module.getDelegateObject()).cancellation().cancel();
		assertTrue(((Cancelable) run(module, "input", grey(1)).get()).isCanceled());
		assertNull(module.getOutput("stack"));
	}

	@Test
	void stopOfACommandThatHasNotBegunGivesTheFirstStep() throws Exception {
		final Module module = create(DipIterationStack.class);
		((PurifyBase) module.getDelegateObject()).cancellation().stop();
		final ImagePlus output = (ImagePlus) run(module, "input", grey(2), "original", false, "iterations", 1000).get()
			.getOutput("stack");
		assertEquals(2, output.getStackSize());
		assertTrue(output.getStack().getSliceLabel(1).startsWith("slice 1 of 2: step 1, "),
			output.getStack().getSliceLabel(1));
	}

	@Test
	void everySliceIsPurified() throws Exception {
		final ImagePlus output = (ImagePlus) run(DipPurify.class, "input", grey(3), "iterations", 60, "result", "raw")
			.getOutput("purified");
		assertEquals(3, output.getStackSize());
		for (int i = 1; i <= 3; i++)
			assertTrue(output.getStack().getProcessor(i).get(2, 6) > output.getStack().getProcessor(i).get(13, 6),
				"slice " + i);
	}

	@Test
	void theStackHasTheStepsAskedForAndTheOriginal() throws Exception {
		ResultsTable.getResultsTable().reset();
		final ImagePlus output = (ImagePlus) run(DipIterationStack.class, "input", grey(1), "iterations", 10, "steps",
			"1, 4..10 every 3").getOutput("stack");
		assertEquals("bars: iterations", output.getTitle());
		assertEquals(5, output.getStackSize());
		assertEquals(5, output.getNFrames());
		assertEquals("original", output.getStack().getSliceLabel(1));
		assertArrayEquals((byte[]) grey(1).getProcessor().getPixels(), (byte[]) output.getStack().getPixels(1));
		assertTrue(output.getStack().getSliceLabel(5).matches("step 10, \\d+\\.\\d\\d dB"),
			output.getStack().getSliceLabel(5));
		final ResultsTable table = ResultsTable.getResultsTable();
		assertEquals(4, table.size());
		assertEquals(10, table.getValue("Step", 3));
		assertTrue(table.getValue("Loss", 3) > 0 && table.getValue("PSNR to input", 3) > 0);
		assertEquals("bars", table.getLabel(0));
	}

	@Test
	void theFitEndsAtTheLastStepAskedFor() throws Exception {
		final ImagePlus few = (ImagePlus) run(DipIterationStack.class, "input", grey(1), "iterations", 1000, "steps",
			"1,2,5").getOutput("stack"),
			all = (ImagePlus) run(DipIterationStack.class, "input", grey(1), "iterations", 5, "steps", "1,2,5")
				.getOutput("stack");
		assertTrue(few.getInfoProperty().contains("Steps: 5 of 5\n"), few.getInfoProperty());
		assertTrue(few.getInfoProperty().contains("iterations=1000 "), "the macro line is the user's");
		for (int i = 1; i <= 4; i++)
			assertArrayEquals((byte[]) all.getStack().getPixels(i), (byte[]) few.getStack().getPixels(i));
	}

	@Test
	void theOriginalAndTheTableCanBeLeftOut() throws Exception {
		ResultsTable.getResultsTable().reset();
		final ImagePlus output = (ImagePlus) run(DipIterationStack.class, "input", grey(2), "steps", "every 3",
			"original", false, "table", false).getOutput("stack");
		assertArrayEquals(new int[] { 16, 12, 1, 2, 2 }, output.getDimensions());
		assertEquals(0, ResultsTable.getResultsTable().size());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
		value = { "iterations | 0 | The number of iterations is 0: it must be at least 1.",
			"preset | Huge | There is no network 'Huge' (preset): use one of Fast, Paper, Arch-1, Arch-2.",
			"device | TPU | There is no device 'TPU': use auto, CPU or GPU 0.",
			"device | GPU 7 | GPU 7 was requested, but libtorch cannot find it: ",
			"precision | float16 | There is no precision 'float16': use auto, float32 or bfloat16.",
			"result | median | The value of result is 'median': use one of averaged, raw." })
	void badInputIsSaidInASentence(final String key, final String value, final String sentence) throws Exception {
		final String advice = advice(DipPurify.class, "input", grey(1), key,
			key.equals("iterations") ? Integer.valueOf(value) : value);
		assertTrue(advice.startsWith(sentence), advice);
	}

	/** As a Groovy script has it for what it does not want to choose. */
	@Test
	void aTextThatIsNullHasItsDefault() throws Exception {
		final Map<String, Object> inputs = new HashMap<>();
		inputs.put("architecture", null);
		inputs.put("preset", null);
		final Module module = context.service(CommandService.class).run(DipDescribeNetwork.class, false, inputs).get();
		assertNull(((Cancelable) module).getCancelReason());
		assertEquals("preset", module.getInput("architecture"));
		assertEquals("Fast", module.getInput("preset"));
	}

	@Test
	void badStepsAndMissingImagesAreSaidInASentence() throws Exception {
		assertTrue(advice(DipIterationStack.class, "input", grey(1), "steps", "")
			.startsWith("The list of steps '' has no step"));
		assertTrue(
			advice(DipIterationStack.class, "input", grey(1), "steps", "7").startsWith("Step 7 lies beyond the 6"));
		// Fiji passes an empty image when none is open and there is no display.
		assertTrue(advice(DipPurify.class, "input", new ImagePlus()).startsWith("There is no image open"));
	}

	@Test
	void tooLargeAnImageIsRefusedBeforeTheStart() throws Exception {
		final ImagePlus large = new ImagePlus("large", new ByteProcessor(8000, 8000));
		final String advice = advice(DipPurify.class, "input", large, "preset", "Paper");
		assertTrue(advice.contains("of memory, but only"), advice);
	}

	@Test
	void stopKeepsTheFinishedSlicesAndMarksTheRest() throws Exception {
		final int last = Torch.threads() + 1; // as many wide networks as there are cores are fitted side by side
		final ImagePlus output = (ImagePlus) run(DipPurify.class, "slice 1 of .*", Cancellation::stop, "input",
			grey(last), "iterations", 10_000_000, "preset", "Paper").getOutput("purified");
		assertEquals(last, output.getStackSize());
		assertNotEquals("not purified", output.getStack().getSliceLabel(1));
		assertEquals("not purified", output.getStack().getSliceLabel(last));
		assertArrayEquals((byte[]) grey(last).getStack().getPixels(last), (byte[]) output.getStack().getPixels(last));
		assertTrue(output.getInfoProperty().matches("(?s).*Purified: \\d+ of " + last + "; the others are unchanged.*"),
			output.getInfoProperty());
	}

	@Test
	void stopBeforeTheFirstFilterSaysSo() throws Exception {
		final Random random = new Random(1);
		final ByteProcessor noisy = new ByteProcessor(64, 64);
		for (int i = 0; i < noisy.getPixelCount(); i++) noisy.set(i, (int) (100 + 20 * random.nextGaussian()));
		final ImagePlus output = (ImagePlus) run(DipDenoise.class, "filtering.*", Cancellation::stop, "input",
			new ImagePlus("noisy", noisy), "device", "CPU").getOutput("restored");
		assertEquals("not denoised", output.getStack().getSliceLabel(1));
		assertArrayEquals((byte[]) noisy.getPixels(), (byte[]) output.getProcessor().getPixels());
		assertTrue(output.getInfoProperty().contains(
			"Stopped: by the user, before there was a result; the image is unchanged"), output.getInfoProperty());
	}

	@Test
	void stopKeepsTheStepsSoFar() throws Exception {
		final ImagePlus output = (ImagePlus) run(DipIterationStack.class, "slice 1 of 2, step ([3-9]|\\d\\d+) .*",
			Cancellation::stop, "input", grey(2), "iterations", 10_000_000, "steps", "1, 2, 9000000")
			.getOutput("stack");
		assertEquals(4, output.getNFrames()); // original, 1, 2, and where it was stopped
		assertEquals("slice 2 of 2: step 2, not computed",
			output.getStack().getSliceLabel(output.getStackIndex(1, 2, 3)));
	}

	@Test
	void stopInALaterSliceKeepsItsLastStep() throws Exception {
		final ImagePlus output = (ImagePlus) run(DipIterationStack.class,
			"slice 2 of 2, step (1[1-9]|[2-9]\\d|\\d{3,}) .*", Cancellation::stop, "input", grey(2), "iterations", 300,
			"steps", "10, 300").getOutput("stack");
		assertEquals(4, output.getNFrames()); // original, 10, where the second slice was stopped, 300
		final String first = output.getStack().getSliceLabel(output.getStackIndex(1, 1, 3)),
			last = output.getStack().getSliceLabel(output.getStackIndex(1, 2, 3));
		assertTrue(
			first.matches("slice 1 of 2: step \\d+, not computed")
				&& last.startsWith(first.replace("1 of", "2 of").split(",")[0] + ", ") && last.endsWith(" dB"),
			first + " / " + last);
	}

	@Test
	void cancelDiscards() throws Exception {
		final Module module = run(DipPurify.class, "step .*", Cancellation::cancel, "input", grey(1), "iterations",
			10_000_000);
		assertTrue(((Cancelable) module).isCanceled());
		assertEquals("", ((Cancelable) module).getCancelReason());
		assertNull(module.getOutput("purified"));
	}

	@Test
	void theImageMayBeClosedWhileItIsWorkedOn() throws Exception {
		final ImagePlus input = grey(2);
		final Module module = run(DipPurify.class, "slice 1 of 2, step .*", cancellation -> {
			input.close();
			input.flush();
		}, "input", input);
		assertEquals(2, ((ImagePlus) module.getOutput("purified")).getStackSize());
	}

	@Test
	void theSampleIsThere() throws Exception {
		assertEquals("coffee", ((ImagePlus) run(DipSampleImage.class).getOutput("sample")).getTitle());
		assertEquals("spots",
			((ImagePlus) run(DipSampleImage.class, "picture", "fluorescence spots").getOutput("sample")).getTitle());
		assertEquals(
			"The value of picture is 'tea': use one of coarse retina, coffee, fluorescence spots, "
				+ "hot pixels and scratches.",
			((Cancelable) run(DipSampleImage.class, "picture", "tea")).getCancelReason());
	}
}
