package io.github.deepimageprior.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.measure.GaussianFilter;
import io.github.deepimageprior.measure.Psnr;
import io.github.deepimageprior.prior.Observation;

import java.util.Random;
import java.util.function.IntToDoubleFunction;

import org.junit.jupiter.api.Test;

class ResidualTest {

	private static final double SIGMA = 0.1;

	private final Picture clean = waves(64, 48, 2), noisy = noisy(clean);

	private static Picture waves(final int width, final int height, final int channels) {
		final Picture empty = new Picture(new float[width * height * channels], width, height, channels);
		return picture(empty, i -> 0.5 + 0.3 * Math.sin(0.3 * (i % width)) * Math.cos(0.2 * (i / width)));
	}

	private static Picture noisy(final Picture clean) {
		final Random random = new Random(5);
		return picture(clean, i -> clean.values()[i] + SIGMA * random.nextGaussian());
	}

	private static Picture picture(final Picture like, final IntToDoubleFunction value) {
		final float[] values = new float[like.values().length];
		for (int i = 0; i < values.length; i++) values[i] = (float) value.applyAsDouble(i);
		return like.with(values);
	}

	/** @return a mixture of two pictures: 0 is the first, 1 the second */
	private static Picture between(final Picture a, final Picture b, final double share) {
		return picture(a, i -> (1 - share) * a.values()[i] + share * b.values()[i]);
	}

	/** @return how many dB closer to the clean picture a Gaussian filter comes */
	private double loss(final Picture result) {
		return Psnr.of(clean, GaussianFilter.ONE_PIXEL.apply(noisy)) - Psnr.of(clean, result);
	}

	@Test
	void theErrorOfTheFilterIsToldWithoutTheCleanPicture() {
		final double error = Psnr.meanSquare(clean, GaussianFilter.ONE_PIXEL.apply(noisy));
		assertEquals(error, GaussianFilter.ONE_PIXEL.risk(noisy, SIGMA * SIGMA), 0.25 * error);
		final Picture flat = new Picture(new float[clean.values().length], 64, 48, 2);
		assertEquals(0, GaussianFilter.ONE_PIXEL.risk(flat, 0));
		assertEquals(SIGMA * SIGMA / (4 * Math.PI), GaussianFilter.ONE_PIXEL.risk(flat, SIGMA * SIGMA), 1e-9,
			"not less than the noise that it leaves");
	}

	@Test
	void aFilterThatIsBetterIsNamed() {
		Picture blurred = noisy;
		for (int i = 0; i < 16; i++) blurred = GaussianFilter.ONE_PIXEL.apply(blurred);
		final Residual early = Residual.of(Observation.of(noisy), blurred);
		assertTrue(!early.lacksDetail() && loss(blurred) > 1, "it is worse: " + early);
		assertEquals(loss(blurred), early.lossToFilter(), 1);
		final Picture mixed = between(clean, noisy, 0.45);
		final Residual late = Residual.of(Observation.of(noisy), mixed);
		assertTrue(!late.containsNoise() && loss(mixed) > 1, "it is worse: " + late);
		assertTrue(late.lossToFilter() > 1, late.toString());
	}

	@Test
	void aResultThatIsBetterOrTheFilterItselfIsNot() {
		for (final Picture good : new Picture[] { clean, between(clean, noisy, 0.15),
			GaussianFilter.ONE_PIXEL.apply(noisy) })
		{
			assertEquals(0, Residual.of(Observation.of(noisy), good).lossToFilter());
		}
	}
}
