package io.github.deepimageprior.host;

import static io.github.deepimageprior.host.HeadlessImageJ.assertPrinted;
import static io.github.deepimageprior.host.HeadlessImageJ.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImageStack;

import io.github.deepimageprior.classifier.Models;
import io.github.deepimageprior.study.Fixture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The packaged plugin in real ImageJ 1.x, without a display, in processes of its own. Macros print {@code name: value}
 * lines, so that each value is compared with what was expected of its own command.
 */
class HostIT {

	/** Opens an image of 24×20 pixels with a white disc. */
	private static final String DOT = """
		newImage("dot", "8-bit black", 24, 20, 1);
		makeOval(5, 5, 9, 9); fill(); run("Select None");
		""";

	/** A line as the Recorder writes it. */
	private static final String PURIFY = """
		run("DIP Purify...", "iterations=5 preset=Arch-2 result=averaged seed=3 device=CPU precision=float32 \
		preview=true classify_with=none model_file= download=false trust=false true_class= plot_loss=false");
		""";

	@TempDir
	private Path folder;

	private HeadlessImageJ imagej;

	@BeforeEach
	void prepare() {
		imagej = new HeadlessImageJ(folder);
	}

	@Test
	void aRecordedLineRunsWithoutADisplay() throws Exception {
		final String log = imagej.patched(DOT + PURIFY + """
			print("active: " + getTitle() + " " + bitDepth() + " " + nImages);
			selectImage("dot: purified"); print(getMetadata("Info"));
			""", "");
		assertTrue(log.lines().anyMatch(line -> line.matches("DIP Purify: dot: about .* of memory.*")), log);
		assertPrinted("active: dot: purified 8 2", log);
		assertTrue(log.contains("Steps: 5 of 5"), log);
	}

	@Test
	void twoProcessesGiveTheSamePictureBitByBit() throws Exception {
		final String macro = "run(\"DIP Sample Image\"); run(\"32-bit\"); makeRectangle(10, 10, 64, 48);"
			+ PURIFY.replace("Arch-2", "Fast").replace("iterations=5", "iterations=20").replace("averaged", "raw")
			+ "saveAs(\"Raw Data\", getArgument());";
		imagej.patched(macro, folder.resolve("a.raw").toString());
		imagej.patched(macro, folder.resolve("b.raw").toString());
		assertEquals(4 * 192 * 192, Files.size(folder.resolve("a.raw")));
		assertArrayEquals(Files.readAllBytes(folder.resolve("a.raw")), Files.readAllBytes(folder.resolve("b.raw")));
	}

	@Test
	void theIterationStackIsLabelledAndItsTableFilled() throws Exception {
		final String log = imagej.patched(DOT + """
			run("DIP Iteration Stack...",
				"iterations=4 preset=Arch-2 device=CPU steps=[1, 2..4 every 2] original=true table=true");
			print("stack: " + getTitle() + " " + nSlices);
			print("first: " + getInfo("slice.label"));
			setSlice(4); print("last: " + getInfo("slice.label"));
			print("table: " + nResults + " rows, step " + getResult("Step", 2));
			""", "");
		assertPrinted("stack: dot: iterations 4", log);
		assertPrinted("first: original", log);
		assertTrue(log.contains("last: step 4, "), log);
		assertPrinted("table: 3 rows, step 4", log);
	}

	@Test
	void aMacroFoolsExplainsAndRepairs() throws Exception {
		final String log = imagej.patched("""
			setBatchMode(true); run("DIP Sample Image");
			run("DIP Classify...", "classes=2");
			print("class: " + getResultString("Name", 0) + " of " + nResults);
			run("Generate Adversary...", "attack=FGSM epsilon=4 show_perturbation=true comparison=true");
			print("attack: " + getTitle() + " " + nImages);
			rename("fooled");
			run("MIG-SG Saliency...",
				"input=fooled target_class=espresso random_baselines=1 intervals=2 show_overlay=true");
			print("saliency: " + getTitle() + " " + bitDepth());
			run("Compare Saliency Methods...", "input=fooled random_baselines=1 intervals=2");
			print("comparison: " + getTitle());
			run("DIP Iteration Stack...", "input=fooled iterations=4 steps=[2, 4] preset=Arch-2 " +
				"classify_with=EfficientNet-Lite0 true_class=espresso");
			print("stack: " + getInfo("slice.label"));
			selectImage("Confidence of fooled"); Plot.getValues(x, y);
			print("curve: " + x[0] + " " + x[1]);
			""", "");
		assertPrinted("class: espresso of 2", log);
		assertPrinted("attack: coffee: adversary 4", log);
		assertTrue(log.lines().anyMatch(line -> line.matches("MIG-SG: fooled: about .* of memory.*")), log);
		assertPrinted("saliency: fooled: MIG-SG 32", log);
		assertPrinted("comparison: fooled: saliency methods", log);
		assertTrue(log.contains("stack: original, "), log);
		assertPrinted("curve: 2 4", log);
	}

	@Test
	void aStudyRunsAndGoesOnWithoutADisplay() throws Exception {
		final Path data = Fixture.pictures(folder.resolve("data"), 3), output = folder.resolve("output");
		final String line = """
			run("DIP Defence Study...", "data=[%s] output=[%s] count=%%d classifier=[TorchScript file] model_file=[%s] \
			preset=Arch-2 device=CPU precision=float32 attacks=[clean, FGSM 5] defences=[none, DIP] dip_steps=4");
			print("rows: " + nResults + " " + getResultString("defence", 2));
			""".formatted(data, output, Models.path("smooth.pt"));
		final String log = imagej.patched(line.formatted(1), "");
		assertPrinted("rows: 6 DIP, own stop", log);
		assertPrinted("DIP Defence Study: 2 of 2 items are complete: open " + output.resolve("report.html") + ".", log);
		assertTrue(log.lines().anyMatch(said -> said.matches(".*: 2 items take about .* of memory each.*")), log);
		assertTrue(imagej.patched(line.formatted(2), "").contains(": 2 items take about "), "two of four are there");
		assertEquals(1 + 4 * 3, Files.readAllLines(output.resolve("rows.csv")).size());
	}

	@Test
	void aMacroRestoresAndComparesWithAReference() throws Exception {
		final String log = imagej.patched("setBatchMode(true);" + DOT + """
			few = " max_iterations=20 preset=Arch-2 device=CPU stop=fixed";
			rename("clean"); run("Duplicate...", "title=noisy"); run("Add Specified Noise...", "standard=25");
			run("DIP Denoise...", "input=noisy reference=clean uncertainty=ensemble ensemble_size=2" + few);
			print("denoised: " + getTitle() + " " + nImages + " " + (getResult("PSNR before", 0) > 10));
			selectImage("noisy: standard deviation"); print("deviation: " + bitDepth());
			selectImage("noisy"); makeRectangle(3, 3, 4, 4);
			run("DIP Inpaint...", "input=noisy" + few); print("inpainted: " + getTitle());
			selectImage("noisy"); run("Select None");
			run("DIP Super-Resolution...", "input=noisy factor=2" + few);
			print("enlarged: " + getTitle() + " " + getWidth());
			""", "");
		assertPrinted("denoised: noisy: denoised 4 1", log);
		assertPrinted("deviation: 32", log);
		assertPrinted("inpainted: noisy: inpainted", log);
		assertPrinted("enlarged: noisy: super-resolution x2 48", log);
	}

	@Test
	@EnabledOnOs({ OS.LINUX, OS.MAC })
	void aKilledRunGoesOnFromItsCheckpoint() throws Exception {
		imagej.patched("newImage(\"dot\", \"8-bit ramp\", 40, 40, 2); saveAs(\"Tiff\", getArgument());",
			folder.resolve("dot.tif").toString());
		final String macro = """
			i = split(getArgument(), ",");
			print("error: " + call("io.github.deepimageprior.host.Bridge.callOnFile", "DIP Denoise...", "%s", i[1],
				"denoising_method=[deep image prior] max_iterations=400 preset=Arch-2 device=CPU " +
				"precision=float32 stop=fixed warm_iterations=300 checkpoints=" + i[0]));
			""".formatted(folder.resolve("dot.tif"));
		final Path whole = folder.resolve("whole.tif"), again = folder.resolve("again.tif"),
			checkpoints = folder.resolve("b");
		assertPrinted("error: ", imagej.plain(macro, folder.resolve("a") + "," + whole));
		final Process killed = imagej.startPlain(macro, checkpoints + "," + again);
		await("the first checkpoint", () -> Files.exists(checkpoints));
		assertTrue(killed.isAlive(), "it was done too soon");
		killed.destroyForcibly().waitFor();
		assertFalse(Files.exists(again), "it was done too soon");
		assertPrinted("error: ", imagej.plain(macro, checkpoints + "," + again));
		final ImageStack expected = IJ.openImage(whole.toString()).getStack(),
			actual = IJ.openImage(again.toString()).getStack();
		assertEquals(2, expected.size());
		for (int slice = 1; slice <= 2; slice++)
			assertArrayEquals((byte[]) expected.getPixels(slice), (byte[]) actual.getPixels(slice));
	}

	@Test
	void aMapOfAFileIsSaved() throws Exception {
		final String log = imagej.patched("""
			folder = getArgument(); bridge = "io.github.deepimageprior.host.Bridge";
			newImage("ramp", "8-bit ramp", 40, 40, 1); saveAs("PNG", folder + "/ramp");
			print("saliency: <" + call(bridge + ".callOnFile", "MIG-SG Saliency...",
				folder + "/ramp.png", folder + "/map.tif", "random_baselines=1 intervals=2") + ">");
			open(folder + "/map.tif"); print("map: " + bitDepth());
			print("attack: " + call(bridge + ".call", "Generate Adversary...", "epsilon=-1"));
			""", folder.toString());
		assertPrinted("saliency: <>", log);
		assertPrinted("map: 32", log);
		assertPrinted("attack: The value of epsilon is -1.0: enter grey levels from 0 to 255.", log);
	}

	@Test
	void theLossCurveIsAnImageForMacros() throws Exception {
		final String log = imagej.patched(DOT + PURIFY.replace("plot_loss=false", "plot_loss=true")
			+ "selectImage(\"Loss of dot\"); print(\"curve: \" + (getWidth() > 100));", "");
		assertPrinted("curve: 1", log);
	}

	@Test
	void batchModeWorksOnTheImageThatIsNamed() throws Exception {
		final String log = imagej
			.patched(
				"setBatchMode(true);" + DOT + "newImage(\"other\", \"16-bit ramp\", 30, 30, 1);"
					+ PURIFY.replace("iterations=5", "input=dot iterations=5") + "print(\"active: \" + getTitle());",
				"");
		assertPrinted("active: dot: purified", log);
	}

	static Stream<Arguments> mistakes() {
		return Stream.of(
			Arguments.of("", "iterations=5",
				"There is no image open: open one, or name an open one with input=[title]."),
			Arguments.of(DOT, "iterations=none", "The value of iterations is 'none': enter a whole number."),
			Arguments.of(DOT, "iterations=5 speed=high", "There is no macro option 'speed': the options are input, "),
			Arguments.of(DOT, "iterations=5 device=[GPU 64]",
				"GPU 64 was requested, but libtorch cannot find it: set the device to auto or CPU."));
	}

	/** @param advice how the one sentence begins */
	@ParameterizedTest(name = "{1}")
	@MethodSource("mistakes")
	void anErrorIsOneSentenceAndEndsTheMacro(final String before, final String options, final String advice)
		throws Exception
	{
		final String log = imagej.patched(before + "run(\"DIP Purify...\", \"" + options + "\"); \nprint(\"went on\");",
			"");
		assertEquals(1, log.lines().filter(line -> line.startsWith("Macro Error: " + advice)).count(), log);
		assertFalse(log.lines().anyMatch("went on"::equals), log);
		assertFalse(log.contains("\tat "), log);
	}

	@Test
	@EnabledOnOs({ OS.LINUX, OS.MAC })
	void aFitThatIsRunningDoesNotCrashTheEndOfTheProcess() throws Exception {
		final Process process = imagej.startPlain("""
			newImage("dot", "8-bit ramp", 240, 200, 1);
			call("io.github.deepimageprior.host.Bridge.call", "DIP Purify...", "iterations=1000000 device=CPU");
			""", "");
		final Path log = folder.resolve("log");
		await("a line about the running fit", () -> {
			try {
				return Files.readString(log).contains("step ");
			}
			catch (final IOException unreadable) {
				return false;
			}
		});
		assertTrue(process.isAlive(), imagej.log());
		process.destroy();
		assertTrue(process.waitFor(1, TimeUnit.MINUTES), "ImageJ did not end");
		assertEquals(143, process.exitValue(), imagej.log()); // the signal, not a crash
	}

	@Test
	void theEngineTellsAboutItselfAndRemembersTheThreads() throws Exception {
		final String first = imagej.patched("run(\"DIP Engine...\", \"threads=3 self_test=true\");", "");
		assertPrinted("Threads on the CPU: 3", first);
		assertPrinted("Problems: none", first);
		assertFalse(first.contains("SLF4J"), first);
		assertTrue(first.lines().anyMatch(line -> line.matches("Self-test: .*CPU: \\d.*")), first);
		final String second = imagej.plain("""
			print("error: " + call("io.github.deepimageprior.host.Bridge.call", "DIP Engine...", "self_test=false"));
			print("bad: " + call("io.github.deepimageprior.host.Bridge.call", "DIP Engine...",
				"libtorch_folder=" + getDirectory("home")));
			""", "");
		assertPrinted("Threads on the CPU: 3", second);
		assertPrinted("error: ", second);
		assertTrue(second.contains("bad: There is no libtorch in "), second);
		assertFalse(second.contains("Self-test"), second);
	}

	@Test
	void plainImageJCanCallWithoutADisplay() throws Exception {
		final String log = imagej.plain("""
			newImage("dot", "8-bit ramp", 24, 20, 1);
			error = call("io.github.deepimageprior.host.Bridge.call", "DIP Purify...",
				"iterations=3 preset=Arch-2 device=CPU");
			print("good: <" + error + "> " + getTitle());
			print("bad: " + call("io.github.deepimageprior.host.Bridge.call", "DIP Purify...", "iterations=0"));
			""", "");
		assertPrinted("good: <> dot: purified", log);
		assertPrinted("bad: The number of iterations is 0: it must be at least 1.", log);
	}

	@Test
	void aFolderIsDoneDespiteFailuresAndFinishedImagesAreSkipped() throws Exception {
		final Path source = Files.createDirectory(folder.resolve("source")), target = folder.resolve("results");
		imagej.patched("""
			folder = getArgument();
			for (i = 0; i < 2; i++) {
				newImage("ramp", "16-bit ramp", 20 + i, 20, 1); saveAs("Tiff", folder + "/ramp" + i);
			}
			newImage("tiny", "8-bit ramp", 4, 4, 1); saveAs("PNG", folder + "/tiny");
			""", source.toString());
		Files.writeString(source.resolve("broken.tif"), "no image");
		final String folders = source + ", " + target + ", ", options = "preset=Arch-2 device=CPU";
		final String first = imagej.patched("Purify_Folder.ijm", folders + "iterations=3 " + options);
		assertTrue(first.contains("2 done, 0 done before, 2 failed."), first);
		assertTrue(failure("broken.tif", first).contains("is not an image that ImageJ can open"), first);
		assertTrue(failure("tiny.png", first).contains("has 4x4 pixels: at least 8x8 are needed."), first);
		assertEquals(List.of("ramp0.tif.purified.tif", "ramp1.tif.purified.tif"), names(target));
		final String second = imagej.plain("Purify_Folder.ijm", folders + "iterations=3 " + options);
		assertTrue(second.contains("0 done, 2 done before, 2 failed."), second);
		final String other = imagej.plain("Purify_Folder.ijm",
			folders + "max_iterations=3 stop=fixed " + options + ", DIP Denoise...");
		assertTrue(other.contains("2 done, 0 done before, 2 failed."), other);
		assertTrue(names(target).contains("ramp0.tif.restored.tif"), other);
	}

	/** @return what the macro says about a file that failed */
	private static String failure(final String file, final String log) {
		return log.lines().dropWhile(line -> !line.endsWith(": " + file)).filter(line -> line.startsWith("  failed: "))
			.findFirst().orElseThrow(() -> new AssertionError("no failure of " + file + " in\n" + log));
	}

	private static List<String> names(final Path folder) throws IOException {
		try (var files = Files.list(folder)) {
			return files.map(file -> file.getFileName().toString()).sorted().toList();
		}
	}
}
