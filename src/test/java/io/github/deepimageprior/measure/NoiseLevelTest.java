package io.github.deepimageprior.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseLevelTest {

	/**
	 * A flat picture, or one with a ramp, a wave and discs with sharp edges, with noise of the given standard
	 * deviations.
	 */
	private static Picture noisy(final boolean flat, final double... sigmas) {
		final int w = 200, h = 150;
		final float[] values = new float[sigmas.length * h * w];
		final Random random = new Random(3);
		for (int i = 0; i < values.length; i++) {
			final int x = i % w, y = i / w % h;
			final double disc = Math.hypot(x % 50 - 25, y % 50 - 25) < 15 ? 0.3 : 0;
			final double clean = flat ? 0.5 : 0.1 + 0.3 * x / w + 0.1 * Math.sin(y / 5.0) + disc;
			values[i] = (float) (clean + sigmas[i / w / h] * random.nextGaussian());
		}
		return new Picture(values, w, h, sigmas.length);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0.005, 0.02, 0.1, 0.2 })
	void noiseOnAFlatPictureIsMeasured(final double sigma) {
		assertEquals(sigma, NoiseLevel.estimate(noisy(true, sigma))[0], 0.02 * sigma);
	}

	/** One window in fifteen contains an edge, which raises the median by 8 % if every edge exceeds the noise. */
	@ParameterizedTest
	@ValueSource(doubles = { 0.02, 0.1, 0.2 })
	void edgesRaiseTheEstimateALittle(final double sigma) {
		final double estimate = NoiseLevel.estimate(noisy(false, sigma))[0];
		assertTrue(estimate >= 0.98 * sigma && estimate <= 1.1 * sigma, estimate + " for " + sigma);
	}

	@Test
	void whereThereIsNoNoiseNoneIsFound() {
		assertEquals(0, NoiseLevel.estimate(noisy(true, 0))[0]);
		assertEquals(0, NoiseLevel.estimate(noisy(false, 0))[0], 1e-6);
	}

	/** The upper 90 of 150 rows are constant, the rest has noise of 0.1. */
	@Test
	void aMostlyConstantPictureHasNoiseAllTheSame() {
		final Picture noisy = noisy(true, 0.1);
		final float[] values = noisy.values().clone();
		Arrays.fill(values, 0, 90 * 200, 0.5f);
		final double estimate = NoiseLevel.estimate(noisy.with(values))[0];
		assertEquals(0.1 * 0.1 * Math.sqrt(0.4), estimate, 0.0003);
	}

	@Test
	void everyChannelHasItsOwn() {
		assertArrayEquals(new double[] { 0.05, 0.1, 0.15 }, NoiseLevel.estimate(noisy(true, 0.05, 0.1, 0.15)), 0.005);
	}

	@Test
	void missingPixelsDoNotCount() {
		final Picture noisy = noisy(true, 0.05, 0.1);
		final float[] known = new float[200 * 150], values = noisy.values().clone();
		final Random random = new Random(6);
		for (int i = 0; i < known.length; i++) {
			known[i] = random.nextInt(20) == 0 || i % 200 < 60 ? 0 : 1;
			if (known[i] == 0) values[i] = values[i + known.length] = 7 * random.nextFloat();
		}
		assertArrayEquals(new double[] { 0.05, 0.1 }, NoiseLevel.estimate(noisy.with(values), known), 0.004);
		for (int i = 0; i < known.length; i++) known[i] = i % 3 == 0 ? 0 : 1;
		assertTrue(assertThrows(DipException.class, () -> NoiseLevel.estimate(noisy, known)).getMessage()
			.startsWith("The noise level cannot be estimated, since too many pixels are missing: "));
	}

	@Test
	void picturesThatAreTooSmallSaySo() {
		assertEquals("The image has 2x9 pixels: at least 3x3 are needed to estimate its noise.",
			assertThrows(DipException.class, () -> NoiseLevel.estimate(new Picture(new float[18], 2, 9, 1)))
				.getMessage());
	}
}
