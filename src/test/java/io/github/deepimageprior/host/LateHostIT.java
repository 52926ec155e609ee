package io.github.deepimageprior.host;

import io.github.deepimageprior.ChildProcess;

import java.io.File;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@link LateHostDriver} in a process of its own, with one class loader for all, as Fiji has. Needs a display. */
@Tag("gui")
class LateHostIT {

	@Test
	void aMacroFindsTheMainResultActive(@TempDir final Path folder) throws Exception {
		final Path imagej = Path.of(System.getProperty("imagej.directory"));
		final String path = String.join(File.pathSeparator, List.of(imagej + "/ij.jar", imagej + "/plugins/*",
			imagej + "/jars/*", Path.of("target", "test-classes").toString()));
		System.out.println(ChildProcess.run(ChildProcess
			.java(List.of("-Djava.util.prefs.userRoot=" + folder, "-cp", path, LateHostDriver.class.getName(),
				imagej.toString(), Path.of("target", "gui").toString()))
			.redirectErrorStream(true)));
	}
}
