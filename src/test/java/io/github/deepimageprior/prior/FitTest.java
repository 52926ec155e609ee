package io.github.deepimageprior.prior;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.MemoryOrder;
import io.github.deepimageprior.engine.Precision;
import io.github.deepimageprior.engine.Program;
import io.github.deepimageprior.engine.Torch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitTest {

	private static final Hourglass SMALL = Hourglass.uniform(2, 8, 4, 1);
	private static final FitSettings QUICK = FitSettings.DEFAULTS.withIterations(30).withDevice("CPU");

	/** A bright disc off the centre. */
	static Picture picture(final int width, final int height, final int channels) {
		final float[] values = new float[width * height * channels];
		for (int i = 0; i < values.length; i++) {
			final int x = i % width, y = i / width % height;
			values[i] = Math.hypot(x - width / 3.0, y - height / 2.0) < width / 4.0 ? 0.8f : 0.2f;
		}
		return new Picture(values, width, height, channels);
	}

	@Test
	void theLossFallsAndThePictureAppears() {
		final FitResult result = new Fit(Preset.ARCH_2.network(1), QUICK.withIterations(200)).run(picture(40, 32, 1));
		assertEquals(200, result.losses().length);
		assertTrue(result.losses()[199] < result.losses()[0] / 10, "loss " + result.losses()[199]);
		assertTrue(result.last().averagedPsnr() > 15);
		assertEquals("CPU", result.summary().device());
		assertEquals(StopReason.ITERATIONS, result.summary().reason());
		assertEquals(result.last().rawPsnr(), -10 * Math.log10(result.losses()[199]), 1e-9);
	}

	@Test
	void theSameSeedGivesTheSamePictureBitByBit() {
		final Fit fit = new Fit(Preset.ARCH_2.network(3), QUICK);
		final float[] first = fit.run(picture(32, 32, 3)).last().averaged().values();
		assertArrayEquals(first, fit.run(picture(32, 32, 3)).last().averaged().values());
		assertFalse(java.util.Arrays.equals(first,
			new Fit(fit.network(), QUICK.withSeed(1)).run(picture(32, 32, 3)).last().averaged().values()));
	}

	@Test
	void twoFitsAtOnceDoNotDisturbEachOther() {
		final Fit fit = new Fit(SMALL, QUICK);
		final float[] alone = fit.run(picture(24, 24, 1)).last().raw().values();
		final List<CompletableFuture<float[]>> both = List.of(
			CompletableFuture.supplyAsync(() -> fit.run(picture(24, 24, 1)).last().raw().values()),
			CompletableFuture.supplyAsync(() -> fit.run(picture(24, 24, 1)).last().raw().values()));
		for (final CompletableFuture<float[]> one : both) assertArrayEquals(alone, one.join());
	}

	@ParameterizedTest
	@CsvSource({ "0.99, 0", "0.7, 3" })
	void theAverageStartsAtTheFirstOutputAndFollowsItsFormula(final double most, final double growth) {
		final List<Snapshot> snapshots = new ArrayList<>();
		new Fit(SMALL,
			QUICK.withIterations(12).withSnapshots(Steps.parse("every 1", 12))
				.withAveraging(new Averaging(most, growth)))
			.run(picture(16, 16, 1), collect(snapshots), new Cancellation());
		assertEquals(12, snapshots.size());
		final float[] average = snapshots.get(0).raw().values();
		assertArrayEquals(average, snapshots.get(0).averaged().values());
		for (final Snapshot snapshot : snapshots.subList(1, 12)) {
			final float[] raw = snapshot.raw().values();
			final double past = Math.max(0, Math.min(most, 1 - growth / snapshot.step()));
			for (int i = 0; i < raw.length; i++) average[i] = (float) (past * average[i] + (1 - past) * raw[i]);
			assertArrayEquals(average, snapshot.averaged().values(), 1e-6f, "step " + snapshot.step());
		}
	}

	@Test
	void howOftenOneLooksChangesNothing() {
		final float[] once = new Fit(SMALL, QUICK).run(picture(16, 16, 1)).last().averaged().values();
		final List<Snapshot> snapshots = new ArrayList<>();
		final FitResult watched = new Fit(SMALL, QUICK.withSnapshots(Steps.parse("every 1", 30)))
			.run(picture(16, 16, 1), collect(snapshots), new Cancellation());
		assertEquals(30, snapshots.size());
		assertArrayEquals(once, watched.last().averaged().values());
	}

	@ParameterizedTest
	@CsvSource({ "8, 8", "9, 13", "8, 100", "31, 33", "37, 51", "64, 17" })
	void everySizeComesBackInEveryArchitecture(final int width, final int height) {
		final FitSettings two = QUICK.withIterations(2);
		for (final Hourglass.Padding padding : Hourglass.Padding.values())
			for (final Hourglass.Upsampling up : Hourglass.Upsampling.values())
				for (final Hourglass.Downsampling down : Hourglass.Downsampling.values())
					for (final int skip : new int[] { 0, 4 })
					{
						final Hourglass network = Hourglass.uniform(5, 4, skip, 2).with(padding, up, down);
						for (final Hourglass variant : List.of(network, network.withoutPointwise().withKernels(5, 3, 3),
							network.withInput(Hourglass.Input.GRID, 2)))
					{
							final Picture raw = new Fit(variant, two).run(picture(width, height, 2)).last().raw();
							assertArrayEquals(new int[] { width, height, 2 },
								new int[] { raw.width(), raw.height(), raw.channels() }, variant.toString());
						}
					}
	}

	@Test
	void aSmallPictureIsFittedWithFewerScalesAndSaysSo() {
		final FitResult result = new Fit(Preset.FAST.network(1), QUICK.withIterations(1)).run(picture(8, 8, 1));
		assertEquals(2, result.summary().network().scales());
		assertEquals(5, result.summary().requestedScales());
	}

	@Test
	void goingBackBringsBackAllThatChanges() {
		try (FitState state = state(SMALL, 16)) {
			state.run(1, 3, 7, Double.POSITIVE_INFINITY);
			final List<byte[]> saved = bytes(state);
			state.tensors().save();
			final double[] once = state.run(4, 5, 7, Double.POSITIVE_INFINITY).losses();
			state.tensors().rollback();
			final List<byte[]> restored = bytes(state);
			for (int i = 0; i < saved.size(); i++) assertArrayEquals(saved.get(i), restored.get(i));
			assertArrayEquals(once, state.run(4, 5, 7, Double.POSITIVE_INFINITY).losses());
		}
	}

	private static List<byte[]> bytes(final FitState state) {
		return state.tensors().bytes().stream().map(tensor -> {
			final byte[] copy = new byte[tensor.remaining()];
			tensor.get(copy);
			return copy;
		}).toList();
	}

	@Test
	void aHaltFromAnotherThreadEndsACallOfManySteps() throws InterruptedException {
		try (FitState state = state(Preset.ARCH_2.network(1), 48)) {
			final CompletableFuture<double[]> running = CompletableFuture
				.supplyAsync(() -> state.run(1, 10_000_000, 7, Double.POSITIVE_INFINITY).losses());
			Thread.sleep(300); // any moment will do
			state.halt();
			assertTrue(running.join().length > 0);
			assertEquals(1, state.run(1, 100, 7, Double.POSITIVE_INFINITY).losses().length);
		}
	}

	@Test
	void kernelsOfOnePixelHalveTheMapsInBothOrdersOfMemory() {
		final Hourglass network = SMALL.withKernels(1, 3, 1);
		final double[][] losses = new double[2][];
		for (final MemoryOrder order : MemoryOrder.values()) try (FitState state = state(network, 16, order, null)) {
			losses[order.ordinal()] = state.run(1, 3, 7, Double.POSITIVE_INFINITY).losses();
		}
		assertArrayEquals(losses[0], losses[1], 1e-4);
	}

	@Test
	void aSeedGivesTheSameNetworkInBothOrdersOfMemoryAndSoDoWarmParameters() {
		try (FitState last = state(SMALL, 16); FitState contiguous = state(SMALL, 16, MemoryOrder.CONTIGUOUS, null)) {
			assertArrayEquals(last.parameters(), contiguous.parameters());
			last.run(1, 3, 7, Double.POSITIVE_INFINITY);
			try (FitState warm = state(SMALL, 16, MemoryOrder.CONTIGUOUS, last.parameters());
				FitState again = state(SMALL, 16, MemoryOrder.CHANNELS_LAST, last.parameters()))
			{
				assertArrayEquals(last.parameters(), warm.parameters());
				for (final FitState each : List.of(warm, again)) each.run(1, 1, 7, Double.POSITIVE_INFINITY);
				assertArrayEquals(again.output(), warm.output(), 1e-5f);
			}
		}
	}

	private static FitState state(final Hourglass network, final int side) {
		return state(network, side, MemoryOrder.CHANNELS_LAST, null);
	}

	private static FitState state(final Hourglass network, final int side, final MemoryOrder order,
		final float[] warm)
	{
		return FitState.create(network, QUICK, Observation.of(picture(side, side, 1)), new Initialization(0, warm),
			Device.cpu(), order);
	}

	private static float[] latent(final NDManager manager, final MemoryOrder order) {
		return Torch.compute(() -> new Initialization(3, null)
			.latent(new Program(Hourglass.class, "Hourglass", Device.cpu()), manager, SMALL, 64, 48, order)
			.toFloatArray());
	}

	@Test
	void theInputIsUniformUpToATenthAndNoSeedRepeatsAnothers() {
		try (NDManager manager = Torch.manager(Device.cpu())) {
			final float[] latent = latent(manager, MemoryOrder.CHANNELS_LAST);
			assertArrayEquals(latent, latent(manager, MemoryOrder.CONTIGUOUS));
			assertEquals(32 * 64 * 48, latent.length);
			double sum = 0, squares = 0;
			for (final float value : latent) {
				assertTrue(value >= 0 && value < 0.1f);
				sum += value;
				squares += value * value;
			}
			assertEquals(0.05, sum / latent.length, 2e-4);
			assertEquals(0.1 * 0.1 / 3, squares / latent.length, 2e-5);
		}
		final Set<Long> seeds = new HashSet<>();
		for (long seed = 0; seed < 100; seed++)
			for (int attempt = -1; attempt < 4; attempt++)
				assertTrue(seeds.add(new Initialization(seed, null).noiseSeed(attempt)));
	}

	@Test
	void aPictureThatIsNotFiniteEndsWithAdvice() {
		final Picture picture = picture(16, 16, 1);
		picture.values()[3 * 16 + 3] = Float.NaN;
		final Cancellation cancellation = new Cancellation();
		cancellation.stop();
		assertTrue(
			assertThrows(DipException.class, () -> new Fit(SMALL, QUICK).run(picture, FitListener.NONE, cancellation))
				.getMessage().startsWith("The pixel at 3, 3 is NaN in channel 1"));
	}

	/** The square of the largest number is infinite. */
	@Test
	void aFitThatDivergesEndsWithAdvice() {
		final Picture picture = picture(16, 16, 1);
		picture.values()[3 * 16 + 3] = Float.MAX_VALUE;
		assertTrue(assertThrows(DipException.class, () -> new Fit(SMALL, QUICK).run(picture)).getMessage()
			.startsWith("The fit diverged at step 2"));
	}

	@Test
	void aFallOfThePsnrGoesBackToTheCheckpointThreeTimes() {
		// Any fall at all counts, so the input noise alone brings falls.
		final FitResult result = new Fit(SMALL, QUICK.withIterations(260).withRollbackThreshold(1e-6))
			.run(picture(24, 24, 1));
		assertEquals(3, result.summary().rollbacks());
		assertEquals(260, result.losses().length);
		assertEquals(0, new Fit(SMALL, QUICK.withIterations(260)).run(picture(24, 24, 1)).summary().rollbacks());
	}

	@Test
	void stopKeepsWhatThereIs() {
		final Cancellation cancellation = new Cancellation();
		final FitListener stopAtTen = new FitListener() {

			@Override
			public void snapshot(final Snapshot snapshot) {
				cancellation.stop();
			}
		};
		final FitResult result = new Fit(SMALL, QUICK.withSnapshots(List.of(10))).run(picture(16, 16, 1), stopAtTen,
			cancellation);
		assertEquals(StopReason.STOPPED, result.summary().reason());
		assertEquals(10, result.last().step());
		assertEquals(10, result.losses().length);
		assertEquals(10, result.summary().steps());
		assertEquals(30, result.summary().settings().iterations());
	}

	@Test
	void stopFromAnotherThreadEndsARunningCall() throws InterruptedException {
		final Cancellation cancellation = new Cancellation();
		final CompletableFuture<FitResult> running = CompletableFuture
			.supplyAsync(() -> new Fit(Preset.ARCH_2.network(1), QUICK.withIterations(10_000_000))
				.run(picture(48, 48, 1), FitListener.NONE, cancellation));
		Thread.sleep(1500);
		cancellation.stop();
		assertTrue(running.join().last().step() > 0);
	}

	@Test
	void stopBeforeTheStartStillGivesAPicture() {
		final Cancellation cancellation = new Cancellation();
		cancellation.stop();
		assertEquals(1, new Fit(SMALL, QUICK).run(picture(16, 16, 1), FitListener.NONE, cancellation).last().step());
	}

	@Test
	void cancelDiscards() {
		final Cancellation cancellation = new Cancellation();
		cancellation.cancel();
		assertThrows(CancellationException.class,
			() -> new Fit(SMALL, QUICK).run(picture(16, 16, 1), FitListener.NONE, cancellation));
	}

	@Test
	void anInterruptionCancels() {
		Thread.currentThread().interrupt();
		assertThrows(CancellationException.class, () -> new Fit(SMALL, QUICK).run(picture(16, 16, 1)));
		assertFalse(Thread.interrupted());
	}

	@Test
	void brainFloatsWorkToo() {
		final FitResult result = new Fit(SMALL, QUICK.withPrecision(Precision.BFLOAT16)).run(picture(24, 24, 1));
		assertTrue(result.losses()[29] < result.losses()[0]);
		assertEquals(Precision.BFLOAT16, result.summary().settings().precision());
		assertEquals(MemoryOrder.CHANNELS_LAST, result.summary().order());
	}

	/** Where a single column comes out of a strided convolution, oneDNN's kernels for AMX give garbage. */
	@ParameterizedTest
	@CsvSource({ "9, 64", "9, 200", "16, 300" })
	void brainFloatsFitNarrowPicturesLikeFloats(final int width, final int height) {
		final Fit fit = new Fit(Preset.FAST.network(1), QUICK),
			half = new Fit(fit.network(), QUICK.withPrecision(Precision.BFLOAT16));
		final Picture picture = picture(width, height, 1);
		final FitResult first = half.run(picture);
		assertArrayEquals(first.losses(), half.run(picture).losses());
		assertArrayEquals(fit.run(picture).last().averaged().values(), first.last().averaged().values(), 0.2f);
	}

	@Test
	void tooLittleMemoryIsSaidBeforeTheStart() {
		final DipException advice = assertThrows(DipException.class,
			() -> FitMemory.check(Preset.PAPER.network(3), 100_000, 100_000, QUICK, Torch.device("CPU")));
		assertTrue(advice.getMessage()
			.matches("Fitting 100000x100000 pixels with this network needs about \\d+\\.\\d GB of memory, "
				+ "but only \\d+\\.\\d GB of it is free: .*"),
			advice.getMessage());
	}

	@Test
	void badSettingsAreRefused() {
		assertEquals("The number of iterations is 0: it must be at least 1.",
			assertThrows(DipException.class, () -> QUICK.withIterations(0)).getMessage());
		assertThrows(IllegalArgumentException.class, () -> QUICK.withSnapshots(List.of(31)));
		assertThrows(IllegalArgumentException.class, () -> QUICK.withLearningRate(0));
		assertThrows(IllegalArgumentException.class, () -> new Fit(SMALL, QUICK).run(picture(16, 16, 3)));
	}

	private static FitListener collect(final List<Snapshot> snapshots) {
		return new FitListener() {

			@Override
			public void snapshot(final Snapshot snapshot) {
				snapshots.add(snapshot);
			}
		};
	}
}
