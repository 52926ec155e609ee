package io.github.deepimageprior.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.ClassifierSource;
import io.github.deepimageprior.classifier.Prediction;
import io.github.deepimageprior.data.Encoding;
import io.github.deepimageprior.measure.GaussianFilter;
import io.github.deepimageprior.measure.Psnr;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefencesTest {

	/** The sizes of Xie et al. for their input of 299 pixels, and the same share of others. */
	@ParameterizedTest
	@CsvSource({ "299, 310, 331", "224, 232, 248", "32, 33, 35" })
	void sizesOfTheRandomisation(final int side, final int least, final int canvas) {
		assertEquals(least, new Randomisation(side).least());
		assertEquals(canvas, new Randomisation(side).canvas());
	}

	/** Chi-squared over all sizes, and over all places of the size that has most of them; 99.9 % points of tables. */
	@Test
	void sizesAndPlacesAreEquallyLikely() {
		final Randomisation randomisation = new Randomisation(224);
		final SplittableRandom random = new SplittableRandom(5);
		final Map<Integer, Integer> sizes = new HashMap<>(), places = new HashMap<>();
		int mirrored = 0, smallest = 0;
		final int draws = 200_000;
		for (int i = 0; i < draws; i++) {
			final Randomisation.Draw draw = randomisation.draw(random, true);
			assertTrue(draw.left() >= 0 && draw.left() + draw.size() <= 248);
			assertTrue(draw.top() >= 0 && draw.top() + draw.size() <= 248);
			sizes.merge(draw.size(), 1, Integer::sum);
			if (draw.mirrored()) mirrored++;
			if (draw.size() != 232) continue;
			smallest++;
			places.merge(17 * draw.left() + draw.top(), 1, Integer::sum);
		}
		assertEquals(16, sizes.size());
		assertEquals(17 * 17, places.size());
		assertTrue(chiSquared(sizes, draws) < 37.7, "15 degrees of freedom: " + chiSquared(sizes, draws));
		assertTrue(chiSquared(places, smallest) < 368, "288 degrees of freedom: " + chiSquared(places, smallest));
		assertEquals(0.5, mirrored / (double) draws, 0.004);
		for (int i = 0; i < 100; i++) assertEquals(false, randomisation.draw(random, false).mirrored());
	}

	private static double chiSquared(final Map<Integer, Integer> counts, final int all) {
		final double expected = (double) all / counts.size();
		return counts.values().stream().mapToDouble(count -> (count - expected) * (count - expected) / expected).sum();
	}

	/** By hand: 2×2 pixels on a side of 3 repeat the first row and the first column. */
	@Test
	void pixelsAreRepeatedOnTheBackground() {
		final Picture picture = new Picture(new float[] { .1f, .2f, .3f, .4f }, 2, 2, 1);
		final Randomisation tiny = new Randomisation(4); // a canvas of 4
		final float[] background = { .9f };
		assertArrayEquals(
			new float[] { .9f, .9f, .9f, .9f, .9f, .1f, .1f, .2f, .9f, .1f, .1f, .2f, .9f, .3f, .3f, .4f },
			tiny.apply(picture, new Randomisation.Draw(3, 1, 1, false), background).values());
		assertArrayEquals(
			new float[] { .2f, .2f, .1f, .9f, .2f, .2f, .1f, .9f, .4f, .4f, .3f, .9f, .9f, .9f, .9f, .9f },
			tiny.apply(picture, new Randomisation.Draw(3, 0, 0, true), background).values());
	}

	@Test
	void manyDrawsAreAveraged() {
		try (Classifier classifier = ClassifierSource.BUNDLED.open(Device.cpu())) {
			final Picture picture = io.github.deepimageprior.Formula.picture(224, 224, 3);
			final Randomisation randomisation = new Randomisation(224);
			final Prediction many = randomisation.classify(classifier, picture, 3, 8);
			final SplittableRandom random = new SplittableRandom(8);
			double expected = 0;
			for (int i = 0; i < 3; i++)
				expected += classifier
					.classifyAsItIs(randomisation.apply(picture, randomisation.draw(random, true), classifier.mean()))
					.probability(many.best()) / 3;
			assertEquals(expected, many.probability(many.best()), 1e-5);
			assertEquals(many, randomisation.classify(classifier, picture, 3, 8));
			assertNotEquals(many, randomisation.classify(classifier, picture, 3, 9));
		}
	}

	/** Of a single bright pixel the blur makes the Gaussian itself. */
	@Test
	void theBlurIsGaussian() {
		final float[] point = new float[15 * 11];
		point[5 * 15 + 7] = 1;
		final Picture blurred = new GaussianFilter(1, 3).apply(new Picture(point, 15, 11, 1));
		double sum = 0;
		for (final float value : blurred.values()) sum += value;
		assertEquals(1, sum, 1e-6);
		for (int dy = -2; dy <= 2; dy++) for (int dx = -2; dx <= 2; dx++) {
			final double expected = blurred.values()[5 * 15 + 7] * Math.exp(-(dx * dx + dy * dy) / 2.0);
			assertEquals(expected, blurred.values()[(5 + dy) * 15 + 7 + dx], 1e-6);
		}
		final float[] flat = new float[3 * 35];
		java.util.Arrays.fill(flat, .25f);
		assertArrayEquals(flat, new GaussianFilter(2, 6).apply(new Picture(flat, 7, 5, 3)).values(), 1e-6f);
	}

	@Test
	void jpegLosesLittleAndMoreAtLowQuality() {
		final Picture picture = io.github.deepimageprior.Formula.picture(64, 48, 3)
			.rounded(new double[] { 255, 255, 255 });
		final double good = Psnr.of(picture, Encoding.throughJpeg(picture, .95f)),
			fair = Psnr.of(picture, Encoding.throughJpeg(picture, .75f));
		assertTrue(good > fair && fair > 20 && good < 60, good + " " + fair);
	}
}
