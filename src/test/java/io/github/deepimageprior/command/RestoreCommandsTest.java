package io.github.deepimageprior.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.PointRoi;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.macro.Interpreter;
import ij.measure.Calibration;
import ij.measure.ResultsTable;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ImageStatistics;
import ij.process.ShortProcessor;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.prior.Downsampler;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scijava.Cancelable;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleService;
import org.scijava.task.TaskService;

class RestoreCommandsTest {

	private static Context context;

	@TempDir
	Path folder;

	@BeforeAll
	static void startContext() {
		context = new Context(CommandService.class, TaskService.class);
	}

	@AfterAll
	static void endContext() {
		context.dispose();
	}

	private static Module run(final Class<? extends Command> command, final Object... inputs) throws Exception {
		final ModuleService modules = context.service(ModuleService.class);
		final Map<String, Object> all = new HashMap<>(
			Map.of("device", "CPU", "preset", "Arch-2", "max_iterations", 6, "stop", "fixed"));
		if (command == DipDenoise.class) all.put("denoising_method", "deep image prior");
		for (int i = 0; i < inputs.length; i += 2) all.put((String) inputs[i], inputs[i + 1]);
		return modules.run(modules.createModule(context.service(CommandService.class).getCommand(command)), true, all)
			.get();
	}

	private static ImagePlus restored(final Class<? extends Command> command, final Object... inputs) throws Exception {
		final Module module = run(command, inputs);
		assertNull(((Cancelable) module).getCancelReason());
		return (ImagePlus) module.getOutput("restored");
	}

	private static String advice(final Class<? extends Command> command, final Object... inputs) throws Exception {
		final Module module = run(command, inputs);
		assertNull(module.getOutput("restored"));
		return ((Cancelable) module).getCancelReason();
	}

	/** Without a display an image is open to a macro in batch mode. */
	private static void open(final ImagePlus image) {
		Interpreter.batchMode = true;
		image.show();
	}

	@AfterEach
	void endBatchMode() {
		for (final int id : Interpreter.getBatchModeImageIDs())
			Interpreter.removeBatchModeImage(Interpreter.getBatchModeImage(id));
		Interpreter.batchMode = false;
	}

	private static ImagePlus bars(final String type, final int width, final int height, final int slices) {
		final ImageStack stack = new ImageStack(width, height);
		for (int slice = 0; slice < slices; slice++) {
			final ImageProcessor plane = switch (type) {
				case "8" -> new ByteProcessor(width, height);
				case "16" -> new ShortProcessor(width, height);
				case "32" -> new FloatProcessor(width, height);
				default -> new ColorProcessor(width, height);
			};
			for (int y = 0; y < height; y++) for (int x = 0; x < width; x++) {
				final int level = (x / 4 + y / 6 + slice) % 2 == 0 ? 200 : 40;
				if (type.equals("16")) plane.set(x, y, 1000 + 20 * level);
				else if (type.equals("32")) plane.setf(x, y, level / 1000f);
				else plane.set(x, y, type.equals("8") ? level : level << 16 | level / 2 << 8 | 90);
			}
			stack.addSlice(plane);
		}
		final ImagePlus image = new ImagePlus("bars.tif", stack);
		image.setDimensions(1, slices, 1);
		image.getCalibration().pixelWidth = 0.5;
		image.getCalibration().setUnit("µm");
		return image;
	}

	@ParameterizedTest
	@CsvSource({ "8", "16", "32", "RGB" })
	void denoiseKeepsTheKindOfTheImage(final String type) throws Exception {
		final ImagePlus output = restored(DipDenoise.class, "input", bars(type, 24, 20, 1), "max_iterations", 120,
			"stop", "EMV", "patience", 5, "plot_rule", true);
		assertEquals("bars: denoised", output.getTitle());
		assertEquals(bars(type, 24, 20, 1).getType(), output.getType());
		assertEquals(0.5, output.getCalibration().pixelWidth);
		final String info = output.getInfoProperty();
		assertTrue(info.contains("Stopping rule: EMV, patience 5"), info);
		assertTrue(info.contains("(result of step "), info);
		assertTrue(info.contains("Macro: run(\"DIP Denoise...\", \"preset=Arch-2 "), info);
		if (type.equals("16")) assertTrue(output.getStatistics().mean > 1000, "16-bit scale");
	}

	@Test
	void infoSaysThatAResultLacksDetail() throws Exception {
		final String info = restored(DipDenoise.class, "input", bars("16", 24, 20, 1), "max_iterations", 1, "stop",
			"fixed").getInfoProperty();
		assertTrue(info.contains("Warning: The result differs from the input by more than twice"), info);
	}

	/** As the README shows it: without the processors that would ask for what is left out. */
	@Test
	void aScriptGetsTheResultOrTheReason() throws Exception {
		final CommandService commands = context.service(CommandService.class);
		final Module module = commands.run(DipDenoise.class.getName(), false, "input", bars("8", 16, 16, 1), "preset",
			"Arch-2", "max_iterations", 6).get();
		assertFalse(((Cancelable) module).isCanceled());
		assertEquals("bars: denoised", ((ImagePlus) module.getOutput("restored")).getTitle());
		final Module bad = commands
			.run(DipDenoise.class.getName(), false, "input", bars("8", 16, 16, 1), "stop", "never").get();
		assertTrue(((Cancelable) bad).getCancelReason().startsWith("The value of stop is 'never'"));
	}

	@Test
	void everyRuleAndEveryLikelihoodRuns() throws Exception {
		for (final String stop : new String[] { "EMV", "WMV", "noise level", "fixed" })
			for (final String noise : new String[] { "Gaussian", "Poisson" })
			{
				final String info = restored(DipDenoise.class, "input", bars("16", 16, 16, 1), "stop", stop, "window",
					3, "noise_model", noise, "gain", 20.0, "black_level", 100.0).getInfoProperty();
				assertTrue(info.contains("Stopping rule: " + stop), info);
				if (stop.equals("noise level") && noise.equals("Poisson"))
					assertTrue(info.contains("noise level: stop at a loss of 1.000 (sigma 1.000)"), info);
			}
		final String given = restored(DipDenoise.class, "input", bars("16", 16, 16, 1), "stop", "noise level",
			"noise_level", 320.0).getInfoProperty();
		// A tenth of the range of 3200, squared.
		assertTrue(given.contains("noise level: stop at a loss of 0.01000 (sigma 0.1000)"), given);
	}

	@Test
	void theEstimatedNoiseLevelIsToldInTheUnitsOfTheImage() throws Exception {
		final Random random = new Random(5);
		final ShortProcessor noisy = new ShortProcessor(96, 80);
		final ShortProcessor wide = new ShortProcessor(96, 80);
		for (int i = 0; i < noisy.getPixelCount(); i++) {
			noisy.set(i, (int) Math.round(20_000 + 400 * random.nextGaussian()));
			wide.set(i, (int) Math.round((i % 96 < 48 ? 10_000 : 30_000) + 100 * random.nextGaussian()));
		}
		final ImageStack channels = new ImageStack(96, 80);
		channels.addSlice(noisy);
		channels.addSlice(wide);
		final ImagePlus image = new ImagePlus("noisy", channels);
		image.setDimensions(2, 1, 1);
		final String info = restored(DipDenoise.class, "input", new CompositeImage(image), "stop", "noise level")
			.getInfoProperty();
		final Matcher told = Pattern.compile("Noise level: ([0-9.]+), ([0-9.]+) \\(estimated\\)").matcher(info);
		assertTrue(told.find(), info);
		assertEquals(400, Double.parseDouble(told.group(1)), 20);
		assertEquals(100, Double.parseDouble(told.group(2)), 10);
		final Matcher rule = Pattern.compile("noise level: stop at a loss of ([0-9.]+)").matcher(info);
		assertTrue(rule.find(), info);
		double squares = 0;
		for (int channel = 1; channel <= 2; channel++) {
			final ImageStatistics range = channels.getProcessor(channel).getStatistics();
			squares += Math.pow(Double.parseDouble(told.group(channel)) / (range.max - range.min), 2) / 2;
		}
		assertEquals(squares, Double.parseDouble(rule.group(1)), 1e-3 * squares);
	}

	/** As ImageJ shows them, as it does in Info with the range of values. */
	@Test
	void theEstimatedNoiseLevelIsThatOfCalibratedValues() throws Exception {
		final Random random = new Random(5);
		final ByteProcessor noisy = new ByteProcessor(96, 80);
		for (int i = 0; i < noisy.getPixelCount(); i++) noisy.set(i, (int) Math.round(100 + 8 * random.nextGaussian()));
		final ImagePlus image = new ImagePlus("noisy", noisy);
		final Calibration tenfold = new Calibration(image);
		tenfold.setFunction(Calibration.STRAIGHT_LINE, new double[] { 5, 10 }, "intensity");
		image.setCalibration(tenfold);
		final String info = restored(DipDenoise.class, "input", image, "denoising_method", "non-local")
			.getInfoProperty();
		final Matcher told = Pattern.compile("Noise level: ([0-9.]+) \\(estimated\\)").matcher(info);
		assertTrue(told.find(), info);
		assertEquals(80, Double.parseDouble(told.group(1)), 5);
	}

	@Test
	void inpaintTouchesOnlyWhatIsMissing() throws Exception {
		final ImagePlus image = bars("8", 24, 20, 1), mask = bars("8", 24, 20, 1);
		mask.setTitle("the mask");
		final ImageProcessor pixels = mask.getProcessor();
		for (int i = 0; i < 24 * 20; i++) pixels.set(i, i % 24 < 5 ? 255 : 0); // touches the border
		open(mask);
		final ImagePlus kept = restored(DipInpaint.class, "input", image, "missing", "mask image", "mask_image",
			"the mask");
		final ImagePlus all = restored(DipInpaint.class, "input", image, "missing", "mask image", "mask_image",
			"the mask", "keep_known", false);
		int changed = 0;
		for (int i = 0; i < 24 * 20; i++) {
			final int before = image.getProcessor().get(i), after = kept.getProcessor().get(i);
			if (i % 24 < 5) assertEquals(all.getProcessor().get(i), after);
			else assertEquals(before, after);
			if (all.getProcessor().get(i) != before) changed++;
		}
		assertTrue(changed > 24 * 10);
		mask.close();
	}

	@Test
	void whatIsMissingCanBeSelectedOrHaveAValueOrNone() throws Exception {
		final ImagePlus selected = bars("RGB", 24, 20, 1);
		selected.setRoi(new ShapeRoi(new Roi(0, 0, 3, 3)).or(new ShapeRoi(new Roi(20, 15, 8, 8))));
		final ImagePlus output = restored(DipInpaint.class, "input", selected, "missing", "selection");
		assertEquals(selected.getProcessor().get(10, 10), output.getProcessor().get(10, 10));
		assertEquals(24, output.getWidth());

		final ImagePlus valued = bars("16", 24, 20, 1);
		valued.getProcessor().set(5, 5, 65535); // a hot pixel, which is not to widen the range
		final ImagePlus cooled = restored(DipInpaint.class, "input", valued, "missing", "value", "missing_value",
			65535.0);
		assertTrue(cooled.getProcessor().get(5, 5) <= 5000,
			"filled in within the range of the known pixels: " + cooled.getProcessor().get(5, 5));

		final ImagePlus signed = bars("16", 24, 20, 1);
		signed.getCalibration().setSigned16BitCalibration();
		signed.getProcessor().set(5, 5, 32768 - 5); // shown as -5
		assertTrue(restored(DipInpaint.class, "input", signed, "missing", "value", "missing_value", -5.0).getProcessor()
			.get(5, 5) <= 5000);

		final ImagePlus holes = bars("32", 24, 20, 2);
		holes.getStack().getProcessor(2).setf(7, 7, Float.NaN);
		final ImagePlus filled = restored(DipInpaint.class, "input", holes, "missing", "NaN");
		assertTrue(Float.isFinite(filled.getStack().getProcessor(2).getf(7, 7)));
		assertArrayEquals((float[]) holes.getStack().getPixels(1), (float[]) filled.getStack().getPixels(1),
			"nothing is missing there");
	}

	@Test
	void pointsAreMissingPixels() throws Exception {
		final ImagePlus image = bars("16", 24, 20, 1);
		image.setRoi(new PointRoi(new float[] { 5, 17 }, new float[] { 6, 12 }));
		final ImageProcessor output = restored(DipInpaint.class, "input", image, "point_radius", 1.0).getProcessor();
		int changed = 0;
		for (int i = 0; i < 24 * 20; i++) {
			final int x = i % 24, y = i / 24;
			if (output.get(i) == image.getProcessor().get(i)) continue;
			changed++;
			assertTrue(Math.hypot(x - 5, y - 6) <= 1 || Math.hypot(x - 17, y - 12) <= 1, x + ", " + y);
		}
		assertTrue(changed >= 8, "changed " + changed);
		assertTrue(advice(DipInpaint.class, "input", image, "point_radius", -1.0)
			.startsWith("The value of point_radius is -1.0: enter a number of at least 0."));
	}

	@Test
	void whatUsersWriteIsInTheUnitsThatTheImageShows() throws Exception {
		final Object[] poisson = { "noise_model", "Poisson", "gain", 20.0, "black_level", 100.0, "input",
			bars("16", 16, 16, 1) };
		final ImagePlus plain = restored(DipDenoise.class, poisson), signed = bars("16", 16, 16, 1),
			doubled = bars("16", 16, 16, 1);
		signed.getCalibration().setSigned16BitCalibration();
		poisson[5] = 100.0 - 32768;
		poisson[7] = signed;
		assertArrayEquals((short[]) plain.getProcessor().getPixels(),
			(short[]) restored(DipDenoise.class, poisson).getProcessor().getPixels());
		doubled.getCalibration().setFunction(Calibration.STRAIGHT_LINE, new double[] { 0, 2 }, "electrons");
		poisson[7] = doubled;
		final String advice = "The image 'bars.tif' has an intensity calibration: ";
		assertTrue(advice(DipDenoise.class, poisson).startsWith(advice));
		for (final String stop : new String[] { "noise level", "fixed" })
			assertTrue(advice(DipDenoise.class, "input", doubled, "stop", stop, "uncertainty",
				stop.equals("fixed") ? "ensemble" : "none").startsWith(advice));
		doubled.setTitle("doubled");
		open(doubled);
		assertTrue(advice(DipDenoise.class, "input", bars("16", 16, 16, 1), "reference", "doubled")
			.contains("have different intensity calibrations"));
		doubled.changes = false;
		doubled.close();
	}

	@Test
	void aFrameWhoseFirstSliceLacksNothingBeginsUntrainedAllTheSame() throws Exception {
		final ImagePlus image = bars("8", 16, 16, 4);
		image.setDimensions(1, 2, 2);
		for (final int slice : new int[] { 1, 2, 4 }) image.getStack().getProcessor(slice).set(5, 5, 255);
		final String info = restored(DipInpaint.class, "input", image, "missing", "value", "missing_value", 255.0,
			"warm_iterations", 3).getInfoProperty();
		assertTrue(info.matches("(?s).*Steps: 6 of 6; 3 of 3; 6 of 6\n.*"), info);
	}

	@Test
	void everythingOrNothingMissingIsSaid() throws Exception {
		assertTrue(advice(DipInpaint.class, "input", bars("8", 16, 16, 1), "missing", "value", "missing_value", 7.0)
			.startsWith("No pixels are missing: "));
		final ImagePlus flat = new ImagePlus("flat", new ByteProcessor(16, 16));
		assertTrue(advice(DipInpaint.class, "input", flat, "missing", "value").startsWith("All pixels are missing: "));
		assertTrue(
			advice(DipInpaint.class, "input", flat, "missing", "selection").contains("has no area or point selection"));
		assertTrue(advice(DipInpaint.class, "input", flat, "missing", "mask image", "mask_image", "none")
			.contains("There is no open image 'none' for mask_image"));
	}

	@ParameterizedTest
	@CsvSource({ "2, Lanczos2, 8", "3, area, 16", "4, nearest, RGB", "8, Lanczos2, 32", "2, binning, 16" })
	void superResolutionIsLargerWithSmallerPixels(final String factor, final String downsampler, final String type)
		throws Exception
	{
		final ImagePlus image = bars(type, 12, 10, 1);
		final ImagePlus output = restored(DipSuperResolution.class, "input", image, "factor", factor, "downsampler",
			downsampler, "max_iterations", 60);
		final int times = Integer.parseInt(factor);
		assertEquals(12 * times, output.getWidth());
		assertEquals(10 * times, output.getHeight());
		assertEquals(0.5 / times, output.getCalibration().pixelWidth, 1e-12);
		assertEquals(image.getType(), output.getType());
		assertEquals("bars: super-resolution x" + factor, output.getTitle());
		final double share = downsampler.equals("binning") ? times * times : 1;
		assertEquals(image.getStatistics().mean / share, output.getStatistics().mean,
			0.3 * image.getStatistics().mean / share);
	}

	@Test
	void madeSmallerAgainItIsTheOpenImage() throws Exception {
		final ImagePlus image = bars("32", 16, 12, 1),
			output = restored(DipSuperResolution.class, "input", image, "factor", "4", "max_iterations", 5),
			free = restored(DipSuperResolution.class, "input", image, "factor", "4", "max_iterations", 5,
				"data_consistency", false);
		final double range = image.getStatistics().max - image.getStatistics().min;
		assertTrue(away(image, output) < 0.02 * range, away(image, output) + " of " + range);
		assertTrue(away(image, free) > 0.1 * range, away(image, free) + " of " + range);
	}

	/** @return root mean square of what the larger image, made smaller, differs by */
	private static double away(final ImagePlus image, final ImagePlus large) {
		final float[] values = (float[]) large.getProcessor().getPixels(),
			wanted = (float[]) image.getProcessor().getPixels();
		final float[] small = Downsampler.LANCZOS2.apply(new Picture(values, large.getWidth(), large.getHeight(), 1), 4)
			.values();
		double sum = 0;
		for (int i = 0; i < small.length; i++) sum += Math.pow(small[i] - wanted[i], 2) / small.length;
		return Math.sqrt(sum);
	}

	@Test
	void binnedValuesAreShownAsBrightAsBefore() throws Exception {
		final ImagePlus image = bars("16", 16, 12, 1);
		image.setDisplayRange(400, 8000);
		final ImagePlus output = restored(DipSuperResolution.class, "input", image, "factor", "2", "downsampler",
			"binning", "max_iterations", 2);
		assertEquals(100, output.getDisplayRangeMin(), 1e-9);
		assertEquals(2000, output.getDisplayRangeMax(), 1e-9);
	}

	@Test
	void theReferenceIsComparedWith() throws Exception {
		final ImagePlus image = bars("8", 24, 20, 1), clean = bars("8", 24, 20, 1);
		clean.setTitle("clean one");
		open(clean);
		restored(DipDenoise.class, "input", image, "reference", "clean one");
		final ResultsTable table = ResultsTable.getResultsTable();
		assertEquals(Double.POSITIVE_INFINITY, table.getValue("PSNR before", table.size() - 1));
		assertTrue(table.getValue("PSNR", table.size() - 1) > 5);
		assertTrue(table.getValue("SSIM", table.size() - 1) < 1);
		assertTrue(advice(DipDenoise.class, "input", bars("8", 16, 16, 1), "reference", "clean one")
			.startsWith("The reference image 'clean one' does not match"));
		final ImagePlus holes = bars("32", 24, 20, 1);
		holes.setTitle("holes");
		holes.getProcessor().setf(3, 3, Float.NaN);
		open(holes);
		assertTrue(advice(DipDenoise.class, "input", bars("32", 24, 20, 1), "reference", "holes")
			.startsWith("The reference image 'holes' has pixels that are NaN or infinite"));
		holes.changes = false;
		holes.close();
		final ImagePlus written = bars("8", 24, 20, 1);
		written.getProcessor().set(5, 5, 255);
		final double error = Math.pow((255 - clean.getProcessor().get(5, 5)) / 255.0, 2) / (24 * 20);
		restored(DipInpaint.class, "input", written, "reference", "clean one", "missing", "value", "missing_value",
			255.0);
		assertEquals(-10 * Math.log10(error), table.getValue("PSNR before", table.size() - 1), 1e-6);
		clean.close();
	}

	@Test
	void seedsAndLangevinGiveADeviation() throws Exception {
		for (final String way : new String[] { "ensemble", "Langevin" }) {
			final Module module = run(DipDenoise.class, "input", bars("RGB", 16, 16, 1), "uncertainty", way,
				"ensemble_size", 2, "langevin_samples", 3, "burn_in", 4, "spacing", 2);
			final ImagePlus deviation = (ImagePlus) module.getOutput("deviation");
			assertNotNull(deviation, way);
			assertEquals(ImagePlus.GRAY32, deviation.getType());
			assertEquals(3, deviation.getNChannels());
			assertTrue(deviation.getStatistics().max > 0);
		}
		assertNull(run(DipDenoise.class, "input", bars("8", 16, 16, 1)).getOutput("deviation"));
	}

	@Test
	void slicesFramesAndChannelsComeBack() throws Exception {
		final ImagePlus image = bars("16", 16, 16, 12);
		image.setDimensions(2, 3, 2);
		final CompositeImage composite = new CompositeImage(image, CompositeImage.COMPOSITE);
		for (final String channels : new String[] { "together", "one by one" }) {
			final ImagePlus output = restored(DipDenoise.class, "input", composite, "channels", channels,
				"warm_iterations", 3);
			assertArrayEquals(composite.getDimensions(), output.getDimensions());
			assertTrue(output.isComposite());
			assertTrue(output.getInfoProperty().contains("3 of 3"),
				"the following slices take fewer steps: " + output.getInfoProperty());
		}
	}

	@Test
	void aFollowingSliceShowsNothingOfItsNeighbour() throws Exception {
		final ImagePlus image = new ImagePlus("two", ImageStack.create(32, 32, 2, 8));
		for (int slice = 0; slice < 2; slice++) {
			final ImageProcessor processor = image.getStack().getProcessor(slice + 1);
			processor.setColor(60);
			processor.fill();
			processor.setColor(200);
			processor.fillOval(2 + 17 * slice, 10, 11, 11);
		}
		final ImagePlus output = restored(DipDenoise.class, "input", image, "preset", "Fast", "precision", "float32",
			"max_iterations", 300, "warm_iterations", 100);
		assertTrue(output.getInfoProperty().contains("100 of 100"), output.getInfoProperty());
		final ImageProcessor second = output.getStack().getProcessor(2);
		second.setRoi(5, 13, 5, 5);
		assertEquals(60, second.getStatistics().mean, 5, "where the first slice has its disc");
		second.setRoi(22, 13, 5, 5);
		assertEquals(200, second.getStatistics().mean, 15);
	}

	@Test
	void tilesCoverTheImage() throws Exception {
		final ImagePlus output = restored(DipDenoise.class, "input", bars("8", 90, 40, 1), "tile", 40, "overlap", 8,
			"max_iterations", 200);
		final ImagePlus input = bars("8", 90, 40, 1);
		double error = 0;
		for (int i = 0; i < 3600; i++)
			error += Math.abs(output.getProcessor().get(i) - input.getProcessor().get(i)) / 3600.0;
		assertTrue(error < 60, "mean difference " + error);
		assertTrue(advice(DipDenoise.class, "input", bars("8", 90, 40, 1), "tile", 20)
			.startsWith("Tiles of 20 pixels are too small"));
		final ImagePlus large = restored(DipSuperResolution.class, "input", bars("8", 50, 40, 1), "tile", 36, "overlap",
			8, "factor", "2");
		assertEquals(100, large.getWidth());
	}

	@Test
	void checkpointsBringBackAFinishedResultAndRefuseAnother() throws Exception {
		final Object[] inputs = { "input", bars("8", 16, 16, 2), "checkpoints", folder.toString(), "warm_iterations",
			3 };
		final ImagePlus first = restored(DipDenoise.class, inputs), again = restored(DipDenoise.class, inputs);
		for (int slice = 1; slice <= 2; slice++)
			assertArrayEquals((byte[]) first.getStack().getPixels(slice), (byte[]) again.getStack().getPixels(slice));
		try (var files = Files.list(folder)) {
			assertEquals(2, files.count());
		}
		assertTrue(advice(DipDenoise.class, "input", bars("8", 16, 16, 2), "checkpoints", folder.toString(),
			"max_iterations", 7, "warm_iterations", 3).contains("belongs to another fit"));
	}

	@Test
	void aFolderForCheckpointsThatCannotBeWrittenIsRefusedBeforeTheFirstFit() throws Exception {
		final Path file = Files.writeString(folder.resolve("file"), "no folder");
		final ImagePlus image = bars("8", 16, 16, 1);
		image.getProcessor().set(5, 5, 0);
		for (final Path wrong : List.of(file, file.resolve("below"))) {
			final String refused = "Nothing can be written to the folder for checkpoints " + wrong
				+ ": choose a folder in which you may create files.";
			assertEquals(refused, advice(DipDenoise.class, "input", image, "checkpoints", wrong.toString()));
			assertEquals(refused, advice(DipSuperResolution.class, "input", image, "checkpoints", wrong.toString()));
			assertEquals(refused,
				advice(DipInpaint.class, "input", image, "checkpoints", wrong.toString(), "missing", "value"));
		}
	}

	/** What is taken from a file is not written again. */
	@Test
	void checkpointsKeepTheFinishedPartsOfTheNonLocalMethod() throws Exception {
		final Object[] inputs = { "input", noisy("16", 2), "denoising_method", "non-local", "tile", 32, "checkpoints",
			folder.toString(), "uncertainty", "ensemble", "ensemble_size", 2, "overlap", 8 };
		final Module first = run(DipDenoise.class, inputs);
		final List<Path> all;
		try (var files = Files.list(folder)) {
			all = files.sorted().toList();
		}
		assertEquals(2 * 4, all.size());
		Files.delete(all.get(3));
		final FileTime longAgo = FileTime.fromMillis(1_000_000);
		for (final Path file : all) if (Files.exists(file)) Files.setLastModifiedTime(file, longAgo);
		final Module again = run(DipDenoise.class, inputs);
		for (final String output : List.of("restored", "deviation")) {
			final ImagePlus there = (ImagePlus) first.getOutput(output), here = (ImagePlus) again.getOutput(output);
			for (int slice = 1; slice <= 2; slice++)
				assertTrue(Objects.deepEquals(there.getStack().getPixels(slice), here.getStack().getPixels(slice)));
		}
		for (int i = 0; i < all.size(); i++)
			assertEquals(i != 3, Files.getLastModifiedTime(all.get(i)).equals(longAgo));
		inputs[11] = 3;
		assertTrue(advice(DipDenoise.class, inputs).contains("belongs to another denoising (repetitions 2 instead of"));
	}

	@Test
	void imagesOfTheSameNameShareAFolderForCheckpoints() throws Exception {
		final ImagePlus first = bars("8", 16, 16, 1), second = bars("8", 16, 16, 1);
		second.getProcessor().invert();
		second.setTitle("bars.png");
		for (int run = 0; run < 2; run++)
			for (final ImagePlus image : new ImagePlus[] { first, second })
				restored(DipDenoise.class, "input", image, "checkpoints", folder.toString());
		try (var files = Files.list(folder)) {
			assertEquals(2, files.count());
		}
	}

	@Test
	void badValuesAreSaid() throws Exception {
		final ImagePlus image = bars("8", 16, 16, 1);
		assertTrue(advice(DipDenoise.class, "input", image, "stop", "never")
			.startsWith("The value of stop is 'never': use one of "));
		assertTrue(advice(DipDenoise.class, "input", image, "stop", "EMV", "patience", 0)
			.startsWith("The value of patience is 0"));
		assertTrue(
			advice(DipDenoise.class, "input", image, "stop", "noise level", "noise_level", Double.POSITIVE_INFINITY)
				.startsWith("The value of noise_level is Infinity"));
		assertTrue(advice(DipDenoise.class, "input", image, "noise_model", "Poisson", "gain", 0.0)
			.startsWith("The value of gain is 0.0"));
		assertTrue(advice(DipDenoise.class, "input", image, "noise_model", "Poisson", "black_level", 1000.0)
			.startsWith("With a gain of 1.0 and a black level of 1000.0 the brightest"));
		assertTrue(advice(DipDenoise.class, "input", image, "noise_model", "Poisson", "gain", 1e-30)
			.startsWith("With a gain of 1.0E-30 and a black level of 0.0 the brightest"));
		assertTrue(advice(DipDenoise.class, "input", image, "noise_model", "Poisson", "black_level", Double.NaN)
			.startsWith("The value of black_level is NaN"));
		assertTrue(advice(DipDenoise.class, "input", image, "uncertainty", "Langevin", "langevin_samples", 65537,
			"spacing", 65536).startsWith("65537 samples, "));
		assertTrue(
			advice(DipInpaint.class, "input", image, "missing", "mask image").startsWith("No mask image was chosen"));
		assertTrue(advice(DipDenoise.class, "input", image, "stop", "noise level", "noise_level", -1.0)
			.startsWith("The value of noise_level is -1.0"));
		assertTrue(
			advice(DipSuperResolution.class, "input", image, "factor", "5").startsWith("The value of factor is '5'"));
		final ImagePlus calibrated = bars("16", 12, 10, 1);
		calibrated.getCalibration().setSigned16BitCalibration();
		assertTrue(advice(DipSuperResolution.class, "input", calibrated, "factor", "2", "downsampler", "binning")
			.contains("calibration"));
		assertTrue(advice(DipDenoise.class, "input", image, "uncertainty", "ensemble", "ensemble_size", 1)
			.startsWith("The value of ensemble_size is 1"));
	}

	/** Bars with noise of 20 grey levels. */
	private static ImagePlus noisy(final String type, final int slices) {
		final ImagePlus image = bars(type, 40, 36, slices);
		final Random random = new Random(5);
		final double scale = type.equals("16") ? 20 : type.equals("32") ? 1e-3 : 1;
		for (int slice = 1; slice <= slices; slice++) for (int c = 0; c < (type.equals("RGB") ? 3 : 1); c++) {
			final ImageProcessor plane = image.getStack().getProcessor(slice);
			final FloatProcessor values = plane.toFloat(c, null);
			for (int i = 0; i < values.getPixelCount(); i++)
				values.setf(i, (float) (values.getf(i) + 20 * scale * random.nextGaussian()));
			plane.setPixels(c, values);
		}
		return image;
	}

	@ParameterizedTest
	@CsvSource({ "8", "16", "32", "RGB" })
	void nonLocalFilteringRemovesNoiseOfEveryKindOfImage(final String type) throws Exception {
		final ImagePlus clean = bars(type, 40, 36, 1);
		clean.setTitle("clean " + type);
		open(clean);
		final ImagePlus output = restored(DipDenoise.class, "input", noisy(type, 1), "denoising_method", "non-local",
			"reference", "clean " + type);
		assertEquals(clean.getType(), output.getType());
		assertEquals(0.5, output.getCalibration().pixelWidth);
		final ResultsTable table = ResultsTable.getResultsTable();
		final int row = table.size() - 1;
		assertTrue(table.getValue("PSNR", row) > table.getValue("PSNR before", row) + 5,
			table.getValue("PSNR before", row) + " to " + table.getValue("PSNR", row));
		final String info = output.getInfoProperty();
		assertTrue(info.contains("denoising_method=[non-local]") || info.contains("denoising_method=non-local"), info);
		assertTrue(info.contains("Method: non-local filtering") && info.contains("(estimated)"), info);
		assertFalse(info.contains("Network: "), info);
	}

	@Test
	void nonLocalFilteringGivesItsDeviationInTheImagesUnits() throws Exception {
		final Module module = run(DipDenoise.class, "input", noisy("16", 2), "denoising_method", "non-local",
			"uncertainty", "ensemble", "ensemble_size", 2);
		final ImagePlus deviation = (ImagePlus) module.getOutput("deviation");
		assertEquals(32, deviation.getBitDepth());
		assertEquals(2, deviation.getNSlices());
		final double mean = deviation.getStatistics().mean;
		assertTrue(mean > 10 && mean < 400, "20 grey levels of noise, stretched by 20: " + mean);
	}

	@Test
	void nonLocalFilteringTakesTheNoiseLevelThatIsGivenTilesAndChannels() throws Exception {
		final ImagePlus image = noisy("RGB", 2);
		final ImagePlus given = restored(DipDenoise.class, "input", image, "denoising_method", "non-local",
			"noise_level", 20.0);
		assertFalse(given.getInfoProperty().contains("(estimated)"), given.getInfoProperty());
		assertEquals(2, given.getNSlices());
		final ImagePlus more = restored(DipDenoise.class, "input", image, "denoising_method", "non-local",
			"noise_level", 60.0);
		assertTrue(more.getStatistics().stdDev < given.getStatistics().stdDev, "more is taken out");
		assertFalse(given.getInfoProperty().contains("Warning: The noise is"), given.getInfoProperty());
		assertTrue(more.getInfoProperty().contains("Warning: The noise is estimated to be only 0.3"),
			more.getInfoProperty());
		final ImagePlus tiled = restored(DipDenoise.class, "input", image, "denoising_method", "non-local",
			"noise_level", 20.0, "tile", 32, "overlap", 8, "channels", "one by one");
		final FloatProcessor a = given.getProcessor().toFloat(1, null), b = tiled.getProcessor().toFloat(1, null);
		double difference = 0;
		for (int i = 0; i < a.getPixelCount(); i++) difference += Math.abs(a.getf(i) - b.getf(i)) / a.getPixelCount();
		assertTrue(difference > 0 && difference < 10, "mean difference " + difference);
	}

	@Test
	void nonLocalFilteringOfPhotonCountsAndWhatItCannotDo() throws Exception {
		final ImagePlus counts = restored(DipDenoise.class, "input", noisy("16", 1), "denoising_method", "non-local",
			"noise_model", "Poisson", "gain", 30.0, "black_level", 100.0);
		assertTrue(counts.getStatistics().mean > 1000, "16-bit scale");
		assertFalse(counts.getInfoProperty().contains("Warning: The noise is"), counts.getInfoProperty());
		final String wrong = restored(DipDenoise.class, "input", noisy("16", 1), "denoising_method", "non-local",
			"noise_model", "Poisson", "gain", 5.0, "black_level", 100.0).getInfoProperty();
		assertTrue(wrong.contains("Warning: The noise is estimated to be "), wrong);
		assertTrue(wrong.contains("check gain, black level and noise level."), wrong);
		assertTrue(advice(DipDenoise.class, "input", noisy("16", 1), "denoising_method", "deep image prior",
			"noise_model", "Poisson", "gain", 30.0, "black_level", 100.0, "noise_level", 400.0)
			.startsWith("The deep image prior knows no read noise beside that of photons: "));
		assertTrue(advice(DipDenoise.class, "input", bars("8", 16, 16, 1), "denoising_method", "non-local",
			"uncertainty", "Langevin").startsWith("Langevin samples come from a fit: "));
		assertTrue(advice(DipDenoise.class, "input", bars("8", 16, 16, 1), "denoising_method", "BM3D")
			.startsWith("The value of denoising_method is 'BM3D': use one of deep image prior, non-local."));
		assertTrue(advice(DipDenoise.class, "input", bars("16", 16, 16, 1), "denoising_method", "non-local",
			"noise_level", 1e9).startsWith("The noise level 1.0E9 exceeds the range of the image's values, 3200: "));
	}

	@ParameterizedTest
	@CsvSource({ "Gaussian, 0", "Poisson, 0", "Gaussian, 1e-37", "Gaussian, 1e-300" })
	void whereThereIsNoNoiseNonLocalFilteringChangesNothing(final String model, final double level) throws Exception {
		final ImagePlus image = level > 0 ? bars("32", 16, 16, 1) : new ImagePlus("flat", new FloatProcessor(16, 16));
		if (level == 0) image.getProcessor().add(77);
		assertArrayEquals((float[]) image.getProcessor().getPixels(),
			(float[]) restored(DipDenoise.class, "input", image, "denoising_method", "non-local", "noise_model", model,
				"noise_level", level).getProcessor().getPixels());
	}

	@Test
	void theSettingsOfUlyanovEtAlReplaceThoseBelow() throws Exception {
		final Module module = context.service(ModuleService.class)
			.createModule(context.service(CommandService.class).getCommand(DipDenoise.class));
		final var running = context.service(ModuleService.class).run(module, true,
			Map.of("input", bars("8", 33, 33, 1), "device", "CPU", "recipe", "as in Ulyanov et al."));
		// The first picture is fitted for one step even after a stop.
		((DipCommand) module.getDelegateObject()).cancellation().stop();
		final String info = ((ImagePlus) running.get().getOutput("restored")).getInfoProperty();
		assertTrue(info.contains(" of 3000, stopped"), info);
		assertTrue(info.contains("maps down 128"), info);
		assertTrue(info.contains("Adam: learning rate 0.01, beta2 0.999") && info.contains("Average: decay 0.99\n"),
			info);
	}

	@Test
	void everyTaskIsDoneWithFastUnlessAnotherNetworkIsChosen() throws Exception {
		for (final FitBase task : new FitBase[] { new DipDenoise(), new DipInpaint(), new DipSuperResolution() }) {
			final ImagePlus image = bars("8", 33, 33, 1);
			image.setRoi(5, 5, 9, 9);
			final String info = restored(task.getClass(), "input", image, "preset", task.preset().toString())
				.getInfoProperty();
			assertTrue(info.contains("maps down 32,") && info.contains("Adam: learning rate 0.01, beta2 0.95")
				&& info.contains("Average: decay 0.99, at step t at most 1 - 5.0/t"), info);
		}
	}
}
