package io.github.deepimageprior.study;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Resident;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Tag("slow")
@EnabledOnOs(OS.LINUX)
class StudyMemoryTest {

	@Test
	void fiveHundredItemsInOneProcess() throws Exception {
		final String growth = Resident.run(LongRun.class);
		System.out.println("growth of native memory: " + growth + " MB over 300 items");
		assertTrue(Integer.parseInt(growth) < 25, growth);
	}

	/** Prints by how many MB the process grows from the second hundred of 500 items to the last. */
	static final class LongRun {

		public static void main(final String[] arguments) throws Exception {
			final Path folder = Files.createTempDirectory("study");
			final Settings settings = Fixture
				.feature(Fixture.pictures(folder.resolve("data"), 500), folder.resolve("out")).with("count", 500)
				.with("networks", "Arch-2");
			final long[] least = new long[5]; // of each hundred: a group of fits ends at about the same time
			Arrays.fill(least, Long.MAX_VALUE);
			new StudyRun(settings, "", new StudyRun.Listener() {

				private int last;

				@Override
				public void progress(final double fraction, final String text) {
					final int done = Integer.parseInt(text.substring(0, text.indexOf(' ')));
					if (done == last || done == 500) return;
					last = done;
					least[done / 100] = Math.min(least[done / 100], Resident.inUse());
				}
			}).run(new Cancellation());
			System.out.println(least[4] - least[1]);
		}
	}
}
