package io.github.deepimageprior.restore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Formula;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.ParallelRuns;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.prior.FitSettings;
import io.github.deepimageprior.prior.Preset;
import io.github.deepimageprior.prior.StoppingRule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pictures that do not start from their neighbour's network are restored at once. */
class IndependentPicturesTest {

	private static final List<Picture> PICTURES = IntStream.range(0, 5)
		.mapToObj(i -> Formula.degraded(36 + i, 30 + i, 1).part(i, i, 36, 30)).toList();

	private int threads;

	@BeforeEach
	void twoLanes() {
		threads = Torch.threads();
		Torch.setThreads(2);
	}

	@AfterEach
	void asBefore() {
		Torch.setThreads(threads);
	}

	private static RestoreSettings settings(final Preset preset, final int warm) {
		return new RestoreSettings(preset, FitSettings.DEFAULTS.withIterations(20).withDevice("CPU"), true, false,
			RuleSettings.DEFAULTS.with(StoppingRule.Kind.FIXED), Uncertainty.DEFAULTS, Partition.NONE, warm, null);
	}

	private static final Task PRIOR = new Denoise(DenoisingMethod.DEEP_IMAGE_PRIOR), NON_LOCAL = new Denoise();

	/** What happened, and the results. */
	private static class Log implements SeriesListener {

		final List<String> calls = new ArrayList<>();
		final List<Picture> results = new ArrayList<>();
		final List<List<Double>> noise = new ArrayList<>();
		int shown;

		@Override
		public void started(final SeriesPlan plan) {
			calls.add("started, " + plan.parallel() + " at once");
		}

		@Override
		public void progress(final int index, final RestorationProgress now, final Supplier<Picture> picture) {
			assertEquals(results.size(), index, "the first that has not ended");
			assertTrue(index >= shown);
			shown = index;
		}

		@Override
		public void restored(final int index, final RestorationResult result) {
			calls.add("restored " + index);
			results.add(result.picture());
			noise.add(result.noise());
		}

		@Override
		public void notReached(final int index) {
			calls.add("not reached " + index);
		}
	}

	private static Log run(final Task task, final RestoreSettings settings, final Log log,
		final Cancellation cancellation)
	{
		return run(task, settings, PICTURES, log, cancellation);
	}

	private static Log run(final Task task, final RestoreSettings settings, final List<Picture> pictures, final Log log,
		final Cancellation cancellation)
	{
		new SeriesRestorer(task, settings).run(PictureSeries.of(pictures), log, cancellation);
		return log;
	}

	private static float[] alone(final Task task, final RestoreSettings settings, final Picture picture) {
		return ParallelRuns.here(() -> new SeriesRestorer(task, settings).run(picture)).picture().values();
	}

	@Test
	void eachEqualsThePictureAloneAndTheyAreToldInOrder() {
		// Fits of pictures this large do not take joint steps, so that the results are the same bit by bit.
		for (final Task task : List.of(PRIOR, NON_LOCAL)) {
			final RestoreSettings settings = settings(Preset.FAST, 0);
			final Log log = run(task, settings, new Log(), new Cancellation());
			assertEquals(
				List.of("started, 2 at once", "restored 0", "restored 1", "restored 2", "restored 3", "restored 4"),
				log.calls);
			for (int i = 0; i < PICTURES.size(); i++)
				assertArrayEquals(alone(task, settings, PICTURES.get(i)), log.results.get(i).values());
		}
	}

	@Test
	void itIsKnownBeforeHowManyThereAreAtOnce() {
		final PictureSeries series = PictureSeries.of(PICTURES);
		for (final Task task : List.of(PRIOR, NON_LOCAL))
			assertEquals(2, new SeriesRestorer(task, settings(Preset.FAST, 0)).picturesAtOnce(series));
		assertEquals(1, new SeriesRestorer(PRIOR, settings(Preset.FAST, 7)).picturesAtOnce(series), "warm starts");
		assertEquals(1, new SeriesRestorer(PRIOR, settings(Preset.FAST, 0))
			.picturesAtOnce(PictureSeries.of(PICTURES.subList(0, 1))));
	}

	/** The plan knows the size of the pictures only, of which no noise can be estimated. */
	@Test
	void theNoiseIsThatOfEachPicture() {
		final RestoreSettings fixed = settings(Preset.FAST, 0);
		final RestoreSettings settings = new RestoreSettings(fixed.preset(), fixed.fit(), true, false,
			fixed.rule().with(StoppingRule.Kind.NOISE_LEVEL), fixed.uncertainty(), fixed.partition(), 0, null);
		final Log log = run(PRIOR, settings, PICTURES.subList(0, 2), new Log(), new Cancellation());
		assertEquals(List.of("started, 2 at once", "restored 0", "restored 1"), log.calls);
		final double[] noise = log.noise.stream().mapToDouble(levels -> levels.get(0)).toArray();
		assertTrue(noise[0] > 0 && noise[1] > 0 && noise[0] != noise[1]);
	}

	@Test
	void fitsOfSmallPicturesTakeJointSteps() {
		final List<Picture> small = PICTURES.stream().map(picture -> picture.part(0, 0, 20, 16)).toList();
		final RestoreSettings settings = settings(Preset.ARCH_2, 0);
		final Log log = run(PRIOR, settings, small, new Log(), new Cancellation());
		assertEquals("started, 6 at once", log.calls.get(0), "three in each of two lanes");
		for (int i = 0; i < small.size(); i++)
			assertArrayEquals(alone(PRIOR, settings, small.get(i)), log.results.get(i).values(), 1e-2f);
	}

	@Test
	void picturesThatStartWarmWaitForTheirNeighbour() {
		final Log log = run(PRIOR, settings(Preset.FAST, 7), new Log(), new Cancellation());
		assertEquals("started, 1 at once", log.calls.get(0));
		assertEquals(6, log.calls.size());
	}

	@Test
	void aStopBeforeThereIsAResultLeavesOutAll() {
		final Cancellation cancellation = new Cancellation();
		final Log log = run(NON_LOCAL, settings(Preset.FAST, 0), new Log() {

			@Override
			public void started(final SeriesPlan plan) {
				super.started(plan);
				cancellation.stop();
			}
		}, cancellation);
		assertEquals(List.of("not reached 0", "not reached 1", "not reached 2", "not reached 3", "not reached 4"),
			log.calls.subList(1, 6), "the first had begun, but no filter was done");
	}

	@Test
	void afterAnEarlyStopTheFirstIsThere() {
		final Cancellation cancellation = new Cancellation();
		cancellation.stop();
		final Log log = run(PRIOR, settings(Preset.FAST, 0), new Log(), cancellation);
		assertEquals(List.of("restored 0", "not reached 1", "not reached 2", "not reached 3", "not reached 4"),
			log.calls.subList(1, 6));
	}

	@Test
	void aFailureEndsAll() {
		final DipException problem = new DipException("no");
		assertSame(problem, assertThrows(DipException.class, () -> run(NON_LOCAL, settings(Preset.FAST, 0), new Log() {

			@Override
			public void restored(final int index, final RestorationResult result) {
				throw problem;
			}
		}, new Cancellation())));
	}
}
