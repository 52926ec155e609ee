package io.github.deepimageprior.nonlocal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Formula;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.measure.NoiseMap;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnscombeTest {

	/** The expected value is a sum over all counts. */
	@ParameterizedTest
	@ValueSource(doubles = { 1, 1.5, 2, 3, 5, 10, 30, 100, 300 })
	void theInverseGivesTheExpectedCount(final double photons) {
		double expected = 0, probability = Math.exp(-photons);
		for (int k = 0; k < 1000; probability *= photons / ++k) expected += probability * Anscombe.forward(k, 0);
		assertEquals(photons, Anscombe.inverse(expected, 0), 0.01 * photons);
	}

	@ParameterizedTest
	@CsvSource({ "5, 0", "20, 0", "100, 0", "20, 3", "100, 5" })
	void theNoiseHasADeviationOfOne(final double photons, final double gaussian) {
		final Random random = new Random(5);
		final int n = 200_000;
		double sum = 0, squares = 0;
		for (int i = 0; i < n; i++) {
			final double value = Anscombe.forward(Formula.photons(random, photons) + gaussian * random.nextGaussian(),
				gaussian * gaussian);
			sum += value;
			squares += value * value;
		}
		final double mean = sum / n;
		assertEquals(1, Math.sqrt(squares / n - mean * mean), photons < 10 ? 0.05 : 0.02);
		assertEquals(photons, Anscombe.inverse(mean, gaussian * gaussian), 0.01 * photons);
	}

	@ParameterizedTest
	@CsvSource({ "0.3, 0", "1, 0", "2, 0", "5, 0", "2, 1", "100, 3" })
	void theNoiseOfFewPhotonsIsKnown(final double photons, final double gaussian) {
		final Random random = new Random(5);
		final float[] counts = new float[300 * 300];
		for (int i = 0; i < counts.length; i++)
			counts[i] = (float) (Formula.photons(random, photons) + gaussian * random.nextGaussian());
		final Picture picture = new Picture(counts, 300, 300, 1);
		final Anscombe transform = new Anscombe(List.of(1.0), List.of(0.0), List.of(gaussian));
		double sum = 0, squares = 0, told = 0;
		for (final float value : transform.forward(picture).values()) {
			sum += value;
			squares += value * value;
		}
		final NoiseMap noise = transform.noise(picture, List.of(1.0));
		for (int i = 0; i < counts.length; i++) told += Math.pow(noise.at(0, i), 2);
		final double n = counts.length, mean = sum / n, variance = squares / n - mean * mean;
		assertEquals(variance, told / n, (gaussian == 0 ? 0.05 : 0.12) * variance);
		assertEquals(told / n, Math.pow(noise.levels().get(0), 2), 1e-3 * variance);
	}

	/** All channels share the course of the noise, which is between theirs, and each has its level. */
	@Test
	void aChannelThatCountsNothingKeepsItsNoise() {
		final Random random = new Random(5);
		final float[] few = new float[40 * 40], gaussian = new float[40 * 40];
		for (int i = 0; i < few.length; i++) {
			few[i] = Formula.photons(random, i / 400.0) / 9f;
			gaussian[i] = (float) (0.2 * random.nextGaussian());
		}
		final Picture dark = new Picture(few, 40, 40, 1), other = new Picture(gaussian, 40, 40, 1);
		final NoiseMap one = new Anscombe(List.of(9.0), List.of(0.0)).noise(dark, List.of(1.0)),
			both = new Anscombe(List.of(9.0, 0.0), List.of(0.0, 0.0)).noise(Picture.stack(List.of(dark, other)),
				List.of(1.0, 0.2));
		assertTrue(one.at(0, 50) < 0.6 && one.at(0, 1590) > 0.8);
		assertEquals(List.of(one.levels().get(0), 0.2), both.levels());
		for (int i = 0; i < few.length; i++)
			assertEquals((Math.pow(one.relative().values()[i], 2) + 1) / 2,
				Math.pow(both.relative().values()[i], 2), 1e-5);
	}

	@Test
	void theInverseRisesFromNoPhotons() {
		assertEquals(0, Anscombe.inverse(Anscombe.forward(0, 0), 0), 1e-12);
		assertEquals(0, Anscombe.inverse(-3, 0));
		double last = 0;
		for (double d = 1.3; d < 20; d += 0.1) {
			final double photons = Anscombe.inverse(d, 0);
			assertTrue(photons > last);
			last = photons;
		}
	}

	@Test
	void valuesStandForPhotonsByChannel() {
		final Anscombe anscombe = new Anscombe(List.of(100.0, 1000.0), List.of(-10.0, 0.0));
		final Picture picture = new Picture(new float[] { 0.1f, 1, 0, 1 }, 2, 1, 2);
		final float[] forward = anscombe.forward(picture).values();
		assertEquals(2 * Math.sqrt(0.375), forward[0], 1e-6);
		assertEquals(2 * Math.sqrt(90.375), forward[1], 1e-5);
		assertEquals(2 * Math.sqrt(1000.375), forward[3], 1e-5);
		final float[] back = anscombe.inverse(anscombe.forward(picture)).values();
		assertEquals(0.1, back[0], 1e-6); // no photons
		assertEquals(1.0025, back[1], 2e-4); // a quarter of a photon more than the algebraic inverse
		assertEquals(1.00025, back[3], 2e-5);
	}

	@Test
	void whatCannotBeIsRefused() {
		assertThrows(IllegalArgumentException.class, () -> new Anscombe(List.of(1.0), List.of()));
		assertThrows(IllegalArgumentException.class, () -> new Anscombe(List.of(-1.0), List.of(0.0)));
		assertThrows(IllegalArgumentException.class, () -> new Anscombe(List.of(1.0), List.of(0.0), List.of(-1.0)));
		assertThrows(IllegalArgumentException.class,
			() -> new Anscombe(List.of(1.0), List.of(0.0)).forward(new Picture(new float[2], 1, 1, 2)));
	}
}
