package io.github.deepimageprior.saliency;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.Progress;
import io.github.deepimageprior.classifier.ClassScore;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.Models;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SaliencyTest {

	private static final Picture PICTURE = Models.picture();
	private static final int TARGET = 1;
	private Classifier linear, smooth;

	@BeforeEach
	void open() {
		linear = Models.open("linear");
		smooth = Models.open("smooth");
	}

	@AfterEach
	void close() {
		linear.close();
		smooth.close();
	}

	private static SaliencySettings settings(final int m, final int n, final double sigma, final Quadrature rule,
		final boolean absolute, final Baseline baseline)
	{
		return new SaliencySettings(m, n, sigma, rule, absolute, baseline, 3, ClassScore.LOGIT, 0, 7);
	}

	private static float[] run(final SaliencyMethod method, final SaliencySettings settings,
		final Classifier classifier, final Picture start)
	{
		return new Saliency(method, settings).run(classifier, PICTURE, start, TARGET, Progress.NONE, new Cancellation())
			.values();
	}

	/**
	 * For a linear score MIG-SG is |w| |x - x0|, whatever m, N and σ are; equation 1 as printed has one term too many.
	 */
	@ParameterizedTest
	@CsvSource({ "1, 1, 0", "7, 3, 0.15", "30, 5, 2", "4, 25, 0.01" })
	void migSgOfALinearScore(final int m, final int n, final double sigma) {
		final float[] w = linear.gradient(PICTURE, ClassScore.LOGIT, TARGET).values();
		final Picture start = PICTURE.with(uniform(5));
		for (final Quadrature rule : Quadrature.values()) {
			final float[] map = run(SaliencyMethod.MIG_SG, settings(m, n, sigma, rule, true, Baseline.IMAGE), linear,
				start);
			final double terms = rule == Quadrature.EQUATION ? (m + 1.0) / m : 1;
			for (int i = 0; i < map.length; i++)
				assertEquals(terms * Math.abs(w[i]) * Math.abs(PICTURE.values()[i] - start.values()[i]), map[i], 1e-4);
		}
	}

	private static float[] uniform(final long seed) {
		final SplittableRandom random = new SplittableRandom(seed);
		final float[] values = new float[PICTURE.values().length];
		for (int i = 0; i < values.length; i++) values[i] = (float) random.nextDouble();
		return values;
	}

	@ParameterizedTest
	@EnumSource(value = Baseline.class, names = { "BLACK", "GREY", "IMAGE" })
	void integratedGradientsSumToTheDifferenceOfScores(final Baseline baseline) {
		final Picture start = PICTURE.with(uniform(6));
		final float[] map = run(SaliencyMethod.INTEGRATED_GRADIENTS,
			settings(200, 1, 0, Quadrature.TRAPEZOID, false, baseline), smooth, start);
		double sum = 0;
		for (final float value : map) sum += value;
		final float[] from = baseline == Baseline.IMAGE ? start.values() : new float[map.length];
		if (baseline == Baseline.GREY) Arrays.fill(from, 0.5f);
		assertEquals(smooth.classify(PICTURE).logits()[TARGET] - smooth.classify(PICTURE.with(from)).logits()[TARGET],
			sum, 1e-4);
	}

	/** For a linear score an integrated gradient is w (x - x0), from which the blurred x0 can be computed. */
	@Test
	void theBlurredBaselineIsSmootherAndAsBright() {
		final float[] w = linear.gradient(PICTURE, ClassScore.LOGIT, TARGET).values();
		final float[] map = run(SaliencyMethod.INTEGRATED_GRADIENTS,
			settings(1, 1, 0, Quadrature.LEFT, false, Baseline.BLURRED), linear, null);
		double before = 0, after = 0;
		for (int i = 1; i < 64; i++) {
			before += Math.abs(PICTURE.values()[i] - PICTURE.values()[i - 1]);
			after += Math.abs(PICTURE.values()[i] - map[i] / w[i] - PICTURE.values()[i - 1] + map[i - 1] / w[i - 1]);
		}
		assertTrue(after < before / 2, before + " " + after);
	}

	@Test
	void withoutNoiseMigSgIntegratesMagnitudes() {
		final float[] map = run(SaliencyMethod.MIG_SG, settings(10, 1, 0, Quadrature.LEFT, true, Baseline.BLACK),
			smooth, null);
		final double[] expected = new double[map.length];
		for (int k = 0; k < 10; k++) {
			final float[] point = PICTURE.values().clone();
			for (int i = 0; i < point.length; i++) point[i] *= k / 10f;
			final float[] gradient = smooth.gradient(PICTURE.with(point), ClassScore.LOGIT, TARGET).values();
			for (int i = 0; i < point.length; i++) expected[i] += Math.abs(gradient[i]) * PICTURE.values()[i] / 10;
		}
		for (int i = 0; i < map.length; i++) assertEquals(expected[i], map[i], 1e-5);
	}

	@Test
	void theOtherMethodsAreSettingsToo() {
		final float[] gradient = smooth.gradient(PICTURE, ClassScore.LOGIT, TARGET).values();
		final SaliencySettings signed = settings(4, 6, 0, Quadrature.LEFT, false, Baseline.BLACK),
			absolute = settings(4, 6, 0, Quadrature.LEFT, true, Baseline.BLACK);
		assertArrayEquals(gradient, run(SaliencyMethod.GRADIENT, signed, smooth, null), 1e-6f);
		assertArrayEquals(gradient, run(SaliencyMethod.SMOOTHGRAD, signed, smooth, null), 1e-6f);
		for (int i = 0; i < gradient.length; i++) gradient[i] = Math.abs(gradient[i]);
		assertArrayEquals(gradient, run(SaliencyMethod.GRADIENT, absolute, smooth, null), 1e-6f);
		assertArrayEquals(run(SaliencyMethod.INTEGRATED_GRADIENTS, signed, smooth, null),
			run(SaliencyMethod.INTEGRATED_SMOOTHGRAD, signed, smooth, null), 1e-6f);
	}

	/**
	 * The mean over many noisy copies approaches the mean over the distribution of the noise.
	 */
	@Test
	void smoothGradConverges() {
		final float[] few = run(SaliencyMethod.SMOOTHGRAD,
			settings(1, 400, 0.1, Quadrature.LEFT, false, Baseline.BLACK), smooth, null);
		final float[] many = run(SaliencyMethod.SMOOTHGRAD,
			settings(1, 1600, 0.1, Quadrature.LEFT, false, Baseline.BLACK), smooth, null);
		final float[] plain = run(SaliencyMethod.GRADIENT, settings(1, 1, 0.1, Quadrature.LEFT, false, Baseline.BLACK),
			smooth, null);
		assertTrue(io.github.deepimageprior.Npy.relative(few, many) < 0.05);
		assertTrue(io.github.deepimageprior.Npy.relative(plain, many) > 1e-3);
	}

	@ParameterizedTest
	@EnumSource(SaliencyMethod.class)
	void theSameSeedGivesTheSameMapWhateverTheBatch(final SaliencyMethod method) {
		final SaliencySettings one = new SaliencySettings(5, 3, 0.15, Quadrature.LEFT, true, Baseline.RANDOM, 3,
			ClassScore.PROBABILITY, 1, 11);
		final SaliencySettings seven = new SaliencySettings(5, 3, 0.15, Quadrature.LEFT, true, Baseline.RANDOM, 3,
			ClassScore.PROBABILITY, 7, 11);
		final SaliencySettings other = new SaliencySettings(5, 3, 0.15, Quadrature.LEFT, true, Baseline.RANDOM, 3,
			ClassScore.PROBABILITY, 7, 12);
		final float[] map = run(method, one, smooth, null);
		assertArrayEquals(map, run(method, one, smooth, null));
		assertArrayEquals(map, run(method, seven, smooth, null), 1e-6f);
		if (method != SaliencyMethod.GRADIENT)
			assertTrue(!Arrays.equals(run(method, seven, smooth, null), run(method, other, smooth, null)));
	}

	@Test
	void aStopKeepsTheMeanSoFarAndACancelDiscards() {
		final Saliency saliency = new Saliency(SaliencyMethod.MIG_SG,
			new SaliencySettings(10, 4, 0.1, Quadrature.LEFT, true, Baseline.RANDOM, 50, ClassScore.LOGIT, 5, 0));
		final float[] w = linear.gradient(PICTURE, ClassScore.LOGIT, TARGET).values();
		final Cancellation stop = new Cancellation(), cancel = new Cancellation();
		final float[] map = saliency.run(linear, PICTURE, null, TARGET, fraction -> {
			if (fraction > 0.5) stop.stop();
		}, stop).values();
		for (int i = 0; i < map.length; i++) { // the mean of |x - x0| over random x0 is (x² + (1 - x)²) / 2
			final double x = PICTURE.values()[i];
			assertEquals(Math.abs(w[i]) * (x * x + (1 - x) * (1 - x)) / 2, map[i], 0.3 * Math.abs(w[i]));
		}
		assertThrows(CancellationException.class,
			() -> saliency.run(linear, PICTURE, null, TARGET, fraction -> cancel.cancel(), cancel));
		assertEquals(2000, saliency.gradients());
	}

	@Test
	void aClassThatTheModelDoesNotHave() {
		for (final int target : new int[] { -1, 3 }) {
			final String said = assertThrows(DipException.class,
				() -> new Saliency(SaliencyMethod.GRADIENT, SaliencySettings.DEFAULTS).run(linear, PICTURE, null,
					target, Progress.NONE, new Cancellation())).getMessage();
			assertTrue(said.endsWith("has no class " + target + ": use a number from 0 to 2."), said);
		}
	}

	/** The gradient of a linear model does not depend on the picture. */
	@Test
	void aPictureThatIsNotFinite() {
		final float[] values = PICTURE.values().clone();
		values[9] = Float.NaN;
		assertTrue(assertThrows(DipException.class,
			() -> new Saliency(SaliencyMethod.GRADIENT, SaliencySettings.DEFAULTS).run(linear, PICTURE.with(values),
				null, TARGET, Progress.NONE, new Cancellation()))
			.getMessage().startsWith("The picture has a value that is NaN"));
		assertTrue(assertThrows(DipException.class,
			() -> run(SaliencyMethod.MIG_SG, settings(4, 1, 0, Quadrature.LEFT, true, Baseline.IMAGE), linear,
				PICTURE.with(values)))
			.getMessage().startsWith("The picture has a value that is NaN"));
	}

	@Test
	void aBaselineOfAnotherSize() {
		final Picture small = new Picture(new float[27], 3, 3, 3);
		final SaliencySettings settings = settings(4, 1, 0, Quadrature.LEFT, true, Baseline.IMAGE);
		for (final Picture start : new Picture[] { small, null })
			assertTrue(assertThrows(DipException.class, () -> run(SaliencyMethod.MIG_SG, settings, linear, start))
				.getMessage().startsWith("The baseline must be an open image of the same size and type: 8x8"));
	}
}
