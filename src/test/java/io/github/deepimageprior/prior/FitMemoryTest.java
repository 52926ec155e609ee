package io.github.deepimageprior.prior;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.Resident;
import io.github.deepimageprior.engine.Precision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The memory outside the Java heap that a fit uses, as Linux reports it. */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class FitMemoryTest {

	@Test
	void nativeMemoryStaysFlat() throws Exception {
		final String said = Resident.run(LongRun.class);
		final String[] growth = said.split(" ");
		System.out.println("growth of native memory: " + growth[0] + " MB from step 1000 to 5000, " + growth[1]
			+ " MB from fit 20 to 200");
		assertTrue(Integer.parseInt(growth[0]) < 25 && Integer.parseInt(growth[1]) < 50, said);
	}

	/** Prints by how many MB a long fit, and then many short ones, grow. */
	static final class LongRun {

		public static void main(final String[] arguments) {
			final long[] resident = new long[5001];
			final FitListener watch = new FitListener() {

				@Override
				public void progress(final int step, final int of, final double loss,
					final Supplier<Picture> averaged)
				{
					averaged.get();
					resident[step] = Resident.megabytes("VmRSS");
				}
			};
			new Fit(Preset.ARCH_2.network(3),
				FitSettings.DEFAULTS.withIterations(5000).withDevice("CPU")
					.withSnapshots(Steps.parse("every 50", 5000)))
				.run(FitTest.picture(32, 32, 3), watch, new Cancellation());
			final Fit fit = new Fit(Preset.FAST.network(3), Preset.FAST.settings().withIterations(5).withDevice("CPU"));
			long after = 0;
			for (int i = 1; i <= 200; i++) {
				fit.run(FitTest.picture(96, 96, 3));
				if (i == 20) after = Resident.megabytes("VmRSS");
			}
			System.out.println((resident[5000] - resident[1000]) + " " + (Resident.megabytes("VmRSS") - after));
		}
	}

	/** Each in a process of its own: what an earlier one has left would be taken again, and not be seen. */
	@ParameterizedTest
	@CsvSource({ "Paper, 256, FLOAT32", "Paper, 384, BFLOAT16", "Fast, 512, FLOAT32" })
	void theEstimateIsNearTheTruth(final String preset, final String side, final String precision) throws Exception {
		final String line = Resident.run(Trial.class, preset, side, precision);
		System.out.printf("%s %s %s: MB taken and estimated %s%n", preset, side, precision, line);
		final String[] numbers = line.split(" ");
		final double taken = Double.parseDouble(numbers[0]);
		assertEquals(taken, Double.parseDouble(numbers[1]), 0.4 * taken);
	}

	/** Prints the MB taken and the MB estimated. */
	static final class Trial {

		public static void main(final String[] arguments) throws IOException {
			final Preset preset = Preset.named(arguments[0]);
			final int side = Integer.parseInt(arguments[1]);
			final Fit fit = new Fit(preset.network(3),
				preset.settings().withIterations(4).withDevice("CPU").withPrecision(Precision.valueOf(arguments[2])));
			new Fit(Preset.ARCH_2.network(3), fit.settings()).run(FitTest.picture(16, 16, 3)); // loads libtorch
			final long before = Resident.inUse();
			Files.writeString(Path.of("/proc/self/clear_refs"), "5"); // resets the peak
			fit.run(FitTest.picture(side, side, 3));
			System.out.println((Resident.megabytes("VmHWM") - before) + " "
				+ FitMemory.estimate(fit.network(), side, side, fit.settings()) / 1048576);
		}
	}
}
