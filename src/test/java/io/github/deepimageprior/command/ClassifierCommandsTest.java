package io.github.deepimageprior.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.gui.TextRoi;
import ij.measure.ResultsTable;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.ClassifierSource;
import io.github.deepimageprior.classifier.Models;
import io.github.deepimageprior.classifier.Prediction;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.image.ImageSource;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scijava.Cancelable;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandService;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.module.Module;
import org.scijava.task.TaskService;
import org.scijava.task.event.TaskEvent;

/** The commands that show the open image to a classifier, as SciJava runs them. */
class ClassifierCommandsTest {

	private static Context context;

	@BeforeAll
	static void startContext() {
		context = new Context(CommandService.class);
	}

	@AfterAll
	static void endContext() {
		context.dispose();
	}

	@BeforeEach
	void clearResults() {
		ResultsTable.getResultsTable().reset();
	}

	private static Module run(final Class<? extends Command> command, final Object... inputs) throws Exception {
		return run(context, command, inputs);
	}

	private static Module run(final Context in, final Class<? extends Command> command, final Object... inputs)
		throws Exception
	{
		final Map<String, Object> all = new HashMap<>(
			Map.of(classifierKey(command), Models.path("smooth.pt").toString(), "device", "CPU"));
		for (int i = 0; i < inputs.length; i += 2) all.put((String) inputs[i], inputs[i + 1]);
		return in.service(CommandService.class).run(command, true, all).get();
	}

	/** Where a classifier is optional, its key is another. */
	private static String classifierKey(final Class<? extends Command> command) {
		return PurifyBase.class.isAssignableFrom(command) ? "classify_with" : "classifier";
	}

	private static ImagePlus output(final Module module, final String name) {
		assertFalse(((Cancelable) module).isCanceled(), () -> ((Cancelable) module).getCancelReason());
		return (ImagePlus) module.getOutput(name);
	}

	private static String advice(final Class<? extends Command> command, final Object... inputs) throws Exception {
		final Module module = run(command, inputs);
		assertTrue(((Cancelable) module).isCanceled(), "no error");
		return ((Cancelable) module).getCancelReason();
	}

	private static ImagePlus photo() {
		final SplittableRandom random = new SplittableRandom(2);
		final ColorProcessor pixels = new ColorProcessor(14, 12);
		for (int i = 0; i < 14 * 12; i++) pixels.set(i, random.nextInt(1 << 24));
		return new ImagePlus("photo.png", pixels);
	}

	private static ImagePlus stack(final int slices) {
		final ImageStack stack = new ImageStack(10, 9);
		final SplittableRandom random = new SplittableRandom(3);
		for (int z = 0; z < slices; z++) {
			final ByteProcessor pixels = new ByteProcessor(10, 9);
			for (int i = 0; i < 90; i++) pixels.set(i, random.nextInt(256));
			stack.addSlice(pixels);
		}
		return new ImagePlus("stack", stack);
	}

	@Test
	void theTableHasTheLikeliestClassesOfEverySlice() throws Exception {
		final ImagePlus image = stack(3);
		run(DipClassify.class, "input", image, "classes", 2, "label_overlay", true);
		final ResultsTable table = ResultsTable.getResultsTable();
		assertEquals(6, table.size());
		assertEquals("stack, slice 2 of 3", table.getLabel(2));
		for (int row = 0; row < 6; row++) {
			assertEquals(row % 2 + 1, table.getValue("Rank", row));
			assertEquals(List.of("one", "two", "three").get((int) table.getValue("Class", row)),
				table.getStringValue("Name", row));
		}
		assertTrue(table.getValue("Probability", 0) > table.getValue("Probability", 1));
		assertEquals(3, image.getOverlay().size());
		assertEquals(2, image.getOverlay().get(1).getPosition());
		assertTrue(((TextRoi) image.getOverlay().get(1)).getText().startsWith(table.getStringValue("Name", 2) + " 0."));
	}

	@Test
	void theLabelIsOnItsSliceAndReplaced() throws Exception {
		final ImagePlus image = stack(6);
		image.setDimensions(1, 3, 2);
		image.setOpenAsHyperStack(true);
		for (int i = 0; i < 2; i++) run(DipClassify.class, "input", image, "classes", 1, "label_overlay", true);
		assertEquals(6, image.getOverlay().size());
		assertEquals(2, image.getOverlay().get(4).getZPosition());
		assertEquals(2, image.getOverlay().get(4).getTPosition());
		assertNull(output(run(GenerateAdversary.class, "input", image, "attack", "FGSM"), "adversary").getOverlay());
	}

	/** 16-bit and 32-bit values count as their display range shows them, and a selection crops. */
	@Test
	void theImageIsSeenAsItIsShown() throws Exception {
		final ImageProcessor bytes = stack(1).getProcessor();
		final ShortProcessor wide = new ShortProcessor(10, 9);
		final FloatProcessor floats = new FloatProcessor(20, 9);
		for (int y = 0; y < 9; y++) for (int x = 0; x < 10; x++) {
			wide.set(x, y, 1000 + 4 * bytes.get(x, y));
			floats.setf(x + 7, y, bytes.get(x, y) / 100f - 1);
		}
		final ImagePlus sixteen = new ImagePlus("16", wide), thirtyTwo = new ImagePlus("32", floats);
		sixteen.setDisplayRange(1000, 2020);
		thirtyTwo.setDisplayRange(-1, 1.55);
		thirtyTwo.setRoi(7, 0, 10, 9);
		for (final ImagePlus image : new ImagePlus[] { new ImagePlus("8", bytes), sixteen, thirtyTwo })
			run(DipClassify.class, "input", image, "classes", 1);
		final ResultsTable table = ResultsTable.getResultsTable();
		for (int row = 1; row < 3; row++)
			assertEquals(table.getValue("Probability", 0), table.getValue("Probability", row), 1e-5);
	}

	@Test
	void theAdversaryIsAnImageOfTheSameKind() throws Exception {
		final ImagePlus photo = photo();
		photo.getCalibration().pixelWidth = 0.25;
		final Module module = run(GenerateAdversary.class, "input", photo, "epsilon", 6.0, "show_perturbation", true,
			"comparison", true);
		final ImagePlus adversary = output(module, "adversary");
		assertEquals("photo: adversary", adversary.getTitle());
		assertEquals(ImagePlus.COLOR_RGB, adversary.getType());
		assertEquals(0.25, adversary.getCalibration().pixelWidth);
		assertTrue(adversary.getInfoProperty().contains("Macro: run(\"Generate Adversary...\", \"classifier="),
			adversary::getInfoProperty);
		assertTrue(adversary.getInfoProperty().matches("(?s).*\nSteps: (\\d+) of \\1\n.*"), adversary::getInfoProperty);
		int most = 0;
		for (int i = 0; i < 14 * 12; i++) for (int shift = 0; shift < 24; shift += 8) {
			most = Math.max(most, Math
				.abs((photo.getProcessor().get(i) >> shift & 255) - (adversary.getProcessor().get(i) >> shift & 255)));
		}
		assertEquals(6, most);
		final ResultsTable table = ResultsTable.getResultsTable();
		assertEquals(6, table.getValue("Linf", 0), 1e-3);
		assertTrue(table.getValue("p(true) after", 0) < table.getValue("p(true) before", 0));
		assertEquals(ImagePlus.COLOR_RGB, output(module, "difference").getType());
		assertEquals(3, output(module, "compared").getStackSize());
	}

	@Test
	void ofSixteenBitsNothingOutsideTheDisplayRangeIsLost() throws Exception {
		final ShortProcessor pixels = new ShortProcessor(10, 9);
		for (int i = 0; i < 90; i++) pixels.set(i, 700 * i);
		final ImagePlus image = new ImagePlus("wide", pixels);
		image.setDisplayRange(10_000, 30_000);
		final Module module = run(GenerateAdversary.class, "input", image, "epsilon", 3.0);
		final ImagePlus adversary = output(module, "adversary");
		assertEquals(16, adversary.getBitDepth());
		boolean changed = false;
		for (int i = 0; i < 90; i++) {
			final int change = Math.abs(adversary.getProcessor().get(i) - 700 * i);
			assertTrue(change <= 20_000 * 3 / 255, i + ": " + change);
			changed |= change > 0;
		}
		assertTrue(changed);
		assertNull(module.getOutput("difference"));
		assertNull(module.getOutput("compared"));
	}

	@Test
	void onlyTheSelectionIsAttacked() throws Exception {
		final ImagePlus photo = photo();
		photo.setRoi(new OvalRoi(2, 2, 9, 9));
		final ImagePlus adversary = output(run(GenerateAdversary.class, "input", photo), "adversary");
		for (int y = 0; y < 12; y++)
			for (int x = 0; x < 14; x++)
				if (!photo.getRoi().contains(x, y))
					assertEquals(photo.getProcessor().get(x, y), adversary.getProcessor().get(x, y));
		assertTrue(ResultsTable.getResultsTable().getValue("Changed", 0) < 0.9);
	}

	@Test
	void withoutRoundingTheAdversaryHas32Bits() throws Exception {
		final ImagePlus photo = photo();
		photo.setOverlay(new Overlay(new Roi(1, 1, 3, 3)));
		final ImagePlus adversary = output(
			run(GenerateAdversary.class, "input", photo, "epsilon", 0.3, "rounding", "none"), "adversary");
		assertEquals(1, adversary.getOverlay().size());
		assertEquals(32, adversary.getBitDepth());
		assertEquals(3, adversary.getNChannels());
		assertEquals(0.3, ResultsTable.getResultsTable().getValue("Linf", 0), 1e-3);
		assertEquals(0.3,
			Math.abs(adversary.getStack().getProcessor(1).getf(0) - (photo().getProcessor().get(0) >> 16 & 255)), 1e-3);
	}

	/** Pixels beyond the display range change, too, although the classifier does not see it. */
	@Test
	void changedPixelsAreThoseOfTheImage() throws Exception {
		final ShortProcessor pixels = new ShortProcessor(10, 9);
		for (int i = 0; i < 90; i++) pixels.set(i, 10_000 + 500 * i);
		final ImagePlus image = new ImagePlus("wide", pixels);
		image.setDisplayRange(20_000, 21_000); // of few pixels
		final ImagePlus adversary = output(run(GenerateAdversary.class, "input", image, "attack", "FGSM"), "adversary");
		int changed = 0;
		for (int i = 0; i < 90; i++) if (adversary.getProcessor().get(i) != pixels.get(i)) changed++;
		assertEquals(changed / 90.0, ResultsTable.getResultsTable().getValue("Changed", 0), 1e-9);
		assertTrue(changed > 3);
	}

	@Test
	void anUnchangedAdversaryIsNeverSilent() throws Exception {
		final ImagePlus same = output(run(GenerateAdversary.class, "input", photo(), "attack", "FGSM", "epsilon", 0.0),
			"adversary");
		assertTrue(
			same.getInfoProperty().contains("Warning: The adversary of photo is the image itself: epsilon is 0."));
		assertEquals(0, ResultsTable.getResultsTable().getValue("Changed", 0));
		assertStarts(
			"The value of epsilon is 0.0314, a change that vanishes when it is rounded to whole grey levels: enter "
				+ "1.000 or more (8/255 is written 8), or choose rounding=none.",
			advice(GenerateAdversary.class, "input", photo(), "epsilon", 0.0314));
	}

	@Test
	void successIsOnlyAgainstTheClassThatWasSeen() throws Exception {
		run(DipClassify.class, "input", photo(), "classes", 3);
		final ResultsTable table = ResultsTable.getResultsTable();
		final String seen = table.getStringValue("Name", 0), other = table.getStringValue("Name", 2);
		final ImagePlus adversary = output(
			run(GenerateAdversary.class, "input", photo(), "attack", "FGSM", "epsilon", 0.0, "true_class", other),
			"adversary");
		assertEquals(0, table.getValue("Success", 3));
		assertEquals(other, table.getStringValue("True class", 3));
		output(run(GenerateAdversary.class, "input", photo(), "attack", "FGSM", "epsilon", 8.0, "true_class", other),
			"adversary");
		assertEquals(0, table.getValue("Success", 4));
		assertTrue(output(
			run(GenerateAdversary.class, "input", photo(), "attack", "FGSM", "epsilon", 8.0, "true_class", other),
			"adversary").getInfoProperty()
			.contains("Warning: The classifier sees " + seen + " in photo before the attack, not the " + "class given, "
				+ other + ": Success is 0."));
		assertTrue(adversary.getInfoProperty().contains("epsilon is 0."));
	}

	/** The values of the map of a colour image add up to what its score gains over the baseline. */
	@Test
	void aSignedMapOfColoursIsComplete() throws Exception {
		final ImagePlus photo = photo(), black = new ImagePlus("black", new ColorProcessor(14, 12));
		black.getProcessor().setColor(java.awt.Color.BLACK);
		black.getProcessor().fill();
		final ImagePlus map = output(
			run(MigSgSaliency.class, "input", photo, "method", "Integrated Gradients", "baseline", "black", "values",
				"signed", "intervals", 200, "quadrature", "trapezoid", "score", "probability", "target_class", "#1"),
			"map");
		double sum = 0;
		for (int i = 0; i < 14 * 12; i++) sum += map.getProcessor().getf(i);
		try (Classifier model = ClassifierSource.file(Models.path("smooth.pt")).open(Torch.device("CPU"))) {
			final double gain = model.classify(ImageSource.asShown(photo).read(0)).probability(1)
				- model.classify(ImageSource.asShown(black).read(0)).probability(1);
			assertEquals(gain, sum, 1e-4);
			assertTrue(Math.abs(gain) > 1e-3, "" + gain);
		}
	}

	@Test
	void theStepsOfAStackNameItsSlices() throws Exception {
		final ImagePlus image = stack(2);
		image.getStack().setSliceLabel("left\nmore", 1);
		final ImagePlus steps = output(run(DipIterationStack.class, shortly("input", image, "classify_with", "none")),
			"stack");
		assertTrue(steps.getStack().getSliceLabel(1).equals("left: original"), steps.getStack().getSliceLabel(1));
		assertTrue(steps.getStack().getSliceLabel(4).matches("slice 2 of 2: step 2, \\d+\\.\\d\\d dB"),
			steps.getStack().getSliceLabel(4));
	}

	/** As a user may do while a classifier is downloaded. */
	@ParameterizedTest
	@ValueSource(classes = { DipPurify.class, DipIterationStack.class })
	void theInputMayBeClosedWhileTheClassifierIsOpened(final Class<? extends Command> command) throws Exception {
		final ImagePlus photo = photo();
		final Object user = new Object() {

			@EventHandler
			@SuppressWarnings("unused")
			public void opens(final TaskEvent event) {
				if (event.getTask().getName().startsWith("Opening")) photo.flush();
			}
		};
		try (Context watched = new Context(CommandService.class, TaskService.class)) {
			watched.service(EventService.class).subscribe(user);
			final Map<String, Object> inputs = Map.of("input", photo, "device", "CPU", "iterations", 100, "preset",
				"Arch-2", "classify_with", Models.path("smooth.pt").toString());
			final Module module = watched.service(CommandService.class).run(command, true, inputs).get();
			assertNull(((Cancelable) module).getCancelReason());
			assertNull(photo.getProcessor());
		}
	}

	@Test
	void thePaperHasSettingsOfItsOwn() throws Exception {
		run(GenerateAdversary.class, "input", photo(), "attack_settings", "as in the paper", "epsilon", 10.0, "alpha",
			0.0, "fixed_steps", 0);
		final ResultsTable table = ResultsTable.getResultsTable();
		assertEquals(14, table.getValue("Steps", 0));
		assertEquals(3, table.getValue("Linf", 0), 1e-3); // 2.3 down, truncated
	}

	@Test
	void theMapHasThePlaceAndScaleOfTheImage() throws Exception {
		final ImagePlus image = stack(2);
		image.getCalibration().pixelWidth = 3;
		image.setRoi(1, 0, 8, 9);
		final Module module = run(MigSgSaliency.class, "input", image, "random_baselines", 2, "intervals", 4,
			"show_overlay", true, "target_class", "two");
		final ImagePlus map = output(module, "map");
		assertEquals("stack: MIG-SG", map.getTitle());
		assertEquals(32, map.getBitDepth());
		assertEquals(8, map.getWidth());
		assertEquals(2, map.getNSlices());
		assertEquals(3, map.getCalibration().pixelWidth);
		assertEquals("two", map.getStack().getSliceLabel(2));
		assertTrue(map.getStatistics().min >= 0 && map.getStatistics().max > 0);
		assertEquals(8, output(module, "masked").getBitDepth());
		assertEquals(ImagePlus.COLOR_RGB, output(module, "overlaid").getType());
	}

	@Test
	void signedMapsAndGivenBaselines() throws Exception {
		final ImagePlus map = output(run(MigSgSaliency.class, "input", photo(), "method", "Integrated Gradients",
			"baseline", "black", "values", "signed", "show_mask", false), "map");
		assertTrue(map.getStatistics().min < 0 && map.getStatistics().max > 0);
		assertEquals(-map.getDisplayRangeMin(), map.getDisplayRangeMax());
		assertEquals("There is no open image 'nothing' for baseline_image: give the title or the ID of an open image.",
			advice(MigSgSaliency.class, "input", photo(), "baseline", "image", "baseline_image", "nothing"));
		assertNotNull(output(run(MigSgSaliency.class, "input", photo(), "method", "Gradient", "baseline", "image",
			"baseline_image", "nothing"), "map"), "a baseline that does not count");
	}

	@ParameterizedTest
	@ValueSource(strings = { "separate", "common" })
	void allMethodsSideBySide(final String scale) throws Exception {
		final ImagePlus montage = output(run(CompareSaliency.class, "input", photo(), "random_baselines", 1,
			"intervals", 2, "noise_samples", 2, "scale", scale), "montage");
		assertTrue(montage.getWidth() >= 6 * 14 && montage.getHeight() >= 2 * 12);
	}

	/** With a black baseline the path of a black image has no length, but its own gradient is one. */
	@Test
	void mapsThatShowNothingAreNamed() throws Exception {
		final ImagePlus black = new ImagePlus("black.png", new ColorProcessor(14, 12));
		final ImagePlus montage = output(run(CompareSaliency.class, "input", black, "intervals", 2, "noise_samples", 2,
			"baseline", "black"), "montage");
		assertTrue(montage.getInfoProperty().contains("Warning: The saliency maps of black by Integrated Gradients, "
			+ "Integrated SmoothGrad, MIG-SG show nothing"), montage.getInfoProperty());
		final ImagePlus other = output(run(CompareSaliency.class, "input", photo(), "intervals", 2, "noise_samples", 2,
			"random_baselines", 1), "montage");
		assertFalse(other.getInfoProperty().contains("Warning"), other.getInfoProperty());
	}

	/** The pixels of a virtual stack have become no numbers since the command began. */
	@ParameterizedTest
	@ValueSource(classes = { DipPurify.class, DipIterationStack.class })
	void aSliceWhoseFitDivergesIsNamed(final Class<? extends Command> command) throws Exception {
		final ImageStack virtual = new ImageStack(10, 9) {

			@Override
			public boolean isVirtual() {
				return true;
			}
		};
		for (int slice = 0; slice < 3; slice++) {
			final float[] values = new float[90];
			for (int i = 0; i < values.length; i++) values[i] = i % 11 / 10f; // 0 to 1
			virtual.addSlice(new FloatProcessor(10, 9, values));
		}
		final ImagePlus image = new ImagePlus("deep", virtual);
		final Object user = new Object() {

			@EventHandler
			@SuppressWarnings("unused")
			public void begins(final TaskEvent event) {
				if (event.getTask().getName().endsWith(": deep")) image.getStack().setVoxel(3, 3, 1, Float.MAX_VALUE);
			}
		};
		try (Context watched = new Context(CommandService.class, TaskService.class)) {
			watched.service(EventService.class).subscribe(user);
			final Module module = run(watched, command, "input", image, "classify_with", "none", "preset", "Arch-2",
				"iterations", 100);
			assertEquals("The fit of slice 2 of 3 diverged at step 2: try another seed, or precision float32.",
				((Cancelable) module).getCancelReason());
		}
	}

	/** A line for every tenth second would otherwise say the same of a step again and again. */
	@Test
	void theSaliencyOfAStepSaysHowFarItIs() throws Exception {
		final Set<String> said = new LinkedHashSet<>();
		final Object user = new Object() {

			@EventHandler
			@SuppressWarnings("unused")
			public void tells(final TaskEvent event) {
				said.add(String.valueOf(event.getTask().getStatusMessage()));
			}
		};
		try (Context watched = new Context(CommandService.class, TaskService.class)) {
			watched.service(EventService.class).subscribe(user);
			run(watched, DipIterationStack.class, shortly("input", photo(), "saliency", true));
		}
		assertTrue(said.stream().filter(text -> text.matches("saliency of step 4, \\d+ %.*")).count() > 1,
			said.toString());
	}

	@Test
	void aClassWithoutAClassifierDoesNotCount() throws Exception {
		for (final Class<? extends Command> command : List.of(DipPurify.class, DipIterationStack.class))
			assertEquals(
				"The value of true_class is 'two', which does not count without a classifier: choose one with "
					+ "classify_with, or leave true_class empty.",
				advice(command, "input", photo(), "classify_with", "none", "true_class", "two"));
	}

	private static final Object[] SHORT = { "preset", "Arch-2", "iterations", 4, "steps", "2, 4" };

	private static Object[] shortly(final Object... more) {
		final Object[] all = java.util.Arrays.copyOf(SHORT, SHORT.length + more.length);
		System.arraycopy(more, 0, all, SHORT.length, more.length);
		return all;
	}

	@Test
	void theClassifierFollowsTheSteps() throws Exception {
		final Module module = run(DipIterationStack.class,
			shortly("input", photo(), "true_class", "2", "saliency", true));
		final ImagePlus stack = output(module, "stack");
		assertTrue(stack.getStack().getSliceLabel(1).matches("original, (one|two|three) [01]\\.\\d\\d"),
			stack.getStack().getSliceLabel(1));
		assertTrue(
			stack.getStack().getSliceLabel(3).matches("step 4, \\d+\\.\\d\\d dB, (one|two|three) [01]\\.\\d\\d"));
		final ResultsTable table = ResultsTable.getResultsTable();
		assertEquals(3, table.size());
		try (Classifier model = ClassifierSource.file(Models.path("smooth.pt")).open(Torch.device("CPU"))) {
			for (int row = 0; row < 3; row++) {
				final Prediction expected = model.classify(picture(stack, row + 1));
				assertEquals(expected.label(expected.best()), table.getStringValue("Top-1", row));
				assertEquals(expected.probability(expected.best()), table.getValue("p(top-1)", row), 1e-6);
				assertEquals(expected.probability(2), table.getValue("p(true)", row), 1e-6);
			}
		}
		final ImagePlus explained = output(module, "explained");
		assertEquals(3 * 14, explained.getWidth());
		assertEquals(3, explained.getStackSize());
		assertEquals(stack.getStack().getSliceLabel(2), explained.getStack().getSliceLabel(2));
	}

	/** A slice of an RGB stack, as a classifier is shown it. */
	private static Picture picture(final ImagePlus stack, final int slice) {
		return ImageSource.asShown(new ImagePlus("slice", stack.getStack().getProcessor(slice))).read(0);
	}

	@Test
	void withoutAClassifierThereIsNoneOfThat() throws Exception {
		final Module module = run(DipIterationStack.class, shortly("input", photo(), "classify_with", "none"));
		assertNull(module.getOutput("explained"));
		assertEquals(2, ResultsTable.getResultsTable().size());
		assertFalse(ResultsTable.getResultsTable().columnExists("p(true)"));
		assertEquals("Saliency needs a classifier: choose one, or turn saliency off.",
			advice(DipIterationStack.class, shortly("input", photo(), "classify_with", "none", "saliency", true)));
	}

	@Test
	void purifyClassifiesBeforeAndAfter() throws Exception {
		final ImagePlus purified = output(run(DipPurify.class, "input", photo(), "preset", "Arch-2", "iterations", 3),
			"purified");
		assertTrue(
			purified.getInfoProperty().matches(
				"(?s).*Classifier: smooth\\.pt: before \\w+ [01]\\.\\d\\d, after \\w+ [01]\\.\\d\\d, class .*"),
			purified::getInfoProperty);
		assertNotEquals("", ResultsTable.getResultsTable().getStringValue("After", 0));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
		"true_class | 3 | The model smooth.pt has no class '3': enter a number from 0 to 2, ",
		"true_class | four | The model smooth.pt has no class 'four'",
		"classifier | /no/such/model.pt | There is no model file ",
		"classifier | ResNet-18 | The model ResNet-18 is not on this computer: allow its download (43 MB), or unpack ",
		"classifier | TorchScript file | No model file was given: ", "device | GPU 77 | GPU 77 was requested, " })
	void errorsOfEveryClassifierCommand(final String key, final String value, final String sentence) throws Exception {
		final String cache = System.getProperty("DJL_CACHE_DIR");
		try {
			if (value.equals("ResNet-18"))
				System.setProperty("DJL_CACHE_DIR", System.getProperty("java.io.tmpdir") + "/no models here");
			if (!key.equals("device"))
				assertStarts(sentence, advice(DipPurify.class, "input", photo(), "preset", "Arch-2", "iterations", 2,
					key.equals("classifier") ? classifierKey(DipPurify.class) : key, value));
			assertStarts(sentence, advice(GenerateAdversary.class, "input", photo(), key, value));
			final String saliencyKey = key.equals("true_class") ? "target_class" : key;
			assertStarts(sentence, advice(MigSgSaliency.class, "input", photo(), saliencyKey, value));
		}
		finally {
			if (cache == null) System.clearProperty("DJL_CACHE_DIR");
			else System.setProperty("DJL_CACHE_DIR", cache);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
		"epsilon | -1 | The value of epsilon is -1.0: enter grey levels from 0 to 255.",
		"epsilon | 256 | The value of epsilon is 256.0: enter grey levels", "alpha | 300 | The value of alpha is 300.0",
		"alpha | 0 | The value of alpha is 0.0: enter grey levels above 0, at most 255.",
		"fixed_steps | 0 | The value of fixed_steps is 0", "attack | PGD | There is no attack 'PGD'",
		"step_count | some | The value of step_count is 'some': use one of fixed, max(e+4, 1.25e), min(e+4, 1.25e).",
		"rounding | ceil | The value of rounding is 'ceil'",
		"attack_settings | mine | The value of attack_settings is 'mine'" })
	void errorsOfAttacks(final String key, final String value, final String sentence) throws Exception {
		final Object typed = value.matches("-?\\d+")
			? key.equals("fixed_steps") ? (Object) Integer.valueOf(value) : Double.valueOf(value) : value;
		assertStarts(sentence, advice(GenerateAdversary.class, "input", photo(), key, typed, "step_count",
			key.equals("step_count") ? value : "fixed"));
		if (!List.of("attack_settings", "alpha", "fixed_steps").contains(key)) // checked even if it does not count
			assertStarts(sentence,
				advice(GenerateAdversary.class, "input", photo(), key, typed, "attack_settings", "as in the paper"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "noise_samples | 0 | The value of noise_samples is 0",
		"noise_share | -1 | The noise share is -1.0", "quadrature | middle | There is no quadrature rule 'middle'",
		"method | LRP | There is no saliency method 'LRP'", "baseline | white | There is no baseline 'white'",
		"saturate_above | 10 | Saturate above (10.0 %) must be greater than Hide below (20.0 %), both from 0 to 100.",
		"score | loss | The value of score is 'loss'" })
	void errorsOfSaliency(final String key, final String value, final String sentence) throws Exception {
		final Object typed = value.matches("-?\\d+")
			? key.equals("noise_samples") ? (Object) Integer.valueOf(value) : Double.valueOf(value) : value;
		assertStarts(sentence, advice(MigSgSaliency.class, "input", photo(), key, typed));
	}

	@Test
	void imagesThatAClassifierCannotSee() throws Exception {
		assertStarts("There is no image open: ", advice(DipClassify.class, "input", new ImagePlus()));
		final ImagePlus two = stack(2);
		two.setDimensions(2, 1, 1);
		assertStarts("A classifier needs a grey or RGB image, not one of 2 channels: ",
			advice(DipClassify.class, "input", two));
		final ImagePlus colours = IJ.createImage("colours", "RGB black", 16, 16, 4);
		colours.setDimensions(2, 2, 1);
		assertEquals("A classifier needs a grey or RGB image, not one of 6 channels: convert it with Image > Type > RGB"
			+ " Color, or, if it is RGB already, make its channels slices with Image > Properties.",
			advice(DipClassify.class, "input", colours));
		colours.setDimensions(1, 4, 1);
		assertFalse(((Cancelable) run(DipClassify.class, "input", colours)).isCanceled());
		assertStarts("The value of classes is 0", advice(DipClassify.class, "input", photo(), "classes", 0));
		assertStarts("The value of classes is 6: enter a whole number from 1 to 5.",
			advice(DipClassify.class, "input", photo(), "classes", 6));
		assertStarts("The value of classes is 1001: enter a whole number from 1 to 1000.",
			advice(DipClassify.class, "input", photo(), "classes", 1001, "classifier", "EfficientNet-Lite0"));
	}

	private static void assertStarts(final String sentence, final String said) {
		assertTrue(said.startsWith(sentence), said);
	}
}
