package io.github.deepimageprior.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.ChildProcess;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The packaged ImageJ 1.x, which runs macros without a display, each in a process of its own. */
final class HeadlessImageJ {

	/** The one that the build assembles. */
	static final Path IMAGEJ = Path.of(System.getProperty("imagej.directory")).toAbsolutePath();

	private final Path folder, imagej;

	/** @param folder for the macro, the log and ImageJ's preferences; the working directory of the processes */
	HeadlessImageJ(final Path folder) {
		this(folder, IMAGEJ);
	}

	/** @param imagej folder of another ImageJ */
	HeadlessImageJ(final Path folder, final Path imagej) {
		this.folder = folder;
		this.imagej = imagej;
	}

	/**
	 * Runs a macro in ImageJ with the patches that Fiji uses to do without a display; {@code run} works as in menus.
	 */
	String patched(final String macro, final String argument) throws Exception {
		return logOf(start(macro, argument,
			List.of("--add-opens=java.base/java.lang=ALL-UNNAMED",
				"-javaagent:" + IMAGEJ.resolve("headless/ij1-patcher.jar") + "=init"),
			List.of("ij.jar", "headless/*", "plugins/*", "jars/*")));
	}

	/** Runs a macro in ImageJ as it is; {@code call} works. */
	String plain(final String macro, final String argument) throws Exception {
		return logOf(startPlain(macro, argument));
	}

	/** Starts a macro in ImageJ as it is. */
	Process startPlain(final String macro, final String argument) throws Exception {
		return start(macro, argument, List.of(), List.of("ij.jar", "plugins/*", "jars/*"));
	}

	private String logOf(final Process process) throws Exception {
		assertEquals(0, process.waitFor(), log());
		return log();
	}

	/** @return what the last process has printed so far */
	String log() throws IOException {
		return Files.readString(folder.resolve("log"));
	}

	private Process start(final String macro, final String argument, final List<String> options,
		final List<String> jars) throws Exception
	{
		final Path file = macro.endsWith(".ijm") ? imagej.resolve("macros").resolve(macro)
			: Files.writeString(folder.resolve("test.ijm"), macro);
		final List<String> command = new ArrayList<>(
			List.of("-Djava.awt.headless=true", "-Djava.util.prefs.userRoot=" + folder));
		command.addAll(options);
		command.addAll(
			List.of("-cp", String.join(File.pathSeparator, jars.stream().map(jar -> imagej + "/" + jar).toList()),
				"ij.ImageJ", "-ijpath", imagej.toString(), "-batch", file.toString(), argument));
		return ChildProcess.start(ChildProcess.java(command).directory(folder.toFile()).redirectErrorStream(true)
			.redirectOutput(folder.resolve("log").toFile()));
	}

	/** Requires that the macro printed exactly this line. */
	static void assertPrinted(final String line, final String log) {
		assertTrue(log.lines().anyMatch(line::equals), "'" + line + "' is not a line of\n" + log);
	}

	/** Waits for a condition, for at most a minute. */
	static void await(final String what, final BooleanSupplier condition) throws InterruptedException {
		final long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
		while (!condition.getAsBoolean()) {
			assertTrue(System.nanoTime() < end, "waited in vain for " + what);
			Thread.sleep(50);
		}
	}
}
