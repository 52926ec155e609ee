package io.github.deepimageprior.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.measure.Calibration;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.host.Bridge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Restorations on Spark within this process, compared with what the commands give. */
@Tag("spark")
class RestoreTest {

	@TempDir
	private Path folder;

	/** As many as a task has here: the bits depend on it. A command would reset a preference. */
	@BeforeAll
	static void oneThread() {
		Torch.setThreads(1);
	}

	private Path images(final int count) throws IOException {
		final Path images = Files.createDirectories(folder.resolve("images"));
		final Random random = new Random(3);
		for (int i = 0; i < count; i++) {
			final String type = List.of("8-bit", "16-bit", "32-bit", "RGB").get(i % 4);
			final ImagePlus image = IJ.createImage("image", type + " ramp", 24 + i, 20, 1);
			final ImageProcessor pixels = image.getProcessor();
			for (int p = 0; p < pixels.getPixelCount(); p++)
				if (random.nextInt(3) == 0)
					pixels.set(p,
						type.equals("32-bit") ? Float.floatToIntBits(random.nextFloat()) : random.nextInt(256));
			image.getCalibration().setUnit("um");
			image.getCalibration().pixelWidth = 0.25;
			new FileSaver(image).saveAsTiff(images.resolve("image" + i + ".tif").toString());
		}
		return images;
	}

	private Path stack(final int slices) throws IOException {
		final Random random = new Random(5);
		final ImageStack stack = new ImageStack(20, 16);
		for (int i = 0; i < slices; i++) {
			final short[] values = new short[20 * 16];
			for (int p = 0; p < values.length; p++) values[p] = (short) (500 * i + 10 * (p % 20) + random.nextInt(90));
			stack.addSlice(new ShortProcessor(20, 16, values, null));
		}
		final Path images = Files.createDirectories(folder.resolve("stacks"));
		new FileSaver(new ImagePlus("stack", stack)).saveAsTiff(images.resolve("stack.tif").toString());
		return images;
	}

	private static int run(final Path input, final Path output, final String... options) {
		return Local.run(new Restore(), "local[2]",
			Stream.concat(Stream.of("--input", input.toUri().toString(), "--output", output.toUri().toString()),
				Stream.of(options)).toArray(String[]::new));
	}

	private static void assertSame(final Path expected, final Path actual) {
		final ImagePlus one = IJ.openImage(expected.toString()), other = IJ.openImage(actual.toString());
		assertEquals(one.getStackSize(), other.getStackSize());
		for (int i = 1; i <= one.getStackSize(); i++) {
			final Object pixels = one.getStack().getPixels(i), same = other.getStack().getPixels(i);
			if (pixels instanceof byte[] bytes) assertArrayEquals(bytes, (byte[]) same);
			else if (pixels instanceof short[] shorts) assertArrayEquals(shorts, (short[]) same);
			else if (pixels instanceof int[] colours) assertArrayEquals(colours, (int[]) same);
			else assertArrayEquals((float[]) pixels, (float[]) same);
		}
		assertEquals(one.getCalibration().pixelWidth, other.getCalibration().pixelWidth);
		assertEquals(one.getCalibration().getUnit(), other.getCalibration().getUnit());
	}

	@Test
	void twelveImagesAreThoseOfTheCommand() throws IOException {
		final Path images = images(12), output = folder.resolve("output"),
			expected = Files.createDirectories(folder.resolve("expected"));
		Files.writeString(images.resolve("broken.tif"), "II*\0 no image");
		Files.write(images.resolve("endless.tif"), hostile());
		Files.writeString(images.resolve(".hidden"), "");
		final String said = Console.of(() -> assertEquals(3, run(images, output, "--task", "purify", "--iterations",
			"6", "--network", "Arch-2", "--precision", "float32")));
		assertTrue(said.contains("14 images, 0 done before.") && said.contains("12 done, 2 failed (failed.csv"), said);
		for (int i = 0; i < 12; i++) {
			final Path file = expected.resolve("image" + i + ".tif.purified.tif");
			assertEquals("", Bridge.callOnFile("DIP Purify...", images.resolve("image" + i + ".tif").toString(),
				file.toString(), "iterations=6 preset=Arch-2 precision=float32 device=CPU seed=0"));
			assertSame(file, output.resolve(file.getFileName()));
		}
		final List<String> failed = Files.readAllLines(output.resolve("failed.csv"));
		assertEquals(3, failed.size(), failed.toString());
		assertTrue(failed.get(1).startsWith("broken.tif,") && failed.get(2).startsWith("endless.tif,"));
		try (Stream<Path> files = Files.list(output)) {
			assertEquals(13, files.count(), "results and the table alone");
		}
		assertTrue(Console.of(() -> assertEquals(3, run(images, output, "--task", "purify", "--iterations", "6",
			"--network", "Arch-2", "--precision", "float32"))).contains("14 images, 12 done before."));
	}

	/** @return a TIFF that claims to have 2,000,000,000 pixels a side */
	private static byte[] hostile() {
		final java.nio.ByteBuffer file = java.nio.ByteBuffer.allocate(200).order(java.nio.ByteOrder.LITTLE_ENDIAN);
		file.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8).putShort((short) 5);
		final int[][] entries = { { 256, 2_000_000_000 }, { 257, 2_000_000_000 }, { 258, 8 }, { 273, 80 },
			{ 279, 100 } };
		for (final int[] entry : entries)
			file.putShort((short) entry[0]).putShort((short) 4).putInt(1).putInt(entry[1]);
		return file.putInt(0).array();
	}

	/** With a wide network, since the command takes the steps of narrow ones as one, which rounds in another way. */
	@Test
	void slicesAreThoseOfTheCommand() throws IOException {
		final Path images = stack(3), whole = folder.resolve("whole.tif"), output = folder.resolve("output");
		assertEquals("", Bridge.callOnFile("DIP Purify...", images.resolve("stack.tif").toString(), whole.toString(),
			"iterations=5 preset=Arch-1 precision=float32 device=CPU seed=0"));
		assertEquals(0, run(images, output, "--task", "purify", "--iterations", "5", "--network", "Arch-1",
			"--precision", "float32", "--slices"));
		assertSame(whole, output.resolve("stack.tif.purified.tif"));
		try (Stream<Path> files = Files.list(output)) {
			assertEquals(1, files.count(), "no slice is left");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "--slices" })
	void aFileThatIsCutOffIsALineOfTheTable(final String option) throws IOException {
		final Path images = images(1), output = folder.resolve("output");
		final byte[] whole = Files.readAllBytes(images.resolve("image0.tif"));
		Files.write(images.resolve("cut.tif"), Arrays.copyOf(whole, whole.length - 200));
		assertEquals(3, run(images, output,
			Stream.of("--task", "denoise", option).filter(text -> !text.isEmpty()).toArray(String[]::new)));
		final List<String> failed = Files.readAllLines(output.resolve("failed.csv"));
		assertEquals(2, failed.size(), failed.toString());
		assertTrue(failed.get(1).startsWith("cut.tif,\"The file 'cut.tif' is damaged or cut off ("), failed.get(1));
		assertTrue(Files.exists(output.resolve("image0.tif.restored.tif")));
		assertFalse(Files.exists(output.resolve("cut.tif.restored.tif")));
	}

	/** The first run ends before it has put the slices together, since a folder is where the result belongs. */
	@Test
	void slicesOfOtherOptionsAreNotReused() throws IOException {
		final Path images = stack(3), output = folder.resolve("output"), expected = folder.resolve("expected"),
			result = output.resolve("stack.tif.purified.tif"), parts = output.resolve(".stack.tif.purified.tif.parts"),
			blocked = Files.createDirectories(result.resolve("full"));
		final String[] options = { "--task", "purify", "--iterations", "5", "--network", "Arch-2", "--precision",
			"float32", "--slices", "--seed", "1" };
		assertEquals(3, run(images, output, options));
		try (Stream<Path> files = Files.walk(parts)) {
			assertEquals(3, files.filter(Files::isRegularFile).count(), "slices wait");
		}
		Files.delete(blocked);
		Files.delete(result);
		options[options.length - 1] = "2";
		assertEquals(0, run(images, output, options));
		assertEquals(0, run(images, expected, options));
		assertSame(expected.resolve(result.getFileName()), result);
		assertFalse(Files.exists(parts), "nothing is left of either run");
	}

	@Test
	void denoisingAndEnlargingAreThoseOfTheCommands() throws IOException {
		final Path images = images(4), output = folder.resolve("output");
		assertEquals(0, run(images, output, "--task", "denoise"));
		assertEquals(0, run(images, folder.resolve("large"), "--task", "enlarge", "--factor", "2", "--iterations", "4",
			"--precision", "float32"));
		for (int i = 0; i < 4; i++) {
			final Path image = images.resolve("image" + i + ".tif"), result = folder.resolve("result.tif");
			assertEquals("", Bridge.callOnFile("DIP Denoise...", image.toString(), result.toString(), "device=CPU"));
			assertSame(result, output.resolve("image" + i + ".tif.restored.tif"));
			assertEquals("", Bridge.callOnFile("DIP Super-Resolution...", image.toString(), result.toString(),
				"factor=2 max_iterations=4 precision=float32 device=CPU"));
			assertSame(result, folder.resolve("large/image" + i + ".tif.restored.tif"));
		}
	}

	private static Method method(final String... options) {
		final Method method = new Method();
		new picocli.CommandLine(method).parseArgs(options);
		return method;
	}

	private static String refused(final Path image, final String... options) {
		return assertThrows(DipException.class, () -> new ImageFile(image, method(options), false)).getMessage();
	}

	@Test
	void whatIsMissingIsCheckedAsInTheCommand() throws IOException {
		final Path images = images(1), image = images.resolve("image0.tif"), output = folder.resolve("output");
		assertEquals(3, run(images, output, "--task", "inpaint"));
		final List<String> failed = Files.readAllLines(output.resolve("failed.csv"));
		assertTrue(failed.get(1).startsWith("image0.tif,\"No pixels are missing: "), failed.get(1));
		final ImagePlus curved = IJ.openImage(image.toString());
		curved.getCalibration().setFunction(Calibration.POLY2, new double[] { 0, 0, 1 }, "square");
		new FileSaver(curved).saveAsTiff(image.toString());
		final int pixel = curved.getProcessor().get(5, 5);
		final String[] value = { "--task", "inpaint", "--missing", "value", "--missing-value", "" };
		value[5] = String.valueOf(pixel * pixel + 0.4);
		assertTrue(refused(image, value).startsWith("No pixel can have the value "));
		value[5] = String.valueOf(pixel * pixel);
		new ImageFile(image, method(value), false);
	}

	@Test
	void binningOfCalibratedValuesIsRefused() {
		final ImagePlus signed = IJ.createImage("signed", "16-bit ramp", 24, 20, 1);
		signed.getCalibration().setSigned16BitCalibration();
		final Path image = folder.resolve("signed.tif");
		new FileSaver(signed).saveAsTiff(image.toString());
		assertTrue(refused(image, "--task", "enlarge", "--downsampler", "binning").contains("intensity calibration"));
		new ImageFile(image, method("--task", "enlarge", "--downsampler", "area"), false);
	}

	/** Without a task, which fails with an exception that is no sentence. */
	@Test
	void aTrialThatFailsIsAnUnknownEstimate() throws IOException {
		final Method broken = method("--task", "purify");
		broken.kind = null;
		final Pictures pictures = new Pictures(broken, "", "slices");
		try (JavaSparkContext spark = new JavaSparkContext(
			new SparkConf().setMaster("local[1]").setAppName("test").set("spark.ui.enabled", "false")
				.set("spark.driver.host", "127.0.0.1").set("spark.driver.bindAddress", "127.0.0.1")))
		{
			assertFalse(Estimate.of(Storage.files(Storage.path(images(1).toUri().toString())), pictures).isKnown());
		}
	}

	@Test
	void whatCannotBeUsedIsASentence() throws IOException {
		final Path images = images(1), output = folder.resolve("output");
		final String none = Console.of(() -> assertEquals(1, run(folder.resolve("none"), output, "--task", "purify")));
		assertTrue(none.contains("There is nothing to read at file:" + folder.resolve("none")), none);
		assertTrue(Console
			.of(() -> assertEquals(1,
				Local.run(new Restore(), "local[2]", "--input", "gopher://x", "--output", "x", "--task", "purify")))
			.contains("The path 'gopher://x' cannot be used"));
		final String usage = Console.of(() -> assertEquals(2, run(images, output, "--task", "polish")));
		assertTrue(usage.contains("Usage: spark-submit ... Restore"), usage);
		final String dry = Console.of(() -> assertEquals(0, run(images, output, "--task", "purify", "--dry-run")));
		assertTrue(dry.contains("1 image, 0 done before.") && dry.contains("2 tasks at once."), dry);
		assertFalse(Files.exists(output));
		final String help = Console.of(() -> assertEquals(0, Local.run(new Restore(), "local[2]", "--help")));
		assertTrue(help.contains("--noise-level") && help.contains("hdfs:"), help);
	}
}
