package io.github.deepimageprior.prior;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.deepimageprior.DipException;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HourglassTest {

	@ParameterizedTest
	@CsvSource({ "Paper, 2217831", "Arch-1, 1286463", "Arch-2, 26575", "Fast, 152199" })
	void presetsHaveTheCountsOfTheReference(final String preset, final int count) {
		assertEquals(count, Preset.named(preset).network(3).parameterCount());
	}

	/** Counts that follow from the published code of the reference. */
	@Test
	void everyChoiceCounts() {
		assertEquals(2_217_573, Preset.PAPER.network(1).parameterCount());
		assertEquals(2_184_307, Preset.PAPER.network(3).withInput(Hourglass.Input.NOISE, 3).parameterCount());
		assertEquals(2_157_955, Hourglass.uniform(5, 128, 0, 3).withInput(Hourglass.Input.GRID, 2).parameterCount());
		assertEquals(3_002_627, Hourglass.uniform(5, 128, 128, 3).parameterCount());
		final List<Integer> maps = List.of(16, 32, 64, 128, 128, 128);
		assertEquals(2_996_467, Hourglass.of(maps, maps, List.of(0, 0, 0, 0, 0, 0), 3)
			.withInput(Hourglass.Input.NOISE, 1).withKernels(5, 3, 1).withoutPointwise().parameterCount());
		final List<Integer> snail = List.of(8, 16, 32, 64, 128);
		assertEquals(572_827,
			Hourglass.of(snail, snail, List.of(0, 0, 0, 4, 4), 3).withInput(Hourglass.Input.NOISE, 3).parameterCount());
	}

	@Test
	void depthShrinksOnlyWhereItMust() {
		final Hourglass zero = Preset.PAPER.network(1), reflecting = zero.with(Hourglass.Padding.REFLECTION);
		assertSame(zero, zero.fitting(33, 33));
		assertSame(zero, zero.fitting(32, 64)); // the deepest map has 1×2 pixels
		assertEquals(4, zero.fitting(32, 32).scales()); // it would have one, which cannot be normalised
		assertEquals(2, zero.fitting(8, 8).scales());
		assertSame(reflecting, reflecting.fitting(33, 33));
		assertEquals(4, reflecting.fitting(32, 64).scales()); // one row has nothing to reflect
	}

	@Test
	void padsOnlyWhereNoJoinCrops() {
		assertEquals(1, Hourglass.uniform(3, 8, 4, 3).multiple());
		assertEquals(8, Hourglass.uniform(3, 8, 0, 3).multiple());
		assertEquals(2, Hourglass.of(List.of(8, 8, 8), List.of(8, 8, 8), List.of(0, 4, 4), 3).multiple());
	}

	@Test
	void impossibleNetworksAreRefused() {
		assertThrows(IllegalArgumentException.class, () -> Hourglass.uniform(3, 0, 4, 3));
		assertThrows(IllegalArgumentException.class, () -> Hourglass.of(List.of(8), List.of(8, 8), List.of(4), 3));
		assertThrows(IllegalArgumentException.class, () -> Hourglass.uniform(3, 8, 4, 3).withKernels(2, 3, 1));
		assertThrows(IllegalArgumentException.class,
			() -> Hourglass.uniform(3, 8, 4, 3).withInput(Hourglass.Input.GRID, 3));
		assertEquals("There is no network 'Slow' (preset): use one of Fast, Paper, Arch-1, Arch-2.",
			assertThrows(DipException.class, () -> Preset.named("Slow")).getMessage());
	}
}
