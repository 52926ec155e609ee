package io.github.deepimageprior.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@link LateHostDriver} in a process of its own, with one class loader for all, as Fiji has. Needs a display. */
@Tag("gui")
class LateHostIT {

	@Test
	void aMacroFindsTheMainResultActive(@TempDir final Path folder) throws Exception {
		final Path imagej = Path.of(System.getProperty("imagej.directory")), log = folder.resolve("log");
		final String path = String.join(File.pathSeparator, List.of(imagej + "/ij.jar", imagej + "/plugins/*",
			imagej + "/jars/*", Path.of("target", "test-classes").toString()));
		final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
			"-Djava.util.prefs.userRoot=" + folder, "-cp", path, LateHostDriver.class.getName(), imagej.toString(),
			Path.of("target", "gui").toString()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		assertTrue(process.waitFor(8, TimeUnit.MINUTES), "ImageJ did not end");
		final String said = Files.readString(log);
		assertEquals(0, process.exitValue(), said);
		System.out.println(said);
	}
}
