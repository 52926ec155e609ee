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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The memory outside the Java heap, as Linux reports it, in a process of its own. */
@EnabledOnOs(OS.LINUX)
class NonLocalMemoryTest {

	@Test
	void theEstimateIsNearTheTruth() throws Exception {
		for (final String line : Resident.run(Trials.class).split("\n")) {
			System.out.println(line);
			final String[] numbers = line.split(" ");
			final double ratio = Double.parseDouble(numbers[2]) / Double.parseDouble(numbers[1]);
			assertTrue(ratio > 0.7 && ratio < 2.5, line);
		}
	}

	/** Prints the size, the MB taken and the MB estimated. */
	static final class Trials {

		public static void main(final String[] arguments) throws IOException {
			Torch.setThreads(1); // quick on a busy machine
			run(24, 1);
			for (final int[] trial : new int[][] { { 128, 1 }, { 256, 1 }, { 128, 3 } }) {
				Files.writeString(Path.of("/proc/self/clear_refs"), "5"); // resets the peak
				final long before = Resident.megabytes("VmRSS");
				run(trial[0], trial[1]);
				System.out.println(trial[0] + "x" + trial[1] + " " + (Resident.megabytes("VmHWM") - before) + " "
					+ NonLocalDenoiser.DEFAULTS.memory(trial[0], trial[0], trial[1]) / 1048576);
			}
		}

		private static void run(final int side, final int channels) {
			final Picture picture = Formula.picture(side, side, channels);
			final NoiseMap noise = NoiseMap.uniform(Collections.nCopies(channels, 0.1));
			new NonLocalDenoiser(129, 4).run(picture, noise, "CPU", NonLocalListener.NONE, new Cancellation());
		}
	}
}
