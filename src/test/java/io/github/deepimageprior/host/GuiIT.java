package io.github.deepimageprior.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs {@link GuiDriver} in a process of its own, with libtorch still to be unpacked. Needs a display. Screenshots are
 * saved in {@code target/gui}.
 */
@Tag("gui")
class GuiIT {

	@Test
	void aPersonCanUseIt(@TempDir final Path folder) throws Exception {
		final Path imagej = Path.of(System.getProperty("imagej.directory")), log = folder.resolve("log");
		final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
			"-Djava.util.prefs.userRoot=" + folder, "-DENGINE_CACHE_DIR=" + folder, "-cp",
			imagej.resolve("ij.jar") + File.pathSeparator + Path.of("target", "test-classes"),
			GuiDriver.class.getName(), imagej.toString(), Path.of("target", "gui").toString(),
			EndlessModelTest.model(folder).toString()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		assertTrue(process.waitFor(8, TimeUnit.MINUTES), "ImageJ did not end");
		final String said = Files.readString(log);
		assertEquals(0, process.exitValue(), said);
		System.out.println(said);
	}
}
