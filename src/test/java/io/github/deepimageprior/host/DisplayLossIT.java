package io.github.deepimageprior.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.github.deepimageprior.ChildProcess;

import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Path;
import java.util.List;

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
		final Process server = ChildProcess
			.start(new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "1024x768x24")
				.redirectError(ProcessBuilder.Redirect.DISCARD));
		try {
			final String display = server.inputReader().readLine();
			final Process imagej = start(":" + display, options);
			try (BufferedReader out = imagej.inputReader()) {
				final StringBuilder said = new StringBuilder();
				String line = out.readLine();
				while (line != null && !line.equals(DisplayLossDriver.RUNNING)) {
					said.append(line).append('\n');
					line = out.readLine();
				}
				assertNotNull(line, said.toString());
				server.destroyForcibly();
				out.lines().forEach(later -> said.append(later).append('\n'));
				assertEquals(LOST, imagej.waitFor(), said.toString());
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
		final ProcessBuilder java = ChildProcess.java(List.of("-Djava.util.prefs.userRoot=" + folder, "-cp",
			imagej.resolve("ij.jar") + File.pathSeparator + Path.of("target", "test-classes").toAbsolutePath(),
			DisplayLossDriver.class.getName(), imagej.toString(), options)).redirectErrorStream(true)
			.directory(folder.toFile());
		java.environment().put("DISPLAY", display);
		return ChildProcess.start(java);
	}
}
