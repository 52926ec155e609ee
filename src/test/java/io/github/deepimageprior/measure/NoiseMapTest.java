package io.github.deepimageprior.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Npy;
import io.github.deepimageprior.Picture;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;

import org.junit.jupiter.api.Test;

class NoiseMapTest {

	private static final int SIDE = 128;

	/** Discs on a ramp, with noise of the standard deviation that a function gives for x and y in 0..1. */
	private static Picture noisy(final DoubleBinaryOperator level, final double... factors) {
		final Random random = new Random(11);
		final float[] values = new float[factors.length * SIDE * SIDE];
		for (int i = 0; i < values.length; i++) {
			final int x = i % SIDE, y = i / SIDE % SIDE;
			final double disc = Math.hypot(x % 40 - 20, y % 40 - 20) < 12 ? 0.3 : 0;
			values[i] = (float) (0.1 + 0.3 * x / SIDE + disc + factors[i / (SIDE * SIDE)]
				* level.applyAsDouble((double) x / SIDE, (double) y / SIDE) * random.nextGaussian());
		}
		return new Picture(values, SIDE, SIDE, factors.length);
	}

	/** @return the mean of the map in the 16×16 pixels from (x, y) on */
	private static double at(final NoiseMap map, final int x, final int y) {
		double sum = 0;
		for (final float value : map.relative().part(x, y, 16, 16).values()) sum += value;
		return sum / 256 * map.levels().get(0);
	}

	@Test
	void anIndependentProgramGivesTheSame() throws IOException {
		final NoiseMap map = NoiseMap.estimate(new Picture(Npy.floats("/golden/nonlocal/grey_noisy.npy"), 40, 36, 1));
		final float[] noise = map.relative().values().clone();
		for (int i = 0; i < noise.length; i++) noise[i] *= map.levels().get(0);
		assertArrayEquals(Npy.floats("/golden/nonlocal/grey_noise_found.npy"), noise, 1e-5f);
	}

	@Test
	void theSameLevelIsFoundEverywhere() {
		final NoiseMap map = NoiseMap.estimate(noisy((x, y) -> 0.1, 1));
		assertEquals(0.1, map.levels().get(0), 0.005);
		assertTrue(map.range()[0] > 0.8 && map.range()[1] < 1.25, Arrays.toString(map.range()));
	}

	@Test
	void aLevelThatRisesIsFollowed() {
		final NoiseMap map = NoiseMap.estimate(noisy((x, y) -> 0.03 + 0.12 * x, 1));
		for (final int x : new int[] { 8, 56, 104 })
			assertEquals(0.03 + 0.12 * (x + 8) / SIDE, at(map, x, 56), 0.015, "at " + x);
	}

	@Test
	void channelsShareTheCourseAndHaveTheirOwnLevels() {
		final NoiseMap map = NoiseMap.estimate(noisy((x, y) -> 0.05 + 0.1 * y, 1, 0.5));
		assertEquals(2, map.levels().get(0) / map.levels().get(1), 0.2);
		assertEquals(0.06, at(map, 56, 8), 0.015);
		assertEquals(0.14, at(map, 56, 104), 0.015);
	}

	/** An empty border tells nothing of the noise; the rest keeps its own up to the edge. */
	@Test
	void aConstantBorderDoesNotLowerTheNoiseBesideIt() {
		final Picture noisy = noisy((x, y) -> 0.1, 1);
		for (final int border : new int[] { 6, 20, 48, 80 }) {
			final float[] values = noisy.values().clone();
			for (int i = 0; i < values.length; i++) if (i % SIDE < border) values[i] = 0;
			final NoiseMap map = NoiseMap.estimate(noisy.with(values));
			for (final int inside : new int[] { 4, 12, 20 }) {
				double sum = 0;
				for (final float value : map.relative().part(border + inside, 0, 1, SIDE).values()) sum += value;
				assertEquals(0.1, map.levels().get(0) * sum / SIDE, 0.025, inside + " beside " + border);
			}
		}
	}

	/** Stripes three pixels wide in every direction look like noise to a second difference, but not at two scales. */
	@Test
	void edgesOfADrawingAreNotNoise() {
		final float[] values = new float[SIDE * SIDE];
		for (int i = 0; i < values.length; i++) values[i] = Math.hypot(i % SIDE - 40, i / SIDE - 30) < 20 ? 0.8f : 0.2f;
		final NoiseMap map = NoiseMap.estimate(new Picture(values, SIDE, SIDE, 1));
		assertEquals(0, map.levels().get(0) * map.range()[1], 0.005);
	}

	@Test
	void textureIsNotNoise() {
		final Random random = new Random(1);
		final float[] values = new float[SIDE * SIDE];
		for (int y = 0; y < SIDE; y++)
			for (int x = 0; x < SIDE; x++)
				values[y * SIDE
					+ x] = (float) (0.5 + 0.2 * Math.sin(x * 1.1 + 2 * Math.sin(y / 9.0)) * Math.sin(y * 1.3)
						+ 0.02 * random.nextGaussian());
		final double level = NoiseMap.estimate(new Picture(values, SIDE, SIDE, 1)).levels().get(0);
		assertTrue(level < 0.1, () -> "level " + level);
	}

	/** Fine texture in every second patch, which is a little stronger in sums of 2×2 pixels: it is not noise. */
	@Test
	void patchesOfFineTextureDoNotRaiseTheNoise() {
		final float[] values = noisy((x, y) -> 0.05, 1).values().clone();
		final Random random = new Random(3);
		double last = 0;
		for (int i = 0; i < values.length; i++) {
			final double texture = 0.1 * random.nextGaussian();
			if ((i % SIDE / 43 + i / SIDE / 43) % 2 == 0) values[i] += texture + last;
			last = texture;
		}
		final NoiseMap map = NoiseMap.estimate(new Picture(values, SIDE, SIDE, 1));
		for (final int x : new int[] { 8, 40, 104 }) assertEquals(0.05, at(map, x, 13), 0.02, "at " + x);
	}

	/** As of stitched images, or where a lamp lights a part: noise that looks white is not smoothed away. */
	@Test
	void aStepAndASpotAreFollowed() {
		final NoiseMap step = NoiseMap.estimate(noisy((x, y) -> x < 0.5 ? 0.03 : 0.1, 1)),
			spot = NoiseMap.estimate(noisy((x, y) -> 0.02 + 0.08 * Math.exp(-5 * (x * x + y * y)), 1));
		assertEquals(0.03, at(step, 30, 56), 0.012);
		assertEquals(0.1, at(step, 84, 56), 0.015);
		assertEquals(0.093, at(spot, 4, 4), 0.02);
	}

	@Test
	void wideEmptyAreasHaveTheLevelOfTheRest() {
		final float[] values = noisy((x, y) -> 0.1, 1).values().clone();
		for (int i = 0; i < values.length; i++) if (i % SIDE < 90) values[i] = 0;
		final NoiseMap map = NoiseMap.estimate(new Picture(values, SIDE, SIDE, 1));
		for (final int x : new int[] { 0, 40, 72 }) assertEquals(0.1, at(map, x, 56), 0.035, "at " + x);
	}

	/** Noise that is stronger where it is brighter is not texture. */
	@Test
	void noiseThatGrowsWithTheSignalIsFollowed() {
		final Random random = new Random(5);
		final float[] values = new float[SIDE * SIDE];
		for (int i = 0; i < values.length; i++) {
			final double signal = 0.5 + 0.3 * Math.sin(i % SIDE / 20.0) * Math.sin(i / SIDE / 20.0);
			values[i] = (float) (signal + 0.1 * signal * random.nextGaussian());
		}
		final NoiseMap map = NoiseMap.estimate(new Picture(values, SIDE, SIDE, 1));
		assertEquals(0.08, at(map, 24, 24), 0.02);
		assertEquals(0.02, at(map, 86, 24), 0.02);
	}

	@Test
	void aPartIsCutFromTheWhole() {
		final NoiseMap map = NoiseMap.estimate(noisy((x, y) -> 0.03 + 0.12 * x, 1));
		assertArrayEquals(map.relative().part(3, 5, 20, 10).values(), map.part(3, 5, 20, 10).relative().values());
	}

	@Test
	void withoutNoiseThereIsNoMap() {
		assertNull(NoiseMap.estimate(new Picture(new float[30 * 40], 30, 40, 1)).relative());
		assertEquals(List.of(0.0), NoiseMap.estimate(new Picture(new float[30 * 40], 30, 40, 1)).levels());
	}

	@Test
	void smallPicturesHaveALevel() {
		final Picture noisy = noisy((x, y) -> 0.1, 1);
		for (final int side : new int[] { 3, 4, 5, 6, 7, 12, 24, 25, 37 })
			assertTrue(NoiseMap.estimate(noisy.part(40, 40, side, side + 3)).levels().get(0) > 0.01, "side " + side);
		assertThrows(DipException.class, () -> NoiseMap.estimate(noisy.part(0, 0, 2, 40)));
	}
}
