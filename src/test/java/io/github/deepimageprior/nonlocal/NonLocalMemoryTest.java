package io.github.deepimageprior.nonlocal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Formula;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.Resident;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.measure.NoiseMap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;

import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The memory outside the Java heap, as Linux reports it, in a process of its own. */
@EnabledOnOs(OS.LINUX)
class NonLocalMemoryTest {

	/** Each in a process of its own: what an earlier run has left would be taken again, and not be seen. */
	@ParameterizedTest
	@CsvSource({ "128, 1", "256, 1", "128, 3" })
	void theEstimateIsNearTheTruth(final String side, final String channels) throws Exception {
		final String line = Resident.run(Trial.class, side, channels);
		System.out.println(line);
		final String[] numbers = line.split(" ");
		final double ratio = Double.parseDouble(numbers[2]) / Double.parseDouble(numbers[1]);
		assertTrue(ratio > 0.7 && ratio < 2.5, line);
	}

	/** Prints the size, the MB taken and the MB estimated. */
	static final class Trial {

		public static void main(final String[] arguments) throws IOException {
			final int side = Integer.parseInt(arguments[0]), channels = Integer.parseInt(arguments[1]);
			Torch.setThreads(1); // quick on a busy machine
			run(24, 1);
			final long before = Resident.inUse();
			Files.writeString(Path.of("/proc/self/clear_refs"), "5"); // resets the peak
			run(side, channels);
			System.out.println(side + "x" + channels + " " + (Resident.megabytes("VmHWM") - before) + " "
				+ NonLocalDenoiser.DEFAULTS.memory(side, side, channels) / 1048576);
		}

		private static void run(final int side, final int channels) {
			final Picture picture = Formula.picture(side, side, channels);
			final NoiseMap noise = NoiseMap.uniform(Collections.nCopies(channels, 0.1));
			new NonLocalDenoiser(129, 4).run(picture, noise, "CPU", NonLocalListener.NONE, new Cancellation());
		}
	}
}
