package io.github.deepimageprior.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values are SciPy's (1.17), or computed by hand where a comment says so. */
class StatisticsTest {

	private static final double[] DATA = { .12, .5, .33, .91, .47, .62, .05, .77, .58, .4 };

	@ParameterizedTest
	@CsvSource({ "285, 461, 0.5730689518658607, 0.6614195988682621", "0, 10, 0, 0.27753279986288926",
		"10, 10, 0.7224672001371109, 1", "1, 1, 0.20654931437723745, 1",
		"37, 40, 0.8013576647568945, 0.9741639742254118" })
	void wilson(final int successes, final int trials, final double low, final double high) {
		final Interval interval = Interval.wilson(successes, trials);
		assertEquals(low, interval.low(), 1e-12);
		assertEquals(high, interval.high(), 1e-12);
	}

	@Test
	void thereIsNoProportionOfNothing() {
		assertThrows(IllegalArgumentException.class, () -> Interval.wilson(0, 0));
		assertThrows(IllegalArgumentException.class, () -> Interval.wilson(3, 2));
	}

	@ParameterizedTest
	@CsvSource({ "0, 0, 1", "1, 5, 0.21875", "5, 1, 0.21875", "3, 3, 1", "12, 2, 0.012939453125",
		"40, 61, 0.046044066929342785", "0, 8, 0.0078125", "900, 1000, 0.023108845108901193" })
	void mcNemar(final int onlyFirst, final int onlySecond, final double p) {
		assertEquals(p, McNemar.exact(onlyFirst, onlySecond), 1e-9);
	}

	/** SciPy's interval from 200,000 resamples; so many draws differ by their seeds in the third digit only. */
	@Test
	void bootstrap() {
		final Interval mean = Interval.ofMean(DATA, 20_000, 1);
		assertEquals(0.317, mean.low(), 0.006);
		assertEquals(0.631, mean.high(), 0.006);
		final Interval median = Interval.bootstrap(DATA.length, chosen -> {
			final double[] drawn = Arrays.stream(chosen).mapToDouble(i -> DATA[i]).sorted().toArray();
			return (drawn[4] + drawn[5]) / 2;
		}, 20_000, 1);
		assertEquals(0.26, median.low(), 0.02);
		assertEquals(0.675, median.high(), 0.02);
	}

	@Test
	void theBootstrapRepeatsWithItsSeed() {
		assertEquals(Interval.ofMean(DATA, 100, 5), Interval.ofMean(DATA, 100, 5));
		assertNotEquals(Interval.ofMean(DATA, 100, 5), Interval.ofMean(DATA, 100, 6));
	}

	/** By hand: the percentiles of 0, 1, ... 40 resamples lie at 1 and 39. */
	@Test
	void theEndsArePercentiles() {
		final int[] call = { 0 };
		assertEquals(new Interval(1, 39), Interval.bootstrap(3, chosen -> call[0]++, 41, 0));
	}

	@Test
	void aSingleDatumHasNoInterval() {
		final Interval none = Interval.ofMean(new double[] { .5 }, 100, 0), some = new Interval(.25, 1);
		assertTrue(Double.isNaN(none.low()) && Double.isNaN(none.high()));
		assertEquals("0.50", none.around("%.2f", .5, ""));
		assertEquals("50.0 % [0.3, 1.0]", some.around("%.1f", 50, " %"));
		assertEquals("", some.around("%.1f", Double.NaN, " %"));
		assertEquals("inf", Interval.ofMean(new double[] { Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY }, 9, 0)
			.around("%.2f", Double.POSITIVE_INFINITY, ""));
	}

	@Test
	void areaByTheTrapezoidalRule() {
		final double[] x = { 0, .1, .35, .5, 1 }, y = { 1, .8, .2, .25, 0 };
		assertEquals(0.31125, Area.under(x, y), 1e-12);
		assertThrows(IllegalArgumentException.class, () -> Area.under(x, new double[4]));
	}

	/** Half the relative mean absolute difference, the other definition of the index, with NumPy. */
	@Test
	void gini() {
		assertEquals(0, Gini.of(new float[] { 1, 1, 1, 1 }), 1e-12);
		assertEquals(0.75, Gini.of(new float[] { 0, 0, 0, 1 }), 1e-12);
		assertEquals(0.4, Gini.of(new float[] { 1, 2, 3, 4, 10 }), 1e-12);
		assertEquals(0.4444444444444444, Gini.of(new float[] { -3, 0, 1.5f }), 1e-12);
		assertEquals(0, Gini.of(new float[3]));
	}

	@Test
	void rankCorrelation() {
		assertEquals(0.8207826816681233,
			RankCorrelation.of(new float[] { 1, 2, 3, 4, 5 }, new float[] { 5, 6, 7, 8, 7 }), 1e-12);
		assertEquals(-0.1343433226559697,
			RankCorrelation.of(new float[] { 3, 1, 4, 1, 5, 9 }, new float[] { 2, 7, 1, 8, 2, 8 }), 1e-12);
		assertEquals(-1, RankCorrelation.of(new float[] { 1, 2, 3 }, new float[] { 3, 2, 1 }), 1e-12);
		assertTrue(Double.isNaN(RankCorrelation.of(new float[] { 1, 1 }, new float[] { 3, 2 })));
	}
}
