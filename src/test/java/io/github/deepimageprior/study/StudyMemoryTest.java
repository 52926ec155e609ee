package io.github.deepimageprior.study;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Resident;

import java.nio.file.Files;
import java.nio.file.Path;

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
		System.out.println("growth of native memory: " + growth + " MB from item 100 to 500");
		assertTrue(Integer.parseInt(growth) < 25, growth);
	}

	/** Prints by how many MB the process grows during 400 of 500 items. */
	static final class LongRun {

		public static void main(final String[] arguments) throws Exception {
			final Path folder = Files.createTempDirectory("study");
			final Settings settings = Fixture
				.feature(Fixture.pictures(folder.resolve("data"), 250), folder.resolve("out")).with("count", 250);
			final long[] hundred = new long[1];
			new StudyRun(settings, "", new StudyRun.Listener() {

				@Override
				public void progress(final double fraction, final String text) {
					if (hundred[0] == 0 && text.startsWith("100 of 500")) hundred[0] = Resident.inUse();
				}
			}).run(new Cancellation());
			System.out.println(Resident.inUse() - hundred[0]);
		}
	}
}
