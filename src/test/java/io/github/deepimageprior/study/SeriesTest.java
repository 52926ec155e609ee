package io.github.deepimageprior.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.measure.Interval;
import io.github.deepimageprior.report.Figure;
import io.github.deepimageprior.report.Part;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

	/** In every resample the peak lies as far above the end, although the pictures differ. */
	@Test
	void thePeakAboveTheEndIsOfTheSamePictures() {
		final Series series = series(List.of(picture("a", .1, .5, .4), picture("b", .5, .9, .8)));
		assertEquals(new Interval(.5, .9), series.peak().interval());
		assertEquals(.1, series.peakMinusLast().value(), 1e-12);
		assertEquals(.1, series.peakMinusLast().interval().low(), 1e-12);
		assertEquals(.1, series.peakMinusLast().interval().high(), 1e-12);
		assertEquals(0, series(List.of(picture("a", .1, .2, .3))).peakMinusLast().value());
	}

	@Test
	void whatIsLeftOutOfTheCurveIsLeftOutOfAllAndCounted() {
		final List<Row> rows = Stream.of(picture("a", .2, .4), picture("b", .6, .8), picture("short", .9))
			.flatMap(one -> one).map(row -> row.text("step").equals("0") && row.text("picture").equals("short")
				? row.with("p_true", 0.1) : row)
			.toList();
		final Series series = Series.of(rows, row -> row.number("p_true"));
		assertEquals(.99, series.meanBefore(), 1e-12);
		assertEquals(1, series.incomplete());
		final Map<String, Series> curves = new LinkedHashMap<>();
		curves.put("Fast, robust", series);
		curves.put("Fast, original", series(List.of(picture("a", .2, .4))));
		assertEquals(List.of(new Part.Text("Pictures that lack some steps are left out of the table and the figures: "
			+ "1 of 3 for 'Fast, robust'.")), Series.omissions(curves));
		curves.remove("Fast, robust");
		assertEquals(List.of(), Series.omissions(curves));
	}

	@Test
	void withoutACompletePictureThereAreNoNumbers() {
		final List<Row> rows = Stream.of(picture("a", .2, .4), picture("b", .6, .8)).flatMap(one -> one).toList();
		final Stream<Row> torn = rows.stream()
			.filter(row -> !row.text("step").equals(row.text("picture").equals("a") ? "10" : "20"));
		final Row unknown = Row.of("set", "s", "picture", "c", "step", 10, "p_true", Double.NaN);
		for (final Series series : List.of(series(List.of(torn)), series(List.of(Stream.of(unknown))),
			series(List.of(picture("itself"))), series(List.of())))
		{
			assertEquals(0, series.curve("name").x().length);
			assertTrue(Stream.of(series.last(), series.peak(), series.peakMinusLast(), series.peakStep(),
				series.troughDepth(), series.troughStep()).allMatch(one -> one.toString().isEmpty()));
		}
	}
}
