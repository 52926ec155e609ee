package io.github.deepimageprior.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The packaged plugin in real ImageJ 1.x, without a display, in processes of its own. */
class HostIT {

	private static final Path IMAGEJ = Path.of(System.getProperty("imagej.directory")).toAbsolutePath();
	private static final String PURIFY = "run(\"DIP Purify...\", \"iterations=5 preset=Arch-2 result=averaged seed=3 device=CPU precision=float32 preview=true classifier=none model_file= download=false true_class= curve=false\");";

	@TempDir
	private Path folder;

	/**
	 * Runs a macro in ImageJ with the patches that Fiji uses to do without a display; {@code run} works as in menus.
	 */
	private String patched(final String macro, final String argument) throws Exception {
		return imagej(macro, argument,
			List.of("--add-opens=java.base/java.lang=ALL-UNNAMED",
				"-javaagent:" + IMAGEJ.resolve("headless/ij1-patcher.jar") + "=init"),
			List.of("ij.jar", "headless/*", "plugins/*", "jars/*"));
	}

	/** Runs a macro in ImageJ as it is; {@code call} works. */
	private String plain(final String macro, final String argument) throws Exception {
		return imagej(macro, argument, List.of(), List.of("ij.jar", "plugins/*", "jars/*"));
	}

	private String imagej(final String macro, final String argument, final List<String> options,
		final List<String> jars) throws Exception
	{
		final Process process = start(macro, argument, options, jars);
		assertTrue(process.waitFor(3, TimeUnit.MINUTES), "ImageJ did not end");
		return Files.readString(folder.resolve("log"));
	}

	private Process start(final String macro, final String argument, final List<String> options,
		final List<String> jars) throws Exception
	{
		final Path file = macro.endsWith(".ijm") ? IMAGEJ.resolve("macros").resolve(macro)
			: Files.writeString(folder.resolve("test.ijm"), macro);
		final List<String> command = new ArrayList<>(
			List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Djava.awt.headless=true",
				"-Djava.util.prefs.userRoot=" + folder));
		command.addAll(options);
		command.addAll(
			List.of("-cp", String.join(File.pathSeparator, jars.stream().map(jar -> IMAGEJ + "/" + jar).toList()),
				"ij.ImageJ", "-ijpath", IMAGEJ.toString(), "-batch", file.toString(), argument));
		return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
			.redirectOutput(folder.resolve("log").toFile()).start();
	}

	private static final String DOT = "newImage(\"dot\", \"8-bit black\", 24, 20, 1); makeOval(5, 5, 9, 9); fill(); run(\"Select None\");";

	@Test
	void aRecordedLineRunsWithoutADisplay() throws Exception {
		final String log = patched(
			DOT + PURIFY + "print(getTitle() + \" \" + bitDepth() + \" \" + nImages); selectImage(\"dot: purified\");"
				+ "print(getMetadata(\"Info\"));",
			"");
		assertTrue(log.contains("dot: purified 8 2"), log);
		assertTrue(log.contains("Steps: 5 of 5"), log);
	}

	@Test
	void twoProcessesGiveTheSamePictureBitByBit() throws Exception {
		final String macro = "run(\"DIP Sample Image\"); run(\"32-bit\"); makeRectangle(10, 10, 64, 48);"
			+ PURIFY.replace("Arch-2", "Fast").replace("iterations=5", "iterations=20").replace("averaged", "raw")
			+ "saveAs(\"Raw Data\", getArgument());";
		patched(macro, folder.resolve("a.raw").toString());
		patched(macro, folder.resolve("b.raw").toString());
		assertEquals(4 * 192 * 192, Files.size(folder.resolve("a.raw")));
		assertArrayEquals(Files.readAllBytes(folder.resolve("a.raw")), Files.readAllBytes(folder.resolve("b.raw")));
	}

	@Test
	void theIterationStackIsLabelledAndItsTableFilled() throws Exception {
		final String log = patched(DOT
			+ "run(\"DIP Iteration Stack...\", \"iterations=4 preset=Arch-2 device=CPU steps=[1, 2..4 every 2] original=true table=true\");"
			+ "print(getTitle() + \" \" + nSlices + \" \" + getInfo(\"slice.label\")); setSlice(4); print(getInfo(\"slice.label\"));"
			+ "print(\"rows \" + nResults + \" step \" + getResult(\"Step\", 2));", "");
		assertTrue(log.contains("dot: iterations 4 original"), log);
		assertTrue(log.contains("iteration 4, "), log);
		assertTrue(log.contains("rows 3 step 4"), log);
	}

	@Test
	void aMacroFoolsExplainsAndRepairs() throws Exception {
		final String log = patched("setBatchMode(true); run(\"DIP Sample Image\"); run(\"DIP Classify...\", \"top=2\");"
			+ "print(getResultString(\"Name\", 0) + \" of \" + nResults);"
			+ "run(\"Generate Adversary...\", \"attack=FGSM epsilon=4 perturbation=true comparison=true\"); print(getTitle() + \" \" + nImages);"
			+ "rename(\"fooled\"); run(\"MIG-SG Saliency...\", \"input=fooled target_class=espresso trials=1 intervals=2 overlay=true\");"
			+ "print(getTitle() + \" \" + bitDepth()); run(\"Compare Saliency Methods...\", \"input=fooled trials=1 intervals=2\"); print(getTitle());"
			+ "run(\"DIP Iteration Stack...\", \"input=fooled iterations=4 steps=[2, 4] preset=Arch-2 classifier=EfficientNet-Lite0 true_class=espresso\");"
			+ "print(getInfo(\"slice.label\")); selectImage(\"Confidence of fooled\"); Plot.getValues(x, y); print(\"steps \" + x[0] + \" \" + x[1]);",
			"");
		for (final String said : List.of("espresso of 2", "coffee: adversary 4", "fooled: MIG-SG 32",
			"fooled: saliency methods", "original, ", "steps 2 4")) assertTrue(log.contains(said), said + " in " + log);
	}

	@Test
	void aMacroRestoresAndComparesWithAReference() throws Exception {
		final String few = "iterations=20 preset=Arch-2 device=CPU stop=fixed";
		final String log = patched("setBatchMode(true);" + DOT
			+ "rename(\"clean\"); run(\"Duplicate...\", \"title=noisy\"); run(\"Add Specified Noise...\", \"standard=25\");"
			+ "run(\"DIP Denoise...\", \"input=noisy " + few
			+ " reference=clean uncertainty=seeds fits=2\"); print(getTitle() + \" \" + nImages + \" \" + (getResult(\"PSNR before\", 0) > 10));"
			+ "selectImage(\"noisy: standard deviation\"); print(bitDepth() + \" bits\"); selectImage(\"noisy\"); makeRectangle(3, 3, 4, 4);"
			+ "run(\"DIP Inpaint...\", \"input=noisy " + few
			+ "\"); print(getTitle()); selectImage(\"noisy\"); run(\"Select None\");"
			+ "run(\"DIP Super-Resolution...\", \"input=noisy factor=2 " + few
			+ "\"); print(getTitle() + \" \" + getWidth());", "");
		for (final String said : List.of("noisy: denoised 4 1", "32 bits", "noisy: inpainted",
			"noisy: super-resolution x2 48")) assertTrue(log.contains(said), said + " in " + log);
	}

	@Test
	@EnabledOnOs({ OS.LINUX, OS.MAC })
	void aKilledRunGoesOnFromItsCheckpoint() throws Exception {
		patched("newImage(\"dot\", \"8-bit ramp\", 40, 40, 2); saveAs(\"Tiff\", getArgument());",
			folder.resolve("dot.tif").toString());
		final String macro = "i = split(getArgument(), \",\"); print(\"<\" + call(\"io.github.deepimageprior.host.Bridge.callOnFile\", \"DIP Denoise...\", \""
			+ folder
			+ "/dot.tif\", i[1], \"iterations=400 preset=Arch-2 device=CPU precision=float32 stop=fixed following=300 checkpoints=\" + i[0]) + \">\");";
		assertTrue(plain(macro, folder.resolve("a") + "," + folder.resolve("whole.tif")).contains("<>"));
		final Process killed = start(macro, folder.resolve("b") + "," + folder.resolve("again.tif"), List.of(),
			List.of("ij.jar", "plugins/*", "jars/*"));
		for (int i = 0; i < 600 && Files.notExists(folder.resolve("b")); i++) Thread.sleep(100);
		Thread.sleep(300); // any moment will do
		killed.destroyForcibly().waitFor();
		assertTrue(plain(macro, folder.resolve("b") + "," + folder.resolve("again.tif")).contains("<>"));
		final ij.ImageStack whole = ij.IJ.openImage(folder.resolve("whole.tif").toString()).getStack(),
			again = ij.IJ.openImage(folder.resolve("again.tif").toString()).getStack();
		assertEquals(2, whole.size());
		for (int slice = 1; slice <= 2; slice++)
			assertArrayEquals((byte[]) whole.getPixels(slice), (byte[]) again.getPixels(slice));
	}

	@Test
	void aMapOfAFileIsSaved() throws Exception {
		final String log = patched(
			"newImage(\"ramp\", \"8-bit ramp\", 40, 40, 1); saveAs(\"PNG\", getArgument() + \"/ramp\");"
				+ "print(\"<\" + call(\"io.github.deepimageprior.host.Bridge.callOnFile\", \"MIG-SG Saliency...\", getArgument() + \"/ramp.png\", getArgument() + \"/map.tif\", \"trials=1 intervals=2\") + \">\");"
				+ "open(getArgument() + \"/map.tif\"); print(bitDepth() + \" bits\");"
				+ "print(call(\"io.github.deepimageprior.host.Bridge.call\", \"Generate Adversary...\", \"epsilon=-1\"));",
			folder.toString());
		assertTrue(log.contains("<>") && log.contains("32 bits"), log);
		assertTrue(log.contains("The value of epsilon is -1.0: write grey levels from 0 to 255."), log);
	}

	@Test
	void theLossCurveIsAnImageForMacros() throws Exception {
		final String log = patched(DOT + PURIFY.replace("curve=false", "curve=true")
			+ "selectImage(\"Loss of dot\"); print(\"curve \" + (getWidth() > 100));", "");
		assertTrue(log.contains("curve 1"), log);
	}

	@Test
	void batchModeWorksOnTheImageThatIsNamed() throws Exception {
		final String log = patched("setBatchMode(true);" + DOT + "newImage(\"other\", \"16-bit ramp\", 30, 30, 1);"
			+ PURIFY.replace("iterations=5", "input=dot iterations=5") + "print(getTitle());", "");
		assertTrue(log.contains("dot: purified"), log);
	}

	@Test
	void anErrorIsOneSentenceAndEndsTheMacro() throws Exception {
		for (final String macro : List.of(PURIFY, DOT + PURIFY.replace("iterations=5", "iterations=none"),
			DOT + PURIFY.replace("CPU", "GPU 9").replace("device=GPU 9", "device=[GPU 9]")))
		{
			final String log = patched(macro + "print(\"went on\");", "");
			assertFalse(log.contains("went on"), log);
			assertFalse(log.contains("\tat "), log);
			assertTrue(
				log.contains("There is no image open: ") || log.contains("is 'none': write a whole number.")
					|| log
						.contains("GPU 9 was asked for, but libtorch sees no GPU here: choose the device auto or CPU."),
				log);
		}
	}

	@Test
	@EnabledOnOs({ OS.LINUX, OS.MAC })
	void aFitThatIsRunningDoesNotCrashTheEndOfTheProcess() throws Exception {
		final Process process = start(
			"newImage(\"dot\", \"8-bit ramp\", 240, 200, 1); call(\"io.github.deepimageprior.host.Bridge.call\", \"DIP Purify...\", \"iterations=1000000 device=CPU\");",
			"", List.of(), List.of("ij.jar", "plugins/*", "jars/*"));
		Thread.sleep(6000); // any moment will do
		assertTrue(process.isAlive(), Files.readString(folder.resolve("log")));
		process.destroy();
		assertTrue(process.waitFor(1, TimeUnit.MINUTES), "ImageJ did not end");
		assertEquals(143, process.exitValue(), Files.readString(folder.resolve("log"))); // the signal, not a crash
	}

	@Test
	void plainImageJCanCallWithoutADisplay() throws Exception {
		final String log = plain("newImage(\"dot\", \"8-bit ramp\", 24, 20, 1);"
			+ "e = call(\"io.github.deepimageprior.host.Bridge.call\", \"DIP Purify...\", \"iterations=3 preset=Arch-2 device=CPU\");"
			+ "print(\"<\" + e + \"> \" + getTitle());"
			+ "print(call(\"io.github.deepimageprior.host.Bridge.call\", \"DIP Purify...\", \"iterations=0\"));", "");
		assertTrue(log.contains("<> dot: purified"), log);
		assertTrue(log.contains("The number of iterations is 0: it must be at least 1."), log);
	}

	@Test
	void aFolderIsDoneDespiteFailuresAndFinishedImagesAreSkipped() throws Exception {
		final Path source = Files.createDirectory(folder.resolve("source")), target = folder.resolve("results");
		patched(
			"for (i = 0; i < 2; i++) { newImage(\"ramp\", \"16-bit ramp\", 20 + i, 20, 1); saveAs(\"Tiff\", getArgument() + \"/ramp\" + i); }"
				+ "newImage(\"tiny\", \"8-bit ramp\", 4, 4, 1); saveAs(\"PNG\", getArgument() + \"/tiny\");",
			source.toString());
		Files.writeString(source.resolve("broken.tif"), "no image");
		final String argument = source + ", " + target + ", iterations=3 preset=Arch-2 device=CPU";
		final String first = patched("Purify_Folder.ijm", argument);
		assertTrue(first.contains("2 done, 0 done before, 2 failed."), first);
		assertTrue(first.contains("has 4x4 pixels: at least 8x8 are needed.")
			&& first.contains("is not an image that ImageJ can open"), first);
		assertEquals(List.of("ramp0.tif.purified.tif", "ramp1.tif.purified.tif"), names(target));
		final String second = plain("Purify_Folder.ijm", argument);
		assertTrue(second.contains("0 done, 2 done before, 2 failed."), second);
		final String other = plain("Purify_Folder.ijm", argument + " stop=fixed, DIP Denoise...");
		assertTrue(other.contains("2 done, 0 done before, 2 failed."), other);
		assertTrue(names(target).contains("ramp0.tif.restored.tif"), other);
	}

	private static List<String> names(final Path folder) throws IOException {
		try (var files = Files.list(folder)) {
			return files.map(file -> file.getFileName().toString()).sorted().toList();
		}
	}
}
