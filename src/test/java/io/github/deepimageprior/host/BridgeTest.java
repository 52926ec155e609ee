package io.github.deepimageprior.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.io.FileSaver;
import ij.macro.Interpreter;
import ij.process.ByteProcessor;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.PartFile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scijava.Context;
import org.scijava.command.CommandService;

/** The bridge without menus: what macros reach with {@code call}. */
class BridgeTest {

	private static final String OPTIONS = "iterations=3 preset=Arch-2 device=CPU ";

	private static void open() {
		final ByteProcessor pixels = new ByteProcessor(16, 16);
		pixels.set(5, 5, 255);
		WindowManager.setTempCurrentImage(new ImagePlus("dot", pixels));
	}

	@AfterEach
	void closeAll() {
		WindowManager.setTempCurrentImage(null);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
		value = { "iterations=many | The value of iterations is 'many': enter a whole number.",
			"iterations=2.5 | The value of iterations is '2.5': enter a whole number.",
			"iterations=0 | The number of iterations is 0: it must be at least 1.",
			"iterations=0x10 | The value of iterations is '0x10': enter a whole number.",
			"iterations=5d | The value of iterations is '5d': enter a whole number.",
			"iterations=\u0661 | The value of iterations is '\u0661': enter a whole number.",
			"seed=-99999999999999999999 | The value of seed is '-99999999999999999999': enter a larger number.",
			"plot_loss=perhaps | The value of plot_loss is 'perhaps': use true or false.",
			"iteration=5 | There is no macro option 'iteration': the options are input, ",
			"Preset=Fast | There is no macro option 'Preset': ",
			"seed=1 seed=2 | The macro option 'seed' is given twice: remove one of them.",
			"true_class seed=1 | The macro option 'true_class' has no value: write true_class= and the value.",
			"iterations | The macro option 'iterations' has no value: write iterations= and the value.",
			"input | The macro option 'input' has no value: write input= and the value.",
			"preset=[Fast | The macro options 'preset=[Fast' cannot be read: use key=value, ",
			"input=nothing | There is no open image 'nothing' for input: give the title or the ID of an open image.",
			"preset=[Very Fast] | There is no network 'Very Fast' (preset): ",
			"seed=99999999999999999999 | The value of seed is '99999999999999999999': enter a smaller number.",
			"input=-99999999999 | There is no open image '-99999999999' for input: ",
			"device=[GPU 99999999999] | There is no device 'GPU 99999999999': " })
	void badOptionsComeBackAsASentence(final String options, final String sentence) {
		open();
		final String said = Bridge.call("DIP Purify...", options);
		assertTrue(said.startsWith(sentence), said);
	}

	/** Java reads some of them as numbers. */
	@ParameterizedTest
	@ValueSource(strings = { "1f", "5d", "1.5F", "0x1p3", "NaN", "Infinity", "-Infinity", "1e", "e5", ".", "1,5", "--1",
		"1e5f" })
	void whatLooksLikeANumberToJavaOnlyIsNone(final String written) {
		open();
		assertEquals("The value of epsilon is '" + written + "': enter a number, such as 2.5.",
			Bridge.call("Generate Adversary...", "epsilon=" + written));
	}

	@Test
	void numbersBeyondAllBoundsAreSaid() {
		open();
		assertEquals("The value of epsilon is '1e999': enter a smaller number.",
			Bridge.call("Generate Adversary...", "epsilon=1e999"));
		assertEquals("The value of epsilon is '-1e999': enter a larger number.",
			Bridge.call("Generate Adversary...", "epsilon=-1e999"));
		assertEquals("The value of epsilon is 1000.0: enter grey levels from 0 to 255.",
			Bridge.call("Generate Adversary...", "epsilon=+.1e4"));
	}

	/** Whatever a command throws, a macro that processes a folder goes on. */
	@ParameterizedTest
	@ValueSource(classes = { OutOfMemoryError.class, StackOverflowError.class, IllegalStateException.class,
		AssertionError.class, NoClassDefFoundError.class })
	void everyErrorComesBackAsASentence(final Class<? extends Throwable> kind) {
		final ByteProcessor pixels = new ByteProcessor(16, 16) {

			@Override
			public java.awt.image.ColorModel getColorModel() {
				throw sneaky(kind);
			}
		};
		WindowManager.setTempCurrentImage(new ImagePlus("dot", pixels));
		for (final String said : List.of(Bridge.call("DIP Purify...", OPTIONS), Bridge.call("DIP Classify...", ""))) {
			assertTrue(said.endsWith(".") && !said.contains("\n"), said);
			assertEquals(kind == OutOfMemoryError.class, said.startsWith("ImageJ's memory (the Java heap) is full: "),
				said);
		}
	}

	@SuppressWarnings("unchecked")
	private static <T extends Throwable> RuntimeException sneaky(final Class<? extends Throwable> kind) throws T {
		try {
			throw (T) kind.getConstructor().newInstance();
		}
		catch (final ReflectiveOperationException impossible) {
			throw new AssertionError(impossible);
		}
	}

	@Test
	void whatStandsInBracketsIsNoOption() {
		final List<String> keys = List.of("input", "seed", "curve", "note");
		final MacroOptions options = new MacroOptions("input=[a seed=77 curve b [c]] seed=5 note='x y' curve", keys);
		assertEquals("a seed=77 curve b [c]", options.value("input"));
		assertEquals("5", options.value("seed"));
		assertEquals("x y", options.value("note"));
		assertEquals("true", options.value("curve"));
		assertNull(new MacroOptions("input=[a curve b] note=", keys).value("curve"));
		assertEquals("", new MacroOptions("input=[a curve b] note=", keys).value("note"));
		final String brackets = "[x]".repeat(100_000);
		assertEquals(brackets, new MacroOptions("note=[" + brackets + "] curve", keys).value("note"));
		for (final String open : List.of("note=[a", "note=[a[b]", "note='a", "note=[a]b", "note=a[ curve]", "=",
			"note=[a[]")) assertThrows(DipException.class, () -> new MacroOptions(open, keys), open);
	}

	/** By ImageJ too, from which Fiji has the values. */
	@Test
	void whateverIsWrittenIsRead() {
		for (final String value : List.of("/tmp/c] p", "/tmp/c [p", "/tmp/a [x [y] z] w", "[x", "] [", "don't say",
			"'a b", "a]", "[a] b's", " ", ""))
		{
			final String options = "note=" + MacroOptions.quoted(value) + " seed=5 ";
			assertEquals(value, new MacroOptions(options, List.of("note", "seed")).value("note"), options);
			if (!value.isEmpty()) assertEquals(value, Macro.getValue(options, "note", ""), options);
		}
		assertEquals("[a b]", MacroOptions.quoted("a b"));
		assertNull(MacroOptions.quoted("don't [x"));
	}

	@Test
	void aPathOnWindowsIsWrittenSoThatAMacroReadsIt() {
		final String path = "C:\\temp\\new \"folder\"";
		assertEquals(path, new Interpreter().run("return \"" + MacroOptions.escaped(path) + "\";", ""));
	}

	@Test
	void noImageAndNoCommandComeBackAsASentence() {
		assertEquals("There is no image open: open one, or name an open one with input=[title].",
			Bridge.call("DIP Purify...", OPTIONS));
		assertTrue(Bridge.call("DIP Purity...", OPTIONS).startsWith("There is no command 'DIP Purity...'"));
	}

	@Test
	void filesAreReadAndWritten(@TempDir final Path folder) throws IOException {
		final Path source = folder.resolve("a picture.png"), target = folder.resolve("result.tif");
		final ByteProcessor pixels = new ByteProcessor(20, 10);
		pixels.noise(40);
		new FileSaver(new ImagePlus("a", pixels)).saveAsPng(source.toString());
		assertEquals("", Bridge.callOnFile("DIP Purify...", source.toString(), target.toString(), OPTIONS));
		final ImagePlus result = IJ.openImage(target.toString());
		assertEquals(20, result.getWidth());
		assertTrue(result.getInfoProperty().contains("Steps: 3 of 3"), result.getInfoProperty());
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(2, files.count(), "only source and target are left");
		}
	}

	@Test
	void unreadableFilesComeBackAsASentence(@TempDir final Path folder) throws IOException {
		final Path target = folder.resolve("result.tif");
		for (final String name : List.of("broken.png", "notes.txt")) {
			final Path broken = Files.writeString(folder.resolve(name), "no image");
			assertTrue(Bridge.callOnFile("DIP Purify...", broken.toString(), target.toString(), OPTIONS)
				.endsWith("is not an image that ImageJ can open: convert it to TIFF or PNG first."));
		}
		assertTrue(Bridge.callOnFile("DIP Purify...", folder + "/none.png", target.toString(), OPTIONS)
			.contains("cannot be read: check"));
		assertTrue(Bridge.callOnFile("DIP Purify...", "", target.toString(), OPTIONS)
			.startsWith("The file '' cannot be read: check"));
		assertFalse(Files.exists(target));
		final Path fine = folder.resolve("fine.png");
		new FileSaver(new ImagePlus("a", new ByteProcessor(9, 9))).saveAsPng(fine.toString());
		for (final String bad : List.of(folder + "/none/result.tif", folder + "/result.png", folder + "/.tif", "",
			"/"))
		{
			final String said = Bridge.callOnFile("DIP Purify...", fine.toString(), bad,
				OPTIONS.replace("=3 ", "=100000000 "));
			// At once, not after a fit of many days.
			assertTrue(said.startsWith("The result cannot be saved to '"), said);
		}
		Files.createDirectory(target);
		assertTrue(Bridge.callOnFile("DIP Purify...", fine.toString(), target.toString(), OPTIONS)
			.contains("cannot be saved to"));
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(4, files.count(), "nothing unfinished is left");
		}
	}

	@Test
	void aLinkedFileIsReplacedWhereItLies(@TempDir final Path folder) throws IOException {
		final Path file = Files.writeString(folder.resolve("old.tif"), "old"),
			link = Files.createSymbolicLink(folder.resolve("link.tif"), file);
		final Path source = folder.resolve("source.png");
		new FileSaver(new ImagePlus("a", new ByteProcessor(9, 9))).saveAsPng(source.toString());
		assertEquals("", Bridge.callOnFile("DIP Purify...", source.toString(), link.toString(), OPTIONS));
		assertTrue(Files.isSymbolicLink(link));
		assertEquals(9, IJ.openImage(file.toString()).getWidth());
		assertEquals(Files.getPosixFilePermissions(source), Files.getPosixFilePermissions(file));
	}

	@Test
	void theInputIsNeverReplaced(@TempDir final Path folder) throws IOException {
		final Path file = folder.resolve("in.tif"), link = folder.resolve("link.tif"),
			hard = folder.resolve("hard.tif");
		new FileSaver(new ImagePlus("a", new ByteProcessor(9, 9))).saveAsTiff(file.toString());
		Files.createSymbolicLink(link, file);
		Files.createLink(hard, file);
		final byte[] before = Files.readAllBytes(file);
		for (final Path in : List.of(file, link, hard)) for (final Path out : List.of(file, link, hard)) {
			final String said = Bridge.callOnFile("DIP Purify...", in.toString(), out.toString(), OPTIONS);
			assertTrue(said.startsWith("The result would replace '" + in + "' itself: give another name"), said);
		}
		final String twisted = folder + "/./" + folder.getFileName() + "/../in.tif";
		Files.createDirectory(folder.resolve(folder.getFileName()));
		assertTrue(
			Bridge.callOnFile("DIP Purify...", file.toString(), twisted, OPTIONS).startsWith("The result would"));
		assertArrayEquals(before, Files.readAllBytes(file));
		assertEquals("", Bridge.callOnFile("DIP Purify...", link.toString(), folder + "/out.tif", OPTIONS));
	}

	@Test
	void aLinkToNowhereStays(@TempDir final Path folder) throws IOException {
		final Path file = folder.resolve("in.tif"), link = folder.resolve("link.tif");
		new FileSaver(new ImagePlus("a", new ByteProcessor(9, 9))).saveAsTiff(file.toString());
		for (final Path nowhere : new Path[] { folder.resolve("nowhere.tif"), link }) {
			Files.createSymbolicLink(link, nowhere);
			final String said = Bridge.callOnFile("DIP Purify...", file.toString(), link.toString(), OPTIONS);
			assertTrue(said.startsWith("The result cannot be saved to '" + link), said);
			assertTrue(Files.isSymbolicLink(link));
			Files.delete(link);
		}
	}

	@Test
	void damagedFilesComeBackAsASentence(@TempDir final Path folder) throws IOException {
		final Path file = folder.resolve("cut.tif"), target = folder.resolve("out.tif");
		new FileSaver(new ImagePlus("a", new ByteProcessor(90, 90))).saveAsTiff(file.toString());
		Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 5000));
		final String said = Bridge.callOnFile("DIP Purify...", file.toString(), target.toString(), OPTIONS);
		assertTrue(said.startsWith("The file '" + file + "' is damaged or cut off ("), said);
		assertFalse(Files.exists(target));
	}

	@Test
	void theLongestNamesAndTheRestsOfKilledRuns(@TempDir final Path folder) throws IOException {
		final Path source = folder.resolve("s".repeat(251) + ".png"), target = folder.resolve("t".repeat(251) + ".tif");
		ImageIO.write(new ByteProcessor(16, 16).getBufferedImage(), "png", source.toFile());
		final Path left;
		try (PartFile part = new PartFile(target)) {
			left = part.path();
		}
		Files.writeString(left, "of a killed run");
		assertEquals("", Bridge.callOnFile("DIP Purify...", source.toString(), target.toString(), OPTIONS));
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(List.of(source, target), files.sorted().toList());
		}
	}

	/** In batch mode the plots would stay in the list of images, file after file. */
	@Test
	void nothingIsPlottedForAFile(@TempDir final Path folder) throws IOException {
		final Path file = folder.resolve("dot.png");
		ImageIO.write(new ByteProcessor(16, 16).getBufferedImage(), "png", file.toFile());
		final String call = "call('" + Bridge.class.getName() + ".callOnFile', 'DIP Purify...', '" + file + "', '"
			+ folder + "/out.tif', '" + OPTIONS + "plot_loss=true')";
		assertEquals("0",
			new Interpreter().run("setBatchMode(true); n = nImages; " + call + "; return d2s(nImages - n, 0);", ""));
	}

	@Test
	void onlyACommandThatWorksOnAnOpenImageHasTheKeyInput(@TempDir final Path folder) throws IOException {
		open();
		assertEquals("There is no macro option 'input': the options are picture.",
			Bridge.call("DIP Sample Image", "input=dot"));
		final Path file = folder.resolve("dot.png");
		ImageIO.write(new ByteProcessor(16, 16).getBufferedImage(), "png", file.toFile());
		assertEquals("The macro option 'input' does not count for a file: leave it out.",
			Bridge.callOnFile("DIP Purify...", file.toString(), folder + "/out.tif", "input=dot iterations=5"));
	}

	@Test
	void aCommandWithoutAnImageCannotBeSaved(@TempDir final Path folder) throws IOException {
		final Path file = folder.resolve("dot.png");
		ImageIO.write(new ByteProcessor(16, 16).getBufferedImage(), "png", file.toFile());
		final String said = Bridge.callOnFile("DIP Classify...", file.toString(), folder.resolve("out.tif").toString(),
			"");
		assertEquals("The command 'DIP Classify...' produces no image to save: use call instead.", said);
	}

	/** The file would not be opened, and every file of a folder would become the same sample. */
	@Test
	void aCommandThatTakesNoImageTakesNoFile(@TempDir final Path folder) {
		for (final String label : List.of("DIP Sample Image", "DIP Describe Network..."))
			assertEquals("The command '" + label + "' takes no image: use call instead of callOnFile.",
				Bridge.callOnFile(label, folder + "/missing.png", folder + "/out.tif", ""));
		assertFalse(Files.exists(folder.resolve("out.tif")));
	}

	/** In plain ImageJ and in a script: what another option switches off is said in the Log. */
	@Test
	void anOptionWithoutEffectIsSaid() throws Exception {
		final String said = "DIP Describe Network: scales=3 has no effect unless architecture=custom.";
		assertEquals(List.of(said), NoEffect.said(() -> Bridge.call("DIP Describe Network...", "scales=3")));
		try (Context context = new Context(CommandService.class)) {
			final CommandService commands = context.service(CommandService.class);
			assertEquals(List.of(said), NoEffect.said(() -> commands
				.run("io.github.deepimageprior.command.DipDescribeNetwork", true, "scales", 3).get()));
		}
		assertEquals(List.of(),
			NoEffect.said(() -> Bridge.call("DIP Describe Network...", "architecture=[ Custom ] scales=3")));
		assertEquals(List.of(),
			NoEffect.said(() -> Bridge.call("DIP Describe Network...", "architecture=preset scales=5 skip_maps=4")));
	}

	/** In Fiji the SciJava command replaces an entry of plugins.config only if their labels and paths are equal. */
	@Test
	void everyMenuEntryIsThatOfItsCommand() throws IOException {
		int entries = 0;
		for (final String line : Files.readAllLines(Path.of("plugins.config"))) {
			if (line.startsWith("#")) continue;
			final String[] parts = line.split("[,\"]+\\s*\"?|\\(");
			final String label = line.substring(line.indexOf('"') + 1, line.indexOf('"', line.indexOf('"') + 1));
			final String command = line.substring(line.indexOf("(\"") + 2, line.indexOf("\")"));
			assertEquals(parts[0].trim() + ">" + label, CommandHost.of(command).menuPath());
			assertTrue(line.contains(" " + Bridge.class.getName() + "("), line);
			entries++;
		}
		assertEquals(19, entries);
		try (InputStream shipped = Bridge.class.getResourceAsStream("/plugins.config")) {
			new Properties().load(shipped); // it is in the jar
		}
	}
}
