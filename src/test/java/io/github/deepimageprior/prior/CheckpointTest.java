package io.github.deepimageprior.prior;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.ChildProcess;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.zip.CRC32;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {

	private static final Hourglass SMALL = Hourglass.uniform(2, 8, 4, 1);
	private static final FitSettings SETTINGS = FitSettings.DEFAULTS.withIterations(230).withDevice("CPU")
		.withRule(StoppingRule.emv(1000));

	@TempDir
	Path folder;

	private FitResult run(final Fit fit, final Path file, final FitListener listener, final Cancellation cancellation) {
		return fit.run(Observation.of(FitTest.picture(16, 16, 1)), null, file == null ? null : new Checkpoint(file, 0),
			listener, cancellation);
	}

	/** Cancels a fit at a step, and goes on. */
	private FitResult interrupted(final Fit fit, final Path file, final int step) {
		final Cancellation cancellation = new Cancellation();
		final Fit slow = new Fit(fit.network(), fit.settings());
		assertThrows(CancellationException.class, () -> run(slow, file, new FitListener() {

			@Override
			public void progress(final int done, final int of, final double loss, final Supplier<Picture> averaged) {
				if (done >= step) cancellation.cancel();
			}
		}, cancellation));
		assertTrue(Files.exists(file));
		return run(fit, file, FitListener.NONE, new Cancellation());
	}

	private static void assertSame(final FitResult expected, final FitResult actual) {
		assertArrayEquals(expected.losses(), actual.losses());
		assertArrayEquals(expected.variances(), actual.variances());
		assertArrayEquals(expected.picture(true).values(), actual.picture(true).values());
		assertArrayEquals(expected.last().raw().values(), actual.last().raw().values());
		assertArrayEquals(expected.parameters(), actual.parameters());
		assertEquals(expected.summary().reason(), actual.summary().reason());
		assertEquals(expected.summary().bestStep(), actual.summary().bestStep());
		assertEquals(expected.summary().steps(), actual.summary().steps());
		assertEquals(expected.summary().rollbacks(), actual.summary().rollbacks());
	}

	@Test
	void theFolderMayBeALink() throws IOException {
		final Path link = Files.createSymbolicLink(folder.resolve("link"),
			Files.createDirectory(folder.resolve("real")));
		run(new Fit(SMALL, SETTINGS.withIterations(2)), link.resolve("fit.dip"), FitListener.NONE, new Cancellation());
		assertArrayEquals(new String[] { "fit.dip" }, folder.resolve("real").toFile().list());
	}

	@ParameterizedTest
	@ValueSource(strings = { "EMV", "WMV", "Langevin", "restores" })
	void anInterruptedFitGoesOnBitByBit(final String kind) {
		final FitSettings settings = switch (kind) {
			case "WMV" -> SETTINGS.withRule(StoppingRule.wmv(20, 1000));
			case "Langevin" -> SETTINGS.withRule(StoppingRule.FIXED).withLangevin(new Langevin(50, 10));
			case "restores" -> SETTINGS.withRollbackThreshold(1e-6);
			default -> SETTINGS;
		};
		final Fit fit = new Fit(SMALL, settings);
		final FitResult whole = run(fit, null, FitListener.NONE, new Cancellation());
		final FitResult resumed = interrupted(fit, folder.resolve("fit.dip"), 120);
		assertSame(whole, resumed);
		if (resumed.mean() != null) assertArrayEquals(whole.deviation().values(), resumed.deviation().values());
		// At once, from the finished file.
		assertSame(whole, run(fit, folder.resolve("fit.dip"), FitListener.NONE, new Cancellation()));
	}

	@Test
	void theResidualEndsAnInterruptedFitAtTheSameStep() {
		final Fit fit = new Fit(SMALL, SETTINGS.withIterations(1000).withAveraging(new Averaging(0.9, 0))
			.withSnapshots(Steps.parse("every 5", 1000))); // so that no call does more steps
		final Observation noisy = Observation.of(StoppingRuleTest.spot(20, 0.1, false));
		final FitResult whole = fit.run(noisy, null, null, FitListener.NONE, new Cancellation());
		assertEquals(StopReason.RESIDUAL, whole.summary().reason());
		final Checkpoint file = new Checkpoint(folder.resolve("fit.dip"), 0);
		final Cancellation cancellation = new Cancellation();
		final FitListener stops = new FitListener() {

			@Override
			public void progress(final int step, final int iterations, final double loss,
				final Supplier<Picture> averaged)
			{
				if (step > 30) cancellation.stop();
			}
		};
		assertTrue(fit.run(noisy, null, file, stops, cancellation).summary().steps() < whole.summary().steps());
		assertSame(whole, fit.run(noisy, null, file, FitListener.NONE, new Cancellation()));
		assertSame(whole, fit.run(noisy, null, file, FitListener.NONE, new Cancellation()));
	}

	@Test
	void anotherFitsCheckpointIsRefused() {
		final Path file = folder.resolve("new/fit.dip");
		run(new Fit(SMALL, SETTINGS.withIterations(5)), file, FitListener.NONE, new Cancellation());
		final String advice = assertThrows(DipException.class,
			() -> run(new Fit(SMALL, SETTINGS.withIterations(5).withSeed(3)), file, FitListener.NONE,
				new Cancellation()))
			.getMessage();
		assertTrue(advice.contains("belongs to another fit (seed "), advice);
		assertTrue(assertThrows(DipException.class,
			() -> new Fit(SMALL, SETTINGS.withIterations(5)).run(Observation.of(FitTest.picture(17, 16, 1)), null,
				new Checkpoint(file, 0), FitListener.NONE, new Cancellation()))
			.getMessage().contains("(image"));
	}

	@Test
	void aCheckpointOfAnotherVersionIsRefusedAsSuch() throws Exception {
		final Path file = folder.resolve("fit.dip");
		final Fit fit = new Fit(SMALL, SETTINGS.withIterations(5));
		run(fit, file, FitListener.NONE, new Cancellation());
		final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
		bytes.put(Short.BYTES + bytes.getShort(0) - 1, (byte) '2'); // the version is the end of the first text
		writeChecked(file, bytes);
		assertTrue(assertThrows(DipException.class, () -> run(fit, file, FitListener.NONE, new Cancellation()))
			.getMessage().contains("another version"));
	}

	private static void writeChecked(final Path file, final ByteBuffer bytes) throws IOException {
		final CRC32 sum = new CRC32();
		sum.update(bytes.array(), 0, bytes.capacity() - Long.BYTES);
		bytes.putLong(bytes.capacity() - Long.BYTES, sum.getValue());
		Files.write(file, bytes.array());
	}

	/** @return the position of the first number after the texts */
	private static int numbers(final ByteBuffer bytes) {
		int at = Short.BYTES + bytes.getShort(0);
		final int texts = 2 * bytes.getInt(at);
		at += Integer.BYTES;
		for (int i = 0; i < texts; i++) at += Short.BYTES + bytes.getShort(at);
		return at;
	}

	@Test
	void numbersThatCannotBeAreDamageWhateverTheChecksum() throws Exception {
		final Path file = folder.resolve("fit.dip");
		final Fit fit = new Fit(SMALL, SETTINGS.withIterations(105).withRule(StoppingRule.FIXED));
		final Cancellation cancellation = new Cancellation();
		run(fit, file, new FitListener() {

			@Override
			public void progress(final int done, final int of, final double loss, final Supplier<Picture> averaged) {
				if (done >= 100) cancellation.stop();
			}
		}, cancellation);
		final byte[] whole = Files.readAllBytes(file);
		final int numbers = numbers(ByteBuffer.wrap(whole)), losses = ByteBuffer.wrap(whole).getInt(numbers + 8);
		assertTrue(losses >= 100 && losses < 105, "it has a checkpoint in memory, and goes on");
		final int variances = numbers + 12 + 8 * losses, state = variances + 4 + 8 * losses;
		for (final int position : new int[] { Short.BYTES + ByteBuffer.wrap(whole).getShort(0), numbers, numbers + 4,
			numbers + 8, variances, state, state + 4 })
			for (final int number : new int[] { -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 28, losses + 1 })
			{
				final ByteBuffer bytes = ByteBuffer.wrap(whole.clone());
				bytes.putInt(position, number);
				writeChecked(file, bytes);
				final String advice = assertThrows(DipException.class,
					() -> run(fit, file, FitListener.NONE, new Cancellation()), number + " at " + position)
					.getMessage();
				assertTrue(advice.contains("is not a checkpoint, or is damaged"), advice);
			}
		writeChecked(file, ByteBuffer.wrap(Arrays.copyOf(whole, whole.length + 8)));
		assertTrue(assertThrows(DipException.class, () -> run(fit, file, FitListener.NONE, new Cancellation()))
			.getMessage().contains("damaged"), "more than there should be");
	}

	/** Whatever is in the file, there is a sentence or a result. */
	@ParameterizedTest
	@ValueSource(strings = { "EMV", "WMV", "fixed" })
	void aChangedFileIsNeverABug(final String rule) throws Exception {
		final Path file = folder.resolve("fit.dip");
		final Fit fit = new Fit(SMALL, SETTINGS.withIterations(30).withRule(switch (rule) {
			case "EMV" -> StoppingRule.emv(1000);
			case "WMV" -> StoppingRule.wmv(4, 1000);
			default -> StoppingRule.FIXED;
		}));
		run(fit, file, FitListener.NONE, new Cancellation());
		final byte[] whole = Files.readAllBytes(file);
		final SplittableRandom random = new SplittableRandom(7);
		final int head = numbers(ByteBuffer.wrap(whole)) + 1000;
		final double[] garbage = { -1, 1e300, Double.NaN, Double.NEGATIVE_INFINITY, 1e-310, 2.5 };
		for (int i = 0; i < 60; i++) {
			final ByteBuffer bytes = ByteBuffer.wrap(whole.clone());
			final int position = random.nextInt(i % 2 == 0 ? head : whole.length - 16);
			if (i % 3 == 0) bytes.order(ByteOrder.nativeOrder()).putDouble(position, garbage[i % 6]);
			else bytes.putInt(position, random.nextInt());
			writeChecked(file, bytes.order(ByteOrder.BIG_ENDIAN));
			try {
				assertEquals(30, run(fit, file, FitListener.NONE, new Cancellation()).summary().steps());
			}
			catch (final DipException said) {
				assertTrue(said.getMessage().startsWith("The "), said.getMessage());
			}
		}
	}

	/** The stopping rule's own numbers are those of a step that was done. */
	@Test
	void aBestStepThatWasNotDoneIsDamage() throws Exception {
		final Path file = folder.resolve("fit.dip");
		for (final StoppingRule rule : new StoppingRule[] { StoppingRule.emv(1000), StoppingRule.FIXED }) {
			final FitSettings settings = SETTINGS.withIterations(5).withRule(rule);
			final Fit fit = new Fit(SMALL, settings);
			run(fit, file, FitListener.NONE, new Cancellation());
			final byte[] whole = Files.readAllBytes(file);
			final int length = 8 * FitProtocol.RuleState.values().length;
			int at = numbers(ByteBuffer.wrap(whole)) + 2 * (8 + 8 * 5) + 4; // the first tensor
			for (int i = 0; i < FitProtocol.State.RULE_STATE.ordinal(); i++)
				at += 4 + ByteBuffer.wrap(whole).getInt(at);
			assertEquals(length, ByteBuffer.wrap(whole).getInt(at));
			at += 4 + 8 * FitProtocol.RuleState.BEST_STEP.ordinal();
			for (final double step : new double[] { -1, 6, 1e300, Double.NaN }) {
				final ByteBuffer bytes = ByteBuffer.wrap(whole.clone()).order(ByteOrder.nativeOrder());
				bytes.putDouble(at, step);
				writeChecked(file, bytes.order(ByteOrder.BIG_ENDIAN));
				assertTrue(assertThrows(DipException.class, () -> run(fit, file, FitListener.NONE, new Cancellation()))
					.getMessage().contains("damaged"), rule + " " + step);
			}
			Files.delete(file);
		}
	}

	@Test
	void aDamagedFileIsRefused() throws Exception {
		final Path file = folder.resolve("fit.dip");
		final Fit fit = new Fit(SMALL, SETTINGS.withIterations(5));
		run(fit, file, FitListener.NONE, new Cancellation());
		final byte[] whole = Files.readAllBytes(file);
		for (final int length : new int[] { 0, 10, 300, whole.length / 2, whole.length - 1 }) {
			Files.write(file, Arrays.copyOf(whole, length));
			assertTrue(assertThrows(DipException.class, () -> run(fit, file, FitListener.NONE, new Cancellation()))
				.getMessage().contains("damaged"));
		}
		for (final int position : new int[] { 4, whole.length / 2, whole.length - 1 }) {
			final byte[] changed = whole.clone();
			changed[position] ^= 1;
			Files.write(file, changed);
			assertTrue(assertThrows(DipException.class, () -> run(fit, file, FitListener.NONE, new Cancellation()))
				.getMessage().contains("damaged"));
		}
		Files.write(file, Arrays.copyOf(whole, whole.length + 4));
		assertTrue(assertThrows(DipException.class, () -> run(fit, file, FitListener.NONE, new Cancellation()))
			.getMessage().contains("damaged"));
		Files.writeString(file, "Something else that is long enough to look like a file.");
		assertTrue(assertThrows(DipException.class, () -> run(fit, file, FitListener.NONE, new Cancellation()))
			.getMessage().contains("is not a checkpoint"));
	}

	@Test
	void aFolderThatCannotBeWrittenIsSaid() throws Exception {
		final Path notAFolder = Files.createFile(folder.resolve("file"));
		assertTrue(assertThrows(DipException.class,
			() -> run(new Fit(SMALL, SETTINGS.withIterations(5)), notAFolder.resolve("fit.dip"), FitListener.NONE,
				new Cancellation()))
			.getMessage().endsWith(
				"fit.dip' cannot be written: free some disk space, check that you may write there, or choose another "
					+ "folder."));
	}

	@Test
	@Tag("slow")
	void aKilledProcessGoesOnBitByBit() throws Exception {
		final FitResult whole = run(new Fit(SMALL, KILLED), null, FitListener.NONE, new Cancellation());
		final Path file = folder.resolve("fit.dip");
		final SplittableRandom random = new SplittableRandom(4);
		for (int kill = 0; kill < 5; kill++) {
			final Process process = ChildProcess.start(
				ChildProcess.java(Killed.class, file.toString(), String.valueOf(whole.summary().threads()))
					.redirectError(folder.resolve("log").toFile()));
			try (BufferedReader steps = process.inputReader()) {
				final int begun = step(steps), until = begun + 100 + random.nextInt(1000);
				while (step(steps) < until);
				Thread.sleep(random.nextInt(100)); // while it computes, or while it writes
			}
			finally {
				process.destroyForcibly().waitFor();
			}
		}
		assertTrue(Files.exists(file));
		assertSame(whole, run(new Fit(SMALL, KILLED), file, FitListener.NONE, new Cancellation()));
		assertEquals(1, new File(folder.toString()).list((dir, name) -> name.endsWith(".dip")).length);
	}

	private int step(final BufferedReader steps) throws IOException {
		final String step = steps.readLine();
		assertNotNull(step, "it ended before it was killed: " + Files.readString(folder.resolve("log")));
		return Integer.parseInt(step);
	}

	static final FitSettings KILLED = SETTINGS.withIterations(8000).withRule(StoppingRule.emv(8000));

	/** What is killed; prints every step that it reports. */
	static final class Killed {

		public static void main(final String[] arguments) {
			io.github.deepimageprior.engine.Torch.setThreads(Integer.parseInt(arguments[1]));
			new CheckpointTest().run(new Fit(SMALL, KILLED), Path.of(arguments[0]), new FitListener() {

				@Override
				public void progress(final int done, final int of, final double loss,
					final Supplier<Picture> averaged)
				{
					System.out.println(done);
				}
			}, new Cancellation());
		}
	}
}
