package io.github.deepimageprior.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.measure.Interval;
import io.github.deepimageprior.report.Figure;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

class SeriesTest {

	/** A picture whose curve is given, after the picture itself as step 0. */
	private static Stream<Row> picture(final String name, final double... curve) {
		return IntStream.range(0, curve.length + 1)
			.mapToObj(i -> Row.of("set", "s", "picture", name, "step", 10 * i, "p_true", i == 0 ? 0.99 : curve[i - 1]));
	}

	private static Series series(final List<Stream<Row>> pictures) {
		return Series.of(pictures.stream().flatMap(rows -> rows).toList(), row -> row.number("p_true"));
	}

	@Test
	void theMeanAndItsBand() {
		final Series series = series(
			List.of(picture("a", 0, .2, .9, .5), picture("b", .2, .4, .5, .3), picture("incomplete", .1, .1)));
		assertArrayEquals(new int[] { 10, 20, 30, 40 }, series.steps());
		assertArrayEquals(new double[] { .1, .3, .7, .4 }, series.mean(), 1e-12);
		final Figure.Curve curve = series.curve("name");
		assertArrayEquals(new double[] { .1, .3, .7, .4 }, curve.y(), 1e-12);
		// With two pictures a resample has twice the one, twice the other, or both: its extremes are theirs.
		assertArrayEquals(new double[] { 0, .2, .5, .3 }, curve.low(), 1e-12);
		assertArrayEquals(new double[] { .2, .4, .9, .5 }, curve.high(), 1e-12);
	}

	@Test
	void thePeakIsTheLargestMean() {
		final Series series = series(List.of(picture("a", 0, .2, .9, .5), picture("b", .2, .4, .5, .6)));
		assertEquals(30, series.peakStep().value());
		assertEquals(new Interval(30, 40), series.peakStep().interval());
		assertEquals(.7, series.peak().value(), 1e-12);
		assertEquals(.55, series.last().value(), 1e-12);
		assertEquals("0.7000 [0.6000, 0.9000]", series.peak().toString());
	}

	/** By hand: below 0.5 before it and 0.8 after it, 0.2 lies 0.3 deep. */
	@Test
	void theTroughLiesBelowWhatIsBeforeAndAfter() {
		final Series series = series(List.of(picture("a", .1, .5, .2, .4, .8)));
		assertEquals(30, series.troughStep().value());
		assertEquals(.3, series.troughDepth().value(), 1e-12);
		for (final double[] none : new double[][] { { .1, .2, .3 }, { .3, .2, .1 }, { .1, .3, .2 } })
			assertEquals(0, series(List.of(picture("a", none))).troughDepth().value());
	}

	@Test
	void allPicturesAlikeLeaveNoDoubt() {
		final Series series = series(IntStream.range(0, 5).mapToObj(i -> picture("p" + i, .1, .4, .2, .3)).toList());
		assertTrue(series.troughDepth().interval().high() - series.troughDepth().interval().low() < 1e-12);
		assertEquals(.1, series.troughDepth().value(), 1e-12);
	}
}
