package io.github.deepimageprior.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Takes the display away from {@link DisplayLossDriver}, on an X server of its own: Xvfb. */
@Tag("gui")
@EnabledOnOs(OS.LINUX)
class DisplayLossIT {

	/** Xlib's exit code when the connection is lost; a process that is aborted has 134. */
	private static final int LOST = 1;

	@TempDir
	Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "iterations=100000", "iterations=100000 preset=Arch-2 preview=true" })
	void theProcessEndsCleanly(final String options) throws Exception {
		final Process server = new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "1024x768x24")
			.redirectError(ProcessBuilder.Redirect.DISCARD).start();
		try {
			final String display = server.inputReader().readLine();
			final Process imagej = start(":" + display, options);
			try (BufferedReader out = imagej.inputReader()) {
				String line = out.readLine();
				while (line != null && !line.equals(DisplayLossDriver.RUNNING)) line = out.readLine();
				assertEquals(DisplayLossDriver.RUNNING, line);
				server.destroyForcibly();
				final String said = out.lines().collect(Collectors.joining("\n"));
				assertTrue(imagej.waitFor(1, TimeUnit.MINUTES), "ImageJ did not end: " + said);
				assertEquals(LOST, imagej.exitValue(), said);
				assertArrayEquals(new String[0],
					folder.toFile().list((dir, name) -> name.startsWith("core") || name.startsWith("hs_err")));
			}
			finally {
				imagej.destroyForcibly();
			}
		}
		finally {
			server.destroyForcibly();
		}
	}

	/** Starts it in the temporary folder, where a core or a report of a crash would lie. */
	private Process start(final String display, final String options) throws Exception {
		final Path imagej = Path.of(System.getProperty("imagej.directory")).toAbsolutePath();
		final ProcessBuilder process = new ProcessBuilder(
			Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Djava.util.prefs.userRoot=" + folder,
			"-cp", imagej.resolve("ij.jar") + File.pathSeparator + Path.of("target", "test-classes").toAbsolutePath(),
			DisplayLossDriver.class.getName(), imagej.toString(), options).redirectErrorStream(true)
			.directory(folder.toFile());
		process.environment().put("DISPLAY", display);
		return process.start();
	}
}
