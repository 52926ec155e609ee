package io.github.deepimageprior.host;

import io.github.deepimageprior.ChildProcess;

import java.io.File;
import java.nio.file.Path;
import java.util.List;

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
		final Path imagej = Path.of(System.getProperty("imagej.directory"));
		System.out.println(ChildProcess.run(ChildProcess.java(List.of("-Djava.util.prefs.userRoot=" + folder,
			"-DENGINE_CACHE_DIR=" + folder, "-cp",
			imagej.resolve("ij.jar") + File.pathSeparator + Path.of("target", "test-classes"),
			GuiDriver.class.getName(), imagej.toString(), Path.of("target", "gui").toString(),
			EndlessModelTest.model(folder).toString())).redirectErrorStream(true)));
	}
}
