package io.github.deepimageprior.prior;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.measure.Psnr;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules against their definitions, evaluated here on the outputs of every step. */
class StoppingRuleTest {

	private static final Hourglass SMALL = Hourglass.uniform(2, 8, 4, 1);
	private static final FitSettings SETTINGS = FitSettings.DEFAULTS.withIterations(220).withDevice("CPU")
		// So that every step is given once.
		.withAveraging(new Averaging(0.9, 0)).withRollbackThreshold(Double.POSITIVE_INFINITY);

	private final List<Snapshot> every = new ArrayList<>();

	private FitResult run(final StoppingRule rule, final int iterations) {
		return run(rule, SETTINGS.withIterations(iterations));
	}

	private FitResult run(final StoppingRule rule, final FitSettings settings) {
		final FitSettings watched = settings.withRule(rule)
			.withSnapshots(Steps.parse("every 1", settings.iterations()));
		return new Fit(SMALL, watched).run(FitTest.picture(16, 16, 1), new FitListener() {

			@Override
			public void snapshot(final Snapshot snapshot) {
				every.add(snapshot);
			}
		}, new Cancellation());
	}

	private double[][] outputs() {
		return every.stream().map(snapshot -> {
			final float[] values = snapshot.raw().values();
			final double[] wide = new double[values.length];
			for (int i = 0; i < wide.length; i++) wide[i] = values[i];
			return wide;
		}).toArray(double[][]::new);
	}

	private void assertChosen(final FitResult result, final double[] variances, final int skip) {
		int best = skip;
		for (int i = skip; i < variances.length; i++) if (variances[i] < variances[best]) best = i;
		assertEquals(best + 1, result.best().step());
		assertArrayEquals(every.get(best).raw().values(), result.best().raw().values());
		final int middle = Math.min(variances.length - 1, best + 20); // twice the ten steps of the average
		assertArrayEquals(every.get(middle).averaged().values(), result.best().averaged().values());
	}

	@Test
	void emvFollowsItsFormulaAndGivesThePictureOfTheLeastVariance() {
		final FitResult result = run(StoppingRule.emv(1000), 220);
		final double[][] outputs = outputs();
		final double[] mean = outputs[0].clone(), variances = new double[220];
		for (int t = 1; t < 220; t++) {
			double square = 0;
			for (int i = 0; i < mean.length; i++) {
				final double change = outputs[t][i] - mean[i];
				mean[i] += 0.1 * change;
				square += change * change / mean.length;
			}
			variances[t] = 0.9 * (variances[t - 1] + 0.1 * square);
		}
		for (int t = 0; t < 220; t++)
			assertEquals(variances[t], result.variances()[t], 1e-3 * variances[t] + 1e-12, "step " + (t + 1));
		assertChosen(result, result.variances(), 100);
		assertEquals(StopReason.ITERATIONS, result.summary().reason());
		assertEquals(220, result.summary().steps());
		assertEquals(result.best().step(), result.summary().bestStep());
	}

	@Test
	void theAverageIsThatOfTwiceItsStepsLater() {
		assertEquals(20, new Averaging(0.9, 0).lag());
		assertEquals(200, Averaging.GROWING.lag());
	}

	@Test
	void anAverageThatGrowsIsThatOfAShareOfTheStepLater() {
		final Averaging growing = new Averaging(0.99, 20);
		// Of the weight at step t, (s / t) to the power of the growth lies on what came up to step s.
		assertEquals(Math.exp(-2), Math.pow(1 / (1 + growing.relativeLag()), growing.growth()), 1e-12);
		final FitResult result = run(StoppingRule.emv(1000),
			SETTINGS.withIterations(300).withLearningRate(0.05).withAveraging(growing));
		final int then = (int) (result.best().step() * (1 + growing.relativeLag()));
		assertTrue(then < 300, "best step " + result.best().step());
		assertArrayEquals(every.get(then - 1).averaged().values(), result.best().averaged().values());
	}

	@Test
	void wmvIsTheVarianceOverItsWindow() {
		final FitResult result = run(StoppingRule.wmv(20, 1000), 90);
		final double[][] outputs = outputs();
		for (int t = 19; t < 90; t++) {
			double variance = 0;
			for (int i = 0; i < outputs[0].length; i++) {
				double sum = 0, squares = 0;
				for (int k = t - 19; k <= t; k++) sum += outputs[k][i];
				for (int k = t - 19; k <= t; k++) squares += Math.pow(outputs[k][i] - sum / 20, 2);
				variance += squares / 20 / outputs[0].length;
			}
			assertEquals(variance, result.variances()[t], 1e-3 * variance + 1e-9, "step " + (t + 1));
		}
		assertChosen(result, result.variances(), 20);
	}

	@Test
	void patienceEndsTheFitAtTheSameStepHoweverOftenOneLooks() {
		final FitSettings settings = SETTINGS.withIterations(2000).withRule(StoppingRule.emv(10));
		final FitResult watched = run(StoppingRule.emv(10), 2000),
			alone = new Fit(SMALL, settings).run(FitTest.picture(16, 16, 1));
		assertEquals(StopReason.VARIANCE, watched.summary().reason());
		assertTrue(watched.last().step() < 2000);
		assertEquals(10, watched.last().step() - watched.best().step());
		assertEquals(watched.last().step(), alone.last().step());
		assertArrayEquals(watched.picture(true).values(), alone.picture(true).values());
		assertNotSame(alone.last(), alone.best());
		assertEquals(StopReason.VARIANCE, alone.summary().reason());
		assertEquals(StoppingRule.emv(10), alone.summary().settings().rule());
		assertEquals(alone.best().step(), alone.summary().bestStep());
	}

	/** A bright spot, or a chequerboard, with or without noise. */
	static Picture spot(final int side, final double noise, final boolean chequered) {
		final Random random = new Random(1);
		final float[] values = new float[side * side];
		for (int i = 0; i < values.length; i++) {
			final int x = i % side, y = i / side;
			final double spot = 0.4 * Math.exp(-(Math.pow(x - 15, 2) + Math.pow(y - 20, 2)) / 40);
			values[i] = (float) (0.3 + (chequered ? 0.4 * ((x + y) % 2) : spot) + noise * random.nextGaussian());
		}
		return new Picture(values, side, side, 1);
	}

	private FitResult fit(final Picture picture, final int iterations) {
		final FitSettings settings = SETTINGS.withIterations(iterations).withRule(StoppingRule.emv(1000))
			.withSnapshots(Steps.parse("every 10", iterations));
		return new Fit(SMALL, settings).run(picture, new FitListener() {

			@Override
			public void snapshot(final Snapshot snapshot) {
				every.add(snapshot);
			}
		}, new Cancellation());
	}

	private static final double[] MASK = { 1, -2, 1 };

	@Test
	void emvEndsTheFitWhenTheResidualHasBecomeNoise() {
		final int side = 20;
		final Picture picture = spot(side, 0.1, false);
		final FitResult result = fit(picture, 1000);
		assertEquals(StopReason.RESIDUAL, result.summary().reason());
		double excess = 0;
		int step = 0;
		for (final Snapshot snapshot : every) {
			step = snapshot.step();
			final int count = (side - 2) * (side - 2);
			double total = 0, noise = 0;
			for (int y = 0; y < side; y++) for (int x = 0; x < side; x++) {
				total += Math.pow(residual(snapshot, picture, x, y), 2) / side / side;
				if (x < 2 || y < 2) continue;
				double difference = 0;
				for (int k = 0; k < 9; k++)
					difference += MASK[k % 3] * MASK[k / 3] * residual(snapshot, picture, x - k % 3, y - k / 3) / 6;
				noise += difference * difference / count;
			}
			final double white = noise > 2 * total ? 0 : noise * (1 + Math.sqrt(2.0 / count)),
				before = Math.pow((step - 10.0) / step, 4);
			excess = before * excess + (1 - before) * (total - white);
			if (step >= 40 && excess <= 0 && result.variances()[step - 1] <= 0.25 * white) break;
		}
		assertEquals(step, result.best().step());
		assertEquals(step, result.last().step());
		assertArrayEquals(every.get(every.size() - 1).averaged().values(), result.picture(true).values());
		assertArrayEquals(result.last().raw().values(), result.picture(false).values());
		assertTrue(Psnr.of(result.picture(true), spot(side, 0, false)) > Psnr.of(picture, spot(side, 0, false)) + 5);
	}

	private static double residual(final Snapshot snapshot, final Picture picture, final int x, final int y) {
		final int at = y * picture.width() + x;
		return snapshot.averaged().values()[at] - picture.values()[at];
	}

	@Test
	void whatIsNoNoiseDoesNotEndTheFit() {
		assertEquals(StopReason.ITERATIONS, fit(spot(32, 0, false), 300).summary().reason(), "a picture without noise");
		assertEquals(StopReason.ITERATIONS, fit(spot(32, 0, true), 100).summary().reason(), "a chequerboard");
	}

	@ParameterizedTest
	@CsvSource({ "1000, 20, 0.1, RESIDUAL", "10, 20, 0, VARIANCE" })
	void aRuleThatDoesNotEndTheFitRemembersTheSame(final int patience, final int side, final double noise,
		final StopReason reason)
	{
		final Picture picture = spot(side, noise, false);
		final FitSettings settings = SETTINGS.withIterations(1000).withRule(StoppingRule.emv(patience));
		final FitResult ended = new Fit(SMALL, settings).run(picture);
		assertEquals(reason, ended.summary().reason());
		final int steps = ended.summary().steps() + 50;
		final FitResult result = new Fit(SMALL, settings.withIterations(steps).withRule(settings.rule().withoutEnd()))
			.run(picture);
		assertEquals(reason, result.summary().reason());
		assertEquals(steps, result.summary().steps());
		assertEquals(ended.summary().bestStep(), result.summary().bestStep());
		for (final boolean averaged : new boolean[] { false, true })
			assertArrayEquals(ended.picture(averaged).values(), result.picture(averaged).values());
	}

	@Test
	void theNoiseLevelEndsTheFitAtTheFirstLossThatReachesIt() {
		final FitResult result = run(StoppingRule.noiseLevel(0.02), 2000);
		final int last = result.losses().length - 1;
		assertTrue(result.losses()[last] <= 0.02);
		for (int i = 0; i < last; i++) assertTrue(result.losses()[i] > 0.02);
		assertEquals(StopReason.NOISE_LEVEL, result.summary().reason());
		assertEquals(last + 1, result.summary().steps());
		assertEquals(last + 1, result.summary().bestStep());
		assertEquals(StopReason.ITERATIONS, run(StoppingRule.noiseLevel(0), 5).summary().reason());
	}
}
