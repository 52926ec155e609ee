package io.github.deepimageprior.restore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Formula;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.prior.FitSettings;
import io.github.deepimageprior.prior.Observation;
import io.github.deepimageprior.prior.Preset;
import io.github.deepimageprior.prior.StopReason;
import io.github.deepimageprior.prior.StoppingRule;
import io.github.deepimageprior.tile.Tiles;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RestorationTest {

	private static final FitSettings QUICK = FitSettings.DEFAULTS.withIterations(40).withDevice("CPU");

	/** Fits that are taken as one differ from those alone by rounding, which long steps would amplify. */
	private static final FitSettings CALM = QUICK.withLearningRate(1e-4);

	/** @return fits that are not taken as one on a CPU, so that the last tiles wait for the first */
	private static Restoration wide(final Partition partition) {
		return new Restoration(Preset.PAPER::network, QUICK.withIterations(100_000), true, partition, 1, null, false);
	}

	private static Restoration restoration(final FitSettings settings, final Partition partition, final int seeds) {
		return new Restoration(Preset.ARCH_2::network, settings, true, partition, seeds, null, false);
	}

	private static RestorationResult run(final Restoration restoration, final Observation observation) {
		return restoration.run(observation, "test", List.of(), false, RestorationListener.NONE, new Cancellation());
	}

	@Test
	void tilesAreTheSameWhateverRunsBesideThem() {
		final Observation observation = Observation.of(Formula.picture(90, 40, 2));
		final RestorationResult both = run(restoration(CALM, new Partition(true, 40, 8), 1), observation);
		assertEquals(6, both.parts());
		assertTrue(both.isComplete());
		final Picture again = run(restoration(CALM, new Partition(true, 40, 8), 1), observation).picture();
		assertArrayEquals(both.picture().values(), again.values());
		// The second channel by itself, which has the same tiles.
		final Picture alone = run(restoration(CALM, new Partition(false, 40, 8), 1), observation.channel(1)).picture();
		assertArrayEquals(alone.values(), both.picture().channels(1, 1).values(), 1e-3f);
	}

	@Test
	void theOrderInWhichTilesAreDoneChangesNoBit() {
		final Tiles tiles = new Tiles(64, 64, 40, 16);
		final Random random = new Random(4);
		final List<PartResult> parts = tiles.all().stream().map(box -> {
			final float[] values = new float[box.width() * box.height()];
			for (int i = 0; i < values.length; i++) values[i] = random.nextFloat();
			final Picture picture = new Picture(values, box.width(), box.height(), 1);
			return new PartResult(picture, picture, List.of());
		}).toList();
		final List<RestorationResult> all = Stream
			.of(new int[] { 0, 1, 2, 3 }, new int[] { 3, 1, 0, 2 }, new int[] { 2, 3, 1, 0 }).map(order -> {
				final TileAssembler assembler = new TileAssembler(Observation.of(Formula.picture(64, 64, 1)), tiles, 1,
					1, false);
				for (final int part : order) assembler.add(part, parts.get(part));
				return assembler.result();
			}).toList();
		for (final RestorationResult other : all) {
			assertArrayEquals(all.get(0).picture().values(), other.picture().values());
			assertArrayEquals(all.get(0).deviation().values(), other.deviation().values());
		}
	}

	@Test
	void everyChannelEndsAtTheLevelOfItsOwnNoise() {
		// Of several tiles, so that all are fitted on one thread.
		final Observation observation = Observation.of(Formula.picture(90, 40, 2));
		final Picture both = run(
			restoration(QUICK.withRule(StoppingRule.noiseLevel(1, 0)), new Partition(true, 40, 8), 1), observation)
			.picture();
		for (int channel = 0; channel < 2; channel++) {
			final StoppingRule its = StoppingRule.noiseLevel(1 - channel);
			assertArrayEquals(
				run(restoration(QUICK.withRule(its), new Partition(false, 40, 8), 1), observation.channel(channel))
					.picture().values(),
				both.channels(channel, 1).values(), 1e-2f); // other fits share their steps
		}
	}

	@Test
	void seedsGiveMeanAndDeviation() {
		final Observation observation = Observation.of(Formula.picture(24, 20, 1));
		final RestorationResult three = run(restoration(CALM, Partition.NONE, 3), observation);
		final float[] mean = new float[480], squares = new float[480];
		for (int seed = 0; seed < 3; seed++) {
			final float[] one = run(restoration(CALM.withSeed(seed), Partition.NONE, 1), observation).picture()
				.values();
			for (int i = 0; i < 480; i++) {
				mean[i] += one[i] / 3;
				squares[i] += one[i] * one[i] / 3;
			}
		}
		for (int i = 0; i < 480; i++) {
			assertEquals(mean[i], three.picture().values()[i], 2e-3);
			assertEquals(Math.sqrt(Math.max(0, squares[i] - mean[i] * mean[i]) * 1.5), three.deviation().values()[i],
				5e-3);
		}
	}

	@Test
	void aStopLeavesTheRestAsItWasAndACancelNothing() {
		final Observation observation = Observation.of(Formula.picture(200, 33, 1));
		final Cancellation cancellation = new Cancellation();
		final RestorationResult stopped = wide(new Partition(false, 40, 0)).run(observation, "test", List.of(), false,
			(progress, picture) -> cancellation.stop(), cancellation);
		assertFalse(stopped.isComplete());
		assertTrue(stopped.reached() >= 1);
		assertTrue(
			stopped.summaries().stream()
				.allMatch(fit -> fit.reason() == StopReason.STOPPED && fit.steps() >= 1 && fit.steps() < 100_000),
			"every fit was stopped");
		final float[] after = stopped.picture().values();
		for (int y = 0; y < 33; y++)
			assertTrue(Float.isNaN(after[y * 200 + 199]) && Float.isFinite(after[y * 200]),
				"the last tile, and the first");
		final Cancellation cancel = new Cancellation();
		assertThrows(CancellationException.class, () -> wide(new Partition(false, 40, 0)).run(observation, "test",
			List.of(), false, (progress, picture) -> cancel.cancel(), cancel));
	}

	@Test
	void aStopAmidAnEnsembleKeepsAPictureAndItsDeviation() {
		final Observation observation = Observation.of(Formula.picture(33, 33, 2));
		final Cancellation cancellation = new Cancellation();
		final RestorationResult stopped = restoration(QUICK.withIterations(2000), new Partition(true, 0, 0), 3)
			.run(observation, "test", List.of(), false, (progress, picture) -> {
				if (progress.fit() == 2 && progress.step() < progress.steps()) cancellation.stop();
			}, cancellation);
		assertTrue(stopped.summaries().stream().anyMatch(fit -> fit.reason() == StopReason.STOPPED), "it was stopped");
		assertTrue(stopped.summaries().stream().allMatch(fit -> fit.steps() >= 1));
		assertEquals(33 * 33 * 2, stopped.picture().values().length);
		// The channels are fitted at once on several cores; on a single one the second was not begun.
		for (int channel = 0; channel < 2; channel++)
			for (final float value : stopped.picture().channels(channel, 1).values())
				assertEquals(channel < stopped.reached(), Float.isFinite(value));
		for (final float value : stopped.deviation().values()) assertTrue(value >= 0 || Float.isNaN(value));
	}

	@Test
	void aTileOfWhichNothingIsKnownIsSaidBeforeTheStart() {
		final float[] known = new float[100 * 40];
		for (int i = 0; i < known.length; i++) known[i] = i % 100 > 50 ? 1 : 0;
		assertTrue(assertThrows(DipException.class,
			() -> run(restoration(QUICK, new Partition(false, 40, 4), 1),
				Observation.of(Formula.picture(100, 40, 1)).known(known)))
			.getMessage().startsWith("No pixel is known in the tile at 0, 0"));
	}

	/** What a seam would be: pixels on both sides of a tile's border differ more than pixels elsewhere. */
	@Test
	@Tag("slow")
	void seamsAreInvisible() {
		final Picture picture = Formula.picture(224, 128, 1);
		final Partition partition = new Partition(false, 96, 32);
		final FitSettings settings = Preset.FAST.settings().withDevice("CPU").withIterations(500);
		final Picture whole = run(new Restoration(Preset.FAST::network, settings, true, partition, 1, null, false),
			Observation.of(picture)).picture();
		final var tiles = partition.tiles(Observation.of(picture));
		double atBorders = 0, elsewhere = 0;
		int borders = 0, others = 0;
		for (int x = 1; x < 224; x++) {
			final int column = x;
			final boolean border = tiles.all().stream()
				.anyMatch(box -> box.x() == column && column > 0 || box.x() + box.width() == column && column < 224);
			double jump = 0;
			for (int y = 0; y < 128; y++)
				jump += Math.abs((whole.values()[y * 224 + x] - whole.values()[y * 224 + x - 1])
					- (picture.values()[y * 224 + x] - picture.values()[y * 224 + x - 1])) / 128;
			if (border) {
				atBorders += jump;
				borders++;
			}
			else {
				elsewhere += jump;
				others++;
			}
		}
		System.out.printf("mean error of the step between neighbours: %.5f at the borders of tiles, %.5f elsewhere%n",
			atBorders / borders, elsewhere / others);
		assertTrue(borders >= 4);
		assertTrue(atBorders / borders < 1.3 * elsewhere / others, atBorders / borders + " and " + elsewhere / others);
	}
}
