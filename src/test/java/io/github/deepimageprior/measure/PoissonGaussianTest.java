package io.github.deepimageprior.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Formula;
import io.github.deepimageprior.Picture;

import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoissonGaussianTest {

	private static final int SIDE = 128;

	/** Hills, with noise whose variance is a function of the value. */
	private static Picture noisy(final DoubleUnaryOperator variance) {
		final Random random = new Random(4);
		final float[] values = new float[SIDE * SIDE];
		for (int i = 0; i < values.length; i++) {
			final int x = i % SIDE, y = i / SIDE;
			final double clean = 0.1 + 0.7 * Math.pow(Math.sin(x / 17.0) * Math.sin(y / 21.0), 2);
			values[i] = (float) (clean + Math.sqrt(variance.applyAsDouble(clean)) * random.nextGaussian());
		}
		return new Picture(values, SIDE, SIDE, 1);
	}

	@ParameterizedTest
	@CsvSource({ "0.01, 0", "0.002, 0.0002", "0.03, -0.002" })
	void slopeAndInterceptAreFound(final double slope, final double intercept) {
		final PoissonGaussian found = PoissonGaussian.estimate(noisy(x -> slope * x + intercept), 0);
		assertEquals(slope, found.slope(), 0.15 * slope);
		for (final double value : new double[] { 0.15, 0.4, 0.7 }) {
			final double variance = slope * value + intercept;
			assertEquals(variance, found.variance(value), 0.2 * variance, "at " + value);
		}
	}

	/** Photon counts with few photons: half of the values are 0. */
	@Test
	void fewPhotonsAreRecognised() {
		final Random random = new Random(9);
		final float[] values = new float[SIDE * SIDE];
		for (int i = 0; i < values.length; i++) {
			final double clean = 0.1 + 4 * Math.pow(Math.sin(i % SIDE / 12.0) * Math.sin(i / SIDE / 15.0), 4);
			values[i] = Formula.photons(random, clean) / 10f;
		}
		assertEquals(0.1, PoissonGaussian.estimate(new Picture(values, SIDE, SIDE, 1), 0).slope(), 0.03);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0.02, 0.05, 0.1, 0.2 })
	void noiseOfOneLevelDoesNotGrow(final double level) {
		assertEquals(PoissonGaussian.NONE, PoissonGaussian.estimate(noisy(x -> level * level), 0));
	}

	/** Areas without any variation are no dark areas of a picture that counts photons. */
	@ParameterizedTest
	@CsvSource({ "6, 0.02", "6, 0.1", "20, 0.02", "20, 0.1", "48, 0.02", "48, 0.1" })
	void emptyStripsAreNotPhotonNoise(final int width, final double level) {
		final Picture noisy = noisy(x -> level * level);
		final float[] border = noisy.values().clone(), strips = noisy.values().clone();
		for (int i = 0; i < border.length; i++) {
			if (i % SIDE < width) border[i] = 0;
			if (i % SIDE / width % 2 == 0) strips[i] = 0;
		}
		assertEquals(PoissonGaussian.NONE, PoissonGaussian.estimate(noisy.with(border), 0));
		assertEquals(PoissonGaussian.NONE, PoissonGaussian.estimate(noisy.with(strips), 0));
	}

	/** @param dark what is subtracted, so that up to half of the values are 0 */
	@ParameterizedTest
	@CsvSource({ "5, 0.1", "5, 0.3", "20, 0.1", "20, 0.3" })
	void photonNoiseIsFoundAmongZeros(final int photons, final double dark) {
		final Random random = new Random(9);
		final float[] values = noisy(x -> 0).values();
		for (int i = 0; i < values.length; i++)
			values[i] = Formula.photons(random, photons * Math.max(0, values[i] - dark)) / (float) photons;
		assertEquals(1, PoissonGaussian.estimate(new Picture(values, SIDE, SIDE, 1), 0).slope() * photons, 0.2);
	}

	@Test
	void noiseThatFallsIsNotPhotonNoise() {
		assertEquals(PoissonGaussian.NONE, PoissonGaussian.estimate(noisy(x -> 0.01 * (1 - x)), 0));
	}

	@Test
	void everyChannelHasItsOwn() {
		final Picture both = Picture.stack(List.of(noisy(x -> 0.01), noisy(x -> 0.02 * x)));
		final List<PoissonGaussian> found = PoissonGaussian.estimate(both);
		assertEquals(PoissonGaussian.NONE, found.get(0));
		assertTrue(found.get(1).slope() > 0.015);
	}

	@ParameterizedTest
	@CsvSource({ "1, 1", "3, 3", "5, 90", "10, 10", "24, 24" })
	void smallAndConstantPicturesTellNothing(final int width, final int height) {
		assertEquals(PoissonGaussian.NONE, PoissonGaussian.estimate(noisy(x -> 0.02 * x).part(0, 0, width, height), 0));
		assertEquals(PoissonGaussian.NONE,
			PoissonGaussian.estimate(new Picture(new float[SIDE * SIDE], SIDE, SIDE, 1), 0));
	}
}
