package io.github.deepimageprior.prior;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Cancellation;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

/** The rules against their definitions, evaluated here on the outputs of every step. */
class StoppingRuleTest {

	private static final Hourglass SMALL = Hourglass.uniform(2, 8, 4, 1);
	private static final FitSettings SETTINGS = FitSettings.DEFAULTS.withIterations(220).withDevice("CPU")
		.withAveraging(new Averaging(0.9, 0)).withRollbackThreshold(Double.POSITIVE_INFINITY); // so that every step is
																								 // given once

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
			final float[] values = FitTest.values(snapshot.raw());
			final double[] wide = new double[values.length];
			for (int i = 0; i < wide.length; i++) wide[i] = values[i];
			return wide;
		}).toArray(double[][]::new);
	}

	private void assertChosen(final FitResult result, final double[] variances, final int skip) {
		int best = skip;
		for (int i = skip; i < variances.length; i++) if (variances[i] < variances[best]) best = i;
		assertEquals(best + 1, result.best().step());
		assertArrayEquals(FitTest.values(every.get(best).raw()), FitTest.values(result.best().raw()));
		final int middle = Math.min(variances.length - 1, best + 20); // twice the ten steps of the average
		assertArrayEquals(FitTest.values(every.get(middle).averaged()), FitTest.values(result.best().averaged()));
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
		assertFalse(result.ended());
		assertTrue(result.reason().startsWith("all 220 steps done, picture of step "), result.reason());
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
		assertArrayEquals(FitTest.values(every.get(then - 1).averaged()), FitTest.values(result.best().averaged()));
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
		assertTrue(watched.ended());
		assertTrue(watched.last().step() < 2000);
		assertEquals(10, watched.last().step() - watched.best().step());
		assertEquals(watched.last().step(), alone.last().step());
		assertArrayEquals(FitTest.values(watched.picture(true)), FitTest.values(alone.picture(true)));
		assertNotSame(alone.last(), alone.best());
		assertEquals("no lesser EMV for 10 steps, picture of step " + alone.best().step(), alone.reason());
	}

	@Test
	void theNoiseLevelEndsTheFitAtTheFirstLossThatReachesIt() {
		final FitResult result = run(StoppingRule.noiseLevel(0.02), 2000);
		assertTrue(result.ended());
		final int last = result.losses().length - 1;
		assertTrue(result.losses()[last] <= 0.02);
		for (int i = 0; i < last; i++) assertTrue(result.losses()[i] > 0.02);
		assertEquals("loss at the level of the noise at step " + (last + 1), result.reason());
		assertTrue(run(StoppingRule.noiseLevel(0), 5).reason().endsWith("before the loss came down to the noise"));
	}
}
