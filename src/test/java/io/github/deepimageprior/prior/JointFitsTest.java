package io.github.deepimageprior.prior;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.AtOnce;
import io.github.deepimageprior.engine.MemoryOrder;
import io.github.deepimageprior.engine.ParallelRuns;
import io.github.deepimageprior.engine.Precision;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several fits whose steps are taken as one, against each fit alone. */
class JointFitsTest {

	private static final int FITS = 3, WIDTH = 20, HEIGHT = 16;
	private static final FitSettings PLAIN = FitSettings.DEFAULTS.withIterations(6).withDevice("CPU");

	@TempDir
	Path folder;

	/** @return pictures that differ, and so do the losses of their fits */
	private static Observation observation(final int i) {
		final float[] values = FitTest.picture(WIDTH, HEIGHT, 2).values();
		for (int k = 0; k < values.length; k++) values[k] = values[k] / (1 + i) + (k * 7919 % 31) / 300f;
		return Observation.of(new Picture(values, WIDTH, HEIGHT, 2));
	}

	private static float[] mask(final int i) {
		final float[] known = new float[WIDTH * HEIGHT];
		for (int k = 0; k < known.length; k++) known[k] = k * 31 % (3 + i) == 0 ? 0 : 1;
		return known;
	}

	private static Fit fit(final Preset preset, final FitSettings settings, final int i) {
		return new Fit(preset.network(2), settings.withSeed(10 + i));
	}

	private static <T> List<T> joint(final IntFunction<T> fit) {
		return ParallelRuns.run(IntStream.range(0, FITS).mapToObj(i -> (Callable<T>) () -> fit.apply(i)).toList(),
			new AtOnce(1, FITS, false), new Cancellation());
	}

	private static <T> List<T> alone(final IntFunction<T> fit) {
		return IntStream.range(0, FITS).mapToObj(i -> ParallelRuns.here(() -> fit.apply(i))).toList();
	}

	static Stream<Arguments> kinds() {
		final UnaryOperator<FitSettings> same = settings -> settings;
		final IntFunction<Observation> plain = JointFitsTest::observation;
		return Stream.of(Arguments.of("plain", Preset.ARCH_2, same, plain),
			Arguments.of("reflection, five scales", Preset.FAST, same, plain),
			Arguments.of("growing average", Preset.ARCH_2,
				(UnaryOperator<FitSettings>) settings -> settings.withAveraging(Averaging.GROWING), plain),
			Arguments.of("EMV", Preset.ARCH_2,
				(UnaryOperator<FitSettings>) settings -> settings.withRule(StoppingRule.emv(50)), plain),
			Arguments.of("WMV", Preset.ARCH_2,
				(UnaryOperator<FitSettings>) settings -> settings.withRule(StoppingRule.wmv(3, 50)), plain),
			Arguments.of("Langevin", Preset.ARCH_2,
				(UnaryOperator<FitSettings>) settings -> settings.withLangevin(new Langevin(2, 2)), plain),
			Arguments.of("mask", Preset.ARCH_2, same, (IntFunction<Observation>) i -> observation(i).known(mask(i))),
			Arguments.of("factor", Preset.ARCH_2, same,
				(IntFunction<Observation>) i -> observation(i).downsampled(2, Downsampler.AREA)),
			Arguments.of("Poisson noise", Preset.ARCH_2, same, (IntFunction<Observation>) i -> observation(i)
				.counts(new PoissonNoise(List.of(20.0 + i, 30.0), List.of(0.0, 0.5 * i)))));
	}

	/** Rounding differs, and Adam amplifies it from step to step, as GoldenTest says; here its steps are short. */
	@ParameterizedTest(name = "{0}")
	@MethodSource("kinds")
	void eachEqualsTheFitAlone(final String kind, final Preset preset, final UnaryOperator<FitSettings> change,
		final IntFunction<Observation> observed)
	{
		final IntFunction<FitResult> run = i -> fit(preset, change.apply(PLAIN.withLearningRate(1e-4)), i)
			.run(observed.apply(i), null, null, FitListener.NONE, new Cancellation());
		final List<FitResult> expected = alone(run), actual = joint(run);
		for (int i = 0; i < FITS; i++) {
			final FitResult one = expected.get(i), its = actual.get(i);
			assertEquals(PLAIN.iterations(), its.losses().length);
			assertNear(one.losses(), its.losses());
			assertNear(one.variances(), its.variances());
			for (int k = 0; k < one.last().averaged().values().length; k++)
				assertEquals(one.last().averaged().values()[k], its.last().averaged().values()[k], 2e-3);
			assertEquals(one.summary().samples(), its.summary().samples());
		}
		assertTrue(Math.abs(actual.get(0).losses()[0] / actual.get(1).losses()[0] - 1) > 0.02, "pictures differ");
	}

	private static void assertNear(final double[] expected, final double[] actual) {
		for (int step = 0; step < expected.length; step++)
			assertEquals(expected[step], actual[step],
				(step == 0 ? 1e-5 : step == 1 ? 1e-3 : 5e-2) * Math.abs(expected[step]) + 1e-9, "step " + (step + 1));
	}

	/** Adam's first moments begin as a tenth of the gradients. */
	@ParameterizedTest
	@CsvSource({ "CONTIGUOUS, FLOAT32, Arch-2, 1e-8", "CHANNELS_LAST, FLOAT32, Arch-2, 1e-8",
		"CHANNELS_LAST, FLOAT32, Fast, 1e-8", "CONTIGUOUS, BFLOAT16, Arch-2, 0.01",
		"CHANNELS_LAST, BFLOAT16, Arch-2, 0.01" })
	void gradientsEqualThoseAlone(final MemoryOrder order, final Precision precision, final String preset,
		final double tolerance)
	{
		final Hourglass network = Preset.named(preset).network(2).fitting(WIDTH, HEIGHT);
		final FitSettings settings = PLAIN.withPrecision(precision);
		final List<FitState> together = states(network, settings, order), alone = states(network, settings, order);
		final double[][] own = IntStream.range(0, FITS)
			.mapToObj(i -> FitProtocol.own(PLAIN, 50 + i, Double.POSITIVE_INFINITY)).toArray(double[][]::new);
		FitState.run(together, 1, 1, own);
		for (int i = 0; i < FITS; i++) {
			FitState.run(List.of(alone.get(i)), 1, 1, new double[][] { own[i] });
			final float[] expected = alone.get(i).tensors().floats(FitProtocol.State.MOMENTS),
				actual = together.get(i).tensors().floats(FitProtocol.State.MOMENTS);
			double norm = 0, off = 0;
			for (int k = 0; k < network.parameterCount(); k++) {
				norm += (double) expected[k] * expected[k];
				off += Math.pow(expected[k] - actual[k], 2);
			}
			assertTrue(norm > 0 && off < tolerance * norm, off + " of " + norm);
			assertArrayEquals(alone.get(i).output(), together.get(i).output(),
				precision == Precision.FLOAT32 ? 1e-5f : 2e-2f);
		}
		Stream.concat(together.stream(), alone.stream()).forEach(FitState::close);
	}

	@Test
	void fitsOfOneKindDifferInPictureSeedAndLevelOnly() {
		final Hourglass network = Preset.ARCH_2.network(3);
		final List<FitState> same = Stream
			.concat(states(network, PLAIN.withSeed(3), MemoryOrder.CHANNELS_LAST).stream(),
				states(network, PLAIN.withSeed(4), MemoryOrder.CHANNELS_LAST).stream())
			.toList();
		final List<FitState> other = states(network, PLAIN.withRule(StoppingRule.emv(100)), MemoryOrder.CHANNELS_LAST);
		assertEquals(1, same.stream().map(FitState::kind).distinct().count());
		assertNotEquals(same.get(0).kind(), other.get(0).kind());
		Stream.concat(same.stream(), other.stream()).forEach(FitState::close);
	}

	private static List<FitState> states(final Hourglass network, final FitSettings settings, final MemoryOrder order) {
		return IntStream.range(0, FITS).mapToObj(
			i -> FitState.create(network, settings, observation(i), new Initialization(i, null), Device.cpu(), order))
			.toList();
	}

	@Test
	void eachEndsByItsOwnRuleAndTheOthersGoOn() {
		final List<double[]> losses = joint(i -> fit(Preset.ARCH_2, PLAIN, i).run(observation(i).target()).losses());
		final int[] ends = { 2, 5, 3 };
		final IntFunction<FitResult> run = i -> {
			final double level = (losses.get(i)[ends[i] - 1] + losses.get(i)[ends[i] - 2]) / 2;
			return fit(Preset.ARCH_2, PLAIN.withRule(StoppingRule.noiseLevel(level)), i).run(observation(i).target());
		};
		final List<FitResult> ended = joint(run), again = joint(run);
		for (int i = 0; i < FITS; i++) {
			assertEquals(ends[i], ended.get(i).summary().steps());
			assertEquals(StopReason.NOISE_LEVEL, ended.get(i).summary().reason());
			assertArrayEquals(ended.get(i).parameters(), again.get(i).parameters(), "the same bits");
			assertNear(Arrays.copyOf(losses.get(i), ends[i]), ended.get(i).losses());
		}
	}

	/** Each ends at a step of its own, and keeps picture and parameters of an earlier one. */
	@ParameterizedTest
	@ValueSource(ints = { 1, 3 })
	void eachKeepsTheStepThatItsRuleChose(final int patience) {
		final FitSettings settings = PLAIN.withIterations(60).withLearningRate(1e-4)
			.withRule(StoppingRule.wmv(3, patience));
		final IntFunction<FitResult> run = i -> fit(Preset.ARCH_2, settings, i).run(observation(i).target());
		final List<FitResult> expected = alone(run), actual = joint(run);
		for (int i = 0; i < FITS; i++) {
			final FitResult one = expected.get(i), its = actual.get(i);
			assertEquals(StopReason.VARIANCE, its.summary().reason());
			assertEquals(one.summary().steps(), its.summary().steps());
			assertEquals(its.summary().steps() - patience, its.summary().bestStep());
			assertEquals(its.summary().bestStep(), its.best().step());
			assertArrayEquals(one.best().averaged().values(), its.best().averaged().values(), 2e-3f);
			assertArrayEquals(one.parameters(), its.parameters(), 2e-3f);
		}
		assertTrue(actual.stream().map(result -> result.summary().steps()).distinct().count() > 1, "steps differ");
	}

	/** With such a threshold almost every fit returns to its checkpoint, each at a step of its own. */
	@Test
	void eachReturnsToItsOwnCheckpoint() {
		final FitSettings settings = PLAIN.withIterations(260).withRollbackThreshold(1e-6);
		for (final FitResult result : joint(i -> fit(Preset.ARCH_2, settings, i).run(observation(i).target()))) {
			assertEquals(260, result.losses().length);
			assertEquals(3, result.summary().rollbacks());
		}
	}

	@Test
	void aStopKeepsThePictureOfItsFitAndTheOthersGoOn() {
		final List<FitResult> results = joint(i -> {
			final Cancellation own = new Cancellation();
			return fit(Preset.ARCH_2, PLAIN.withIterations(40), i).run(observation(i).target(), stop(own, i == 1, 3),
				own);
		});
		assertEquals(StopReason.STOPPED, results.get(1).summary().reason());
		assertTrue(results.get(1).summary().steps() >= 3 && results.get(1).summary().steps() < 40);
		assertEquals(results.get(1).summary().steps(), results.get(1).last().step());
		for (final int i : new int[] { 0, 2 }) {
			assertEquals(StopReason.ITERATIONS, results.get(i).summary().reason());
			assertEquals(40, results.get(i).losses().length);
		}
	}

	private static FitListener stop(final Cancellation cancellation, final boolean really, final int at) {
		return new FitListener() {

			@Override
			public void progress(final int step, final int iterations, final double loss,
				final Supplier<Picture> averaged)
			{
				if (really && step >= at) cancellation.stop();
			}
		};
	}

	@Test
	void stoppedFitsGoOnAsIfTheyHadNotBeenStopped() {
		final FitSettings settings = PLAIN.withIterations(30).withRule(StoppingRule.emv(100))
			.withSnapshots(List.of(4, 5, 6, 7)); // so that no call takes all steps
		final List<FitResult> whole = joint(i -> fit(Preset.ARCH_2, settings, i).run(observation(i).target()));
		for (final boolean first : new boolean[] { true, false }) {
			final List<FitResult> parts = joint(i -> {
				final Cancellation own = new Cancellation();
				return fit(Preset.ARCH_2, settings, i).run(observation(i), null,
					new Checkpoint(folder.resolve(i + ".dip"), 1000), stop(own, first, 4 + i), own);
			});
			for (int i = 0; i < FITS; i++) {
				assertTrue(Files.exists(folder.resolve(i + ".dip")));
				if (first) assertTrue(parts.get(i).losses().length < 30);
				else assertNear(whole.get(i).losses(), parts.get(i).losses());
			}
		}
	}

	/** Rounding depends on how many take a step, so it is always the same number, and time decides nothing. */
	@ParameterizedTest
	@EnumSource(Precision.class)
	void filledFitsHaveTheSameBitsWhateverIsBesideThem(final Precision precision) {
		final FitSettings settings = PLAIN.withIterations(45).withPrecision(precision).withSnapshots(List.of(7, 30))
			.withRule(StoppingRule.emv(100));
		final IntFunction<Callable<float[]>> fit = i -> () -> {
			final FitResult result = fit(Preset.ARCH_2, settings, i).run(observation(i).target());
			final float[] all = Arrays.copyOf(result.parameters(), result.parameters().length + 90);
			for (int k = 0; k < 45; k++) {
				all[all.length - 1 - k] = (float) result.losses()[k];
				all[all.length - 46 - k] = (float) result.variances()[k];
			}
			return all;
		};
		final List<Callable<float[]>> all = IntStream.range(0, 5).mapToObj(fit).toList();
		final List<Callable<float[]>> backwards = IntStream.range(0, 5).mapToObj(i -> fit.apply(4 - i)).toList();
		final List<float[]> together = ParallelRuns.run(all, new AtOnce(1, 5, false, true), new Cancellation()),
			inTwoLanes = ParallelRuns.run(backwards, new AtOnce(2, 2, false, true), new Cancellation());
		for (int i = 0; i < 5; i++) {
			final float[] alone = ParallelRuns
				.run(List.of(fit.apply(i)), new AtOnce(1, 1, false, true), new Cancellation()).get(0);
			assertArrayEquals(alone, together.get(i));
			assertArrayEquals(alone, inTwoLanes.get(4 - i));
		}
	}

	@Test
	void onlySmallFitsAreOneOnACpu() {
		final Fit small = new Fit(Preset.ARCH_2.network(3), PLAIN), wide = new Fit(Preset.ARCH_1.network(3), PLAIN);
		assertTrue(small.together(32, 32) > 1);
		assertEquals(1, wide.together(32, 32));
		assertEquals(1, wide.together(12, 12));
		assertEquals(1, small.together(256, 256));
		assertEquals(1, small.together(31, 31), "its numbers are no multiple of 16, and rounding depends on the place");
		for (final Preset preset : Preset.values())
			assertTrue(FitMemory.together(preset.network(3), 32, 32, true) >= 64, "on a GPU " + preset);
		assertTrue(FitMemory.together(Preset.FAST.network(3), 224, 224, true) >= 8);
	}
}
