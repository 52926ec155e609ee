package io.github.deepimageprior.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.ChildProcess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study whose process is killed, as by a power cut, goes on as if nothing had happened. */
@Tag("slow")
class KilledStudyTest {

	private static final int KILLS = 5;

	@TempDir
	private Path folder;

	private static Settings settings(final Path data, final Path output) {
		return Fixture.defence(data, output).with("dip_steps", "100, 200").with("attacks",
			"clean, FGSM 2, FGSM 5, FGSM 10, BI 10, LLCI 10");
	}

	@Test
	void fiveKillsChangeNothing() throws Exception {
		final Path data = Fixture.pictures(folder.resolve("data"), 4), whole = folder.resolve("whole"),
			killed = folder.resolve("killed");
		final Process uninterrupted = start(data, whole);
		final long began = System.nanoTime();
		assertEquals(0, uninterrupted.waitFor());
		final long milliseconds = (System.nanoTime() - began) / 1_000_000;
		final Random random = new Random(7);
		int kills = 0;
		for (int attempt = 0; kills < KILLS && attempt < 50; attempt++) {
			final Process process = start(data, killed);
			if (!process.waitFor(random.nextLong(milliseconds / 4, milliseconds), TimeUnit.MILLISECONDS)) {
				process.destroyForcibly().waitFor();
				kills++;
				continue;
			}
			assertEquals(0, process.exitValue());
			cut(killed.resolve("rows.csv"), random); // it was done already: it must lose something to go on
		}
		assertEquals(KILLS, kills);
		assertEquals(0, start(data, killed).waitFor());
		assertEquals(Fixture.rows(whole), Fixture.rows(killed));
		assertTrue(Files.exists(killed.resolve("report.html")));
	}

	/** Cuts a file off at a random place. */
	private static void cut(final Path file, final Random random) throws IOException {
		final byte[] all = Files.readAllBytes(file);
		Files.write(file, java.util.Arrays.copyOf(all, random.nextInt(all.length)));
	}

	private static Process start(final Path data, final Path output) throws IOException {
		return ChildProcess.start(ChildProcess.java(Run.class, data.toString(), output.toString()).inheritIO());
	}

	/** What runs there. */
	static final class Run {

		private Run() {}

		public static void main(final String[] arguments) {
			new StudyRun(settings(Path.of(arguments[0]), Path.of(arguments[1])), "", StudyRun.Listener.NONE)
				.run(new Cancellation());
		}
	}
}
