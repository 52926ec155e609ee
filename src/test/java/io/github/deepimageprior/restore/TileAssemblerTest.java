package io.github.deepimageprior.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.prior.Observation;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

class TileAssemblerTest {

	/** A deviation of 0 would say that these pixels are certain. */
	@Test
	void whatAStopLeftOutHasNoDeviation() {
		final Observation observation = Observation.of(new Picture(new float[96 * 32], 96, 32, 1));
		final Partition tiles = new Partition(false, 32, 0);
		final TileAssembler assembler = new TileAssembler(observation, tiles.tiles(observation), 1, 1, false);
		assertEquals(3, assembler.parts());
		final float[] level = new float[32 * 32];
		Arrays.fill(level, 0.25f);
		final Picture part = new Picture(level, 32, 32, 1);
		assembler.add(0, new PartResult(part, part, List.of()));
		assembler.add(1, new PartResult(part, null, List.of())); // stopped before its first repetition
		final RestorationResult result = assembler.result();
		assertFalse(result.isComplete());
		for (int i = 0; i < 96 * 32; i++) {
			final float value = result.picture().values()[i], deviation = result.deviation().values()[i];
			assertTrue(i % 96 < 64 ? value == 0.25f : Float.isNaN(value), "picture at " + i);
			assertTrue(i % 96 < 32 ? deviation == 0.25f : Float.isNaN(deviation), "deviation at " + i);
		}
	}
}
