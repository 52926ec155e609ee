package io.github.deepimageprior.restore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Formula;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.measure.NoiseLevel;
import io.github.deepimageprior.measure.NoiseMap;
import io.github.deepimageprior.nonlocal.NonLocalDenoiser;
import io.github.deepimageprior.nonlocal.NonLocalListener;
import io.github.deepimageprior.prior.Averaging;
import io.github.deepimageprior.prior.Downsampler;
import io.github.deepimageprior.prior.FitSettings;
import io.github.deepimageprior.prior.Observation;
import io.github.deepimageprior.prior.Preset;
import io.github.deepimageprior.prior.Recipe;
import io.github.deepimageprior.prior.StopReason;
import io.github.deepimageprior.prior.StoppingRule;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

class SeriesRestorerTest {

	private static final Task PRIOR = new Denoise(DenoisingMethod.DEEP_IMAGE_PRIOR);

	private static final FitSettings QUICK = FitSettings.DEFAULTS.withIterations(20).withDevice("CPU");

	private static RestoreSettings settings(final StoppingRule.Kind rule, final int warm) {
		return new RestoreSettings(Preset.ARCH_2, QUICK, true, false, RuleSettings.DEFAULTS.with(rule),
			Uncertainty.DEFAULTS, Partition.NONE, warm, null);
	}

	/** What a listener was told, in order. */
	private static final class Log implements SeriesListener {

		private final List<String> calls = new ArrayList<>();
		private final List<RestorationResult> results = new ArrayList<>();

		@Override
		public void started(final SeriesPlan plan) {
			calls.add("started");
		}

		@Override
		public void restored(final int index, final RestorationResult result) {
			calls.add("restored " + index);
			results.add(result);
		}

		@Override
		public void unchanged(final int index) {
			calls.add("unchanged " + index);
		}

		@Override
		public void notReached(final int index) {
			calls.add("not reached " + index);
		}
	}

	private static Log run(final Task task, final RestoreSettings settings, final PictureSeries series) {
		final Log log = new Log();
		new SeriesRestorer(task, settings).run(series, log, new Cancellation());
		return log;
	}

	/** Slices 0 and 1 of one frame, slice 2 of another; pixels are missing where a mask says so. */
	private record Masked(Picture picture, float[]... masks) implements PictureSeries {

		Masked(final float[]... masks) {
			this(Formula.picture(20, 16, 1), masks);
		}

		@Override
		public int count() {
			return masks.length;
		}

		@Override
		public Picture read(final int index) {
			return picture;
		}

		@Override
		public float[] known(final int index) {
			return masks[index];
		}

		@Override
		public boolean follows(final int index) {
			return index == 1;
		}

		@Override
		public String checkpointName(final int index) {
			return "masked" + index;
		}
	}

	private static float[] known(final int from) {
		return known(Formula.picture(20, 16, 1), from);
	}

	/** @param from column from which on pixels are missing */
	private static float[] known(final Picture picture, final int from) {
		final float[] known = new float[picture.width() * picture.height()];
		for (int i = 0; i < known.length; i++) known[i] = i % picture.width() < from ? 1 : 0;
		return known;
	}

	/** Alone, in a series of pictures that are fitted at once, and in a tile. */
	@Test
	void aFitThatDivergesIsNamed() {
		final Picture good = Formula.picture(40, 36, 1), bad = good.with(good.values().clone());
		bad.values()[good.values().length - 1] = Float.MAX_VALUE; // its square is infinite
		final RestoreSettings plain = settings(StoppingRule.Kind.FIXED, 0);
		final String end = " diverged at step 2: try another seed, or precision float32.";
		assertEquals("The fit" + end, diverged(plain, PictureSeries.of(List.of(bad))));
		assertEquals("The fit of picture 2" + end, diverged(plain, PictureSeries.of(List.of(good, bad, good))));
		final RestoreSettings tiled = new RestoreSettings(Preset.ARCH_2, QUICK, true, false,
			RuleSettings.DEFAULTS.with(StoppingRule.Kind.FIXED), Uncertainty.DEFAULTS, new Partition(false, 32, 8), 0,
			null);
		assertEquals("The fit of the tile at 8, 4 of picture 1" + end,
			diverged(tiled, PictureSeries.of(List.of(bad, good))));
	}

	private static String diverged(final RestoreSettings settings, final PictureSeries series) {
		return assertThrows(DipException.class, () -> run(PRIOR, settings, series)).getMessage();
	}

	/** Whatever the task and the method; a missing pixel may have any value. */
	@Test
	void anObservedValueThatIsNotFiniteIsFoundBeforeTheWork() {
		final Picture good = Formula.picture(20, 16, 2), bad = good.with(good.values().clone());
		bad.values()[320 + 5 * 20 + 7] = Float.NaN;
		final RestoreSettings plain = settings(StoppingRule.Kind.FIXED, 0);
		final String end = " is NaN in channel 2: give it a finite value, or mark it as missing.";
		for (final Task task : List.of(PRIOR, new Denoise(), new Enlarge(2, Downsampler.AREA, false)))
			assertEquals("The pixel at 7, 5" + end, assertThrows(DipException.class,
				() -> new SeriesRestorer(task, plain).run(bad)).getMessage());
		assertEquals("The pixel at 7, 5 of picture 1" + end, assertThrows(DipException.class,
			() -> run(new Denoise(), plain, PictureSeries.of(List.of(bad, good)))).getMessage());
		final SeriesRestorer restorer = new SeriesRestorer(new Inpaint(true), plain);
		final float[] known = known(good, 12);
		assertTrue(assertThrows(DipException.class, () -> restorer.run(bad, known)).getMessage().endsWith(end));
		known[5 * 20 + 7] = 0;
		final RestorationResult painted = restorer.run(bad, known);
		for (final float value : painted.picture().values()) assertTrue(Float.isFinite(value));
		assertArrayEquals(restorer.run(good, known).picture().values(), painted.picture().values());
	}

	@Test
	void aDenoisedPictureIsThatOfItsRestoration() {
		final Picture picture = Formula.degraded(24, 20, 3);
		final RestorationResult denoised = new SeriesRestorer(PRIOR, settings(StoppingRule.Kind.FIXED, 0)).run(picture);
		final Restoration same = new Restoration(Preset.ARCH_2::network, QUICK.withAveraging(Averaging.GROWING), true,
			Partition.NONE, 1, null, false);
		assertArrayEquals(
			same.run(Observation.of(picture), "same", List.of(), false, RestorationListener.NONE, new Cancellation())
				.picture().values(),
			denoised.picture().values());
		assertEquals(StopReason.ITERATIONS, denoised.summaries().get(0).reason());
		assertEquals(20, denoised.summaries().get(0).steps());
	}

	@Test
	void onlyAPictureThatFollowsItsNeighbourStartsWarm() {
		final Log log = run(new Inpaint(false), settings(StoppingRule.Kind.FIXED, 7),
			new Masked(known(15), known(15), known(15)));
		assertEquals(List.of("started", "restored 0", "restored 1", "restored 2"), log.calls);
		assertEquals(List.of(20, 7, 20),
			log.results.stream().map(result -> result.summaries().get(0).steps()).toList());
		assertArrayEquals(log.results.get(0).picture().values(), log.results.get(2).picture().values());
	}

	@Test
	void inpaintingKeepsKnownPixelsAndLeavesWholePicturesAlone() {
		final Log log = run(new Inpaint(true), settings(StoppingRule.Kind.FIXED, 0),
			new Masked(known(20), known(12), null));
		assertTrue(log.calls.remove("started"));
		assertEquals(List.of("unchanged 0", "restored 1", "unchanged 2"), log.calls);
		final float[] before = Formula.picture(20, 16, 1).values(), after = log.results.get(0).picture().values();
		int painted = 0;
		for (int i = 0; i < after.length; i++) {
			if (i % 20 < 12) assertEquals(before[i], after[i]);
			else if (before[i] != after[i]) painted++;
		}
		assertEquals(16 * 8, painted);
	}

	@Test
	void aSinglePictureIsInpaintedByItsMask() {
		final SeriesRestorer restorer = new SeriesRestorer(new Inpaint(true), settings(StoppingRule.Kind.FIXED, 0));
		final Picture picture = Formula.picture(20, 16, 1);
		final float[] painted = restorer.run(picture, known(12)).picture().values();
		for (int i = 0; i < painted.length; i++) if (i % 20 < 12) assertEquals(picture.values()[i], painted[i]);
		final RestorationResult whole = restorer.run(picture.image());
		assertArrayEquals(picture.values(), whole.picture().values());
		assertTrue(whole.isComplete() && whole.summaries().isEmpty());
	}

	private static RestoreSettings tiled(final int warm) {
		final RestoreSettings all = settings(StoppingRule.Kind.FIXED, warm);
		return new RestoreSettings(all.preset(), all.fit(), true, false, all.rule(), all.uncertainty(),
			new Partition(false, 32, 4), warm, null);
	}

	/** Of three tiles, the last lacks pixels. */
	@Test
	void tilesThatLackNothingAreNotFitted() {
		final Picture picture = Formula.picture(80, 20, 1);
		final float[] known = known(picture, 70);
		final double[] work = new double[2];
		final RestorationResult[] results = new RestorationResult[2];
		for (int keep = 0; keep < 2; keep++) {
			final int kept = keep;
			new SeriesRestorer(new Inpaint(keep == 1), tiled(7)).run(PictureSeries.of(picture, known),
				new SeriesListener() {

					@Override
					public void started(final SeriesPlan plan) {
						work[kept] = plan.work();
					}

					@Override
					public void restored(final int index, final RestorationResult result) {
						results[kept] = result;
					}
				}, new Cancellation());
		}
		assertEquals(List.of(3, 1), List.of(results[0].summaries().size(), results[1].summaries().size()));
		assertEquals(work[0] / 3, work[1]);
		assertTrue(results[1].isComplete());
		final float[] free = results[0].picture().values(), kept = results[1].picture().values();
		for (int i = 0; i < known.length; i++)
			if (known[i] > 0) assertEquals(picture.values()[i], kept[i]);
			else assertEquals(free[i], kept[i], 0.05, "the tile alone, on all cores");
	}

	@Test
	void aTileWithoutKnownPixelsIsFoundBeforeTheFirstFit() {
		final Picture picture = Formula.picture(80, 20, 1);
		final PictureSeries series = new Masked(picture, known(picture, 70), known(picture, 20));
		final Log log = new Log();
		assertEquals("No pixel is known in the tile at 24, 0 of picture 2: use larger tiles.",
			assertThrows(DipException.class,
				() -> new SeriesRestorer(new Inpaint(true), tiled(7)).run(series, log, new Cancellation()))
				.getMessage());
		assertEquals(List.of(), log.calls);
	}

	private static RestorationResult filtered(final Picture picture, final float[] known, final boolean oneByOne) {
		final RestoreSettings all = settings(StoppingRule.Kind.FIXED, 0);
		return new SeriesRestorer(new Denoise(DenoisingMethod.NON_LOCAL, null), new RestoreSettings(all.preset(),
			all.fit(), true, false, all.rule(), Uncertainty.DEFAULTS, new Partition(oneByOne, 0, 0), 0, null))
			.run(picture, known);
	}

	private static double error(final Picture found, final Picture clean) {
		double squares = 0;
		for (int i = 0; i < clean.values().length; i++) squares += Math.pow(found.values()[i] - clean.values()[i], 2);
		return Math.sqrt(squares / clean.values().length);
	}

	/** A pixel without a value, one with any value, and a hole. */
	@Test
	void nonLocalFilteringPaintsOverUnknownPixels() {
		final Picture clean = Formula.picture(48, 40, 2);
		final float[] values = clean.values().clone(), known = new float[48 * 40];
		final Random random = new Random(3);
		for (int i = 0; i < values.length; i++) values[i] += (float) (0.05 * random.nextGaussian());
		for (int i = 0; i < known.length; i++) known[i] = Math.hypot(i % 48 - 30, i / 48 - 20) < 3 ? 0 : 1;
		final double before = error(filtered(clean.with(values.clone()), null, false).picture(), clean);
		known[5 * 48 + 7] = known[48 * 40 - 1] = 0;
		for (int i = 0; i < values.length; i++) if (known[i % known.length] == 0) values[i] = Float.NaN;
		values[5 * 48 + 7] = 5;
		final double error = error(filtered(clean.with(values), known, false).picture(), clean);
		assertTrue(error < 1.2 * before, error + " and " + before);
		final float[] most = new float[48 * 40];
		most[3] = 1;
		assertTrue(assertThrows(DipException.class, () -> filtered(clean, most, false)).getMessage()
			.startsWith("Most pixels of the picture are unknown"));
	}

	/** The noise rises in one channel and falls in the other; together they share what is between. */
	@Test
	void channelsThatAreDenoisedOneByOneHaveNoiseOfTheirOwn() {
		final Picture clean = Formula.picture(96, 48, 2);
		final float[] values = clean.values().clone();
		final Random random = new Random(3);
		final int area = 96 * 48;
		for (int i = 0; i < values.length; i++) {
			final int x = i < area ? i % 96 : 95 - i % 96;
			values[i] += (float) (0.03 * Math.pow(6, x / 95.0) * random.nextGaussian());
		}
		final Picture noisy = clean.with(values);
		final RestorationResult both = filtered(noisy, null, true);
		for (int c = 0; c < 2; c++) {
			final RestorationResult alone = filtered(noisy.channels(c, 1), null, false);
			assertArrayEquals(alone.picture().values(), both.picture().channels(c, 1).values());
			assertEquals(alone.noise().get(0), both.noise().get(c));
		}
		final NonLocalSummary shared = filtered(noisy, null, false).nonLocal(), own = both.nonLocal();
		assertTrue(own.greatest() / own.least() > 1.3 * shared.greatest() / shared.least(), own + " and " + shared);
	}

	@Test
	void anEnlargedPictureAgreesWithTheGivenOne() {
		final Picture small = Formula.picture(12, 10, 1);
		final Enlarge task = new Enlarge(2, Downsampler.AREA, true);
		final Picture large = new SeriesRestorer(task, settings(StoppingRule.Kind.FIXED, 0)).run(small).picture();
		assertEquals(24, large.width());
		final float[] again = Downsampler.AREA.apply(large, 2).values();
		for (int i = 0; i < again.length; i++) assertEquals(small.values()[i], again[i], 0.02);
	}

	@Test
	void aStopKeepsTheFirstPictureAndACancelNothing() {
		final Cancellation cancellation = new Cancellation();
		cancellation.stop();
		final Log log = new Log();
		final SeriesRestorer restorer = new SeriesRestorer(PRIOR, settings(StoppingRule.Kind.FIXED, 0));
		final PictureSeries three = PictureSeries
			.of(List.of(Formula.picture(16, 16, 1), Formula.picture(16, 16, 1), Formula.picture(16, 16, 1)));
		restorer.run(three, log, cancellation);
		assertEquals(List.of("started", "restored 0", "not reached 1", "not reached 2"), log.calls);
		assertEquals(StopReason.STOPPED, log.results.get(0).summaries().get(0).reason());
		cancellation.cancel();
		assertThrows(CancellationException.class, () -> restorer.run(three, log, cancellation));
	}

	@Test
	void theEstimatedNoiseIsPartOfTheResult() {
		final Picture picture = Formula.degraded(40, 30, 2);
		final RestorationResult result = new SeriesRestorer(PRIOR, settings(StoppingRule.Kind.NOISE_LEVEL, 0))
			.run(picture);
		final double[] expected = NoiseLevel.estimate(picture);
		for (int c = 0; c < 2; c++) assertEquals(expected[c], result.noise().get(c), 1e-9);
		assertTrue(new SeriesRestorer(PRIOR, settings(StoppingRule.Kind.EMV, 0)).run(picture).noise().isEmpty());
	}

	@Test
	void aResultThatContradictsTheNoiseIsRecognised() {
		final Picture picture = Formula.picture(20, 20, 1);
		final Random random = new Random(2);
		for (int i = 0; i < picture.values().length; i++) picture.values()[i] += 0.1 * random.nextGaussian();
		final SeriesRestorer restorer = new SeriesRestorer(PRIOR, settings(StoppingRule.Kind.FIXED, 0));
		assertTrue(residual(restorer, picture, 2).lacksDetail());
		assertTrue(residual(restorer, picture, 1500).containsNoise());
		final Residual white = residual(new SeriesRestorer(PRIOR, settings(StoppingRule.Kind.EMV, 0)), picture, 1500);
		assertTrue(!white.containsNoise() && !white.lacksDetail(), white.toString());
		assertNull(
			new SeriesRestorer(new Enlarge(2, Downsampler.AREA, false), restorer.settings()).run(picture).residual());
	}

	private static Residual residual(final SeriesRestorer restorer, final Picture picture, final int iterations) {
		return new SeriesRestorer(restorer.task(),
			restorer.settings().withFit(QUICK.withIterations(iterations).withInputNoise(0))).run(picture).residual();
	}

	@Test
	void nonLocalFilteringGivesTheNoiseItEstimated() {
		final Picture picture = Formula.degraded(40, 30, 2);
		final Task task = new Denoise(DenoisingMethod.NON_LOCAL);
		final RestoreSettings settings = settings(StoppingRule.Kind.EMV, 200);
		final RestorationResult result = new SeriesRestorer(task, settings).run(picture);
		final NoiseMap expected = NoiseMap.estimate(picture);
		assertEquals(expected.levels(), result.noise());
		assertEquals(expected.range()[1], result.nonLocal().greatest());
		assertEquals("CPU", result.nonLocal().device());
		assertTrue(result.isComplete() && result.summaries().isEmpty());
		assertArrayEquals(
			NonLocalDenoiser.DEFAULTS.run(picture, expected, "CPU", NonLocalListener.NONE, new Cancellation()).values(),
			result.picture().values());
		// The recipe of Ulyanov et al. is one of the prior.
		final RestoreSettings published = new RestoreSettings(Preset.ARCH_2, QUICK, true, true, RuleSettings.DEFAULTS,
			Uncertainty.DEFAULTS, Partition.NONE, 200, null);
		assertTrue(published.restorer(task, Observation.of(picture), false) instanceof Restoration);
	}

	@Test
	void progressCountsPartsAndFits() {
		final List<RestorationProgress> seen = new ArrayList<>();
		final RestoreSettings two = new RestoreSettings(Preset.ARCH_2, QUICK, true, false,
			RuleSettings.DEFAULTS.with(StoppingRule.Kind.FIXED),
			new Uncertainty(Uncertainty.Kind.ENSEMBLE, 2, 2, Uncertainty.DEFAULTS.langevin()),
			new Partition(true, 0, 0), 0, null);
		new SeriesRestorer(PRIOR, two).run(PictureSeries.of(List.of(Formula.picture(16, 16, 2))), new SeriesListener() {

			@Override
			public void restored(final int index, final RestorationResult result) {
				assertEquals(4, result.summaries().size());
				assertEquals(2, result.parts());
			}

			@Override
			public void progress(final int index, final RestorationProgress progress, final Supplier<Picture> picture) {
				seen.add(progress);
			}
		}, new Cancellation());
		assertTrue(seen.stream()
			.allMatch(now -> now.part() >= 1 && now.part() <= 2 && now.parts() == 2 && now.fit() >= 1 && now.fit() <= 2
				&& now.fits() == 2 && now.steps() == 20 && now.fraction() > 0 && now.fraction() <= 1));
		assertEquals(1, seen.get(seen.size() - 1).fraction(), 1e-9);
	}

	@Test
	void aRecipeTakesThePlaceOfNetworkIterationsAndRule() {
		final RestoreSettings published = new RestoreSettings(Preset.ARCH_2, QUICK, true, true, RuleSettings.DEFAULTS,
			Uncertainty.DEFAULTS, Partition.NONE, 200, null);
		final Restoration restoration = published.restoration(new Inpaint(true),
			Observation.of(Formula.picture(16, 16, 1)), false);
		assertEquals(Recipe.INPAINT.iterations(), restoration.settings().iterations());
		assertEquals(StoppingRule.FIXED, restoration.settings().rule());
		assertEquals(Recipe.INPAINT.network(1), restoration.network().apply(1));
		assertEquals(Recipe.INPAINT.averaged(), restoration.averaged());
	}

	@Test
	void largePicturesAreTiledAndSmallOnesAreNot() {
		final Partition automatic = new Partition(false, 0, 32);
		assertEquals(1, automatic.resolved(blank(1024, 1024, 1)).tiles(blank(1024, 1024, 1)).count());
		assertEquals(9, automatic.resolved(blank(1100, 1100, 1)).tiles(blank(1100, 1100, 1)).count());
		// A quarter of the side for a result four times as large.
		assertEquals(128, automatic.resolved(blank(300, 300, 4)).tile());
		assertEquals(0, new Partition(false, 300, 32).resolved(blank(300, 200, 1)).tile());
		assertEquals(64, new Partition(false, 64, 8).resolved(blank(300, 200, 1)).tile());
	}

	private static Observation blank(final int width, final int height, final int factor) {
		final Observation whole = Observation.of(new Picture(new float[width * height], width, height, 1));
		return factor == 1 ? whole : whole.downsampled(factor, Downsampler.AREA);
	}

	@Test
	void theWorkIsKnownBeforeThereIsAPicture() {
		final Task prior = new Denoise(DenoisingMethod.DEEP_IMAGE_PRIOR),
			enlarge = new Enlarge(2, Downsampler.LANCZOS2, true);
		assertEquals(40 * 24 * 3000.0, new SeriesRestorer(prior, prior.defaults()).plan(40, 24, 1, 1).work());
		assertEquals(80 * 48 * 2000.0, new SeriesRestorer(enlarge, enlarge.defaults()).plan(40, 24, 3, 1).work());
		assertEquals(40 * 24, new SeriesRestorer(new Denoise(), prior.defaults()).plan(40, 24, 3, 1).work());
	}

	@Test
	void aPlanNeedsNoPictureHoweverLargeItIs() {
		for (final Task task : List.of(PRIOR, new Denoise(), new Inpaint(true), new Inpaint(false))) {
			final SeriesPlan plan = new SeriesRestorer(task, task.defaults()).plan(60_000, 50_000, 3, 2);
			assertEquals(512, plan.tile().width());
			assertTrue(plan.tiles() > 60_000L * 50_000 / (512 * 512), "tiles: " + plan.tiles());
		}
	}
}
