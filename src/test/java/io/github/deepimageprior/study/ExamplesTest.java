package io.github.deepimageprior.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.report.Part;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class ExamplesTest {

	private static final Pattern PICTURE = Pattern.compile("src=\"(pictures/[^\"]+)\"");

	/** Fails if the report of a folder does not show three pictures that are there. */
	static void assertShown(final Path output) throws IOException {
		final Matcher pictures = PICTURE.matcher(Files.readString(output.resolve("report.html")));
		int count = 0;
		for (; pictures.find(); count++)
			assertTrue(Files.size(output.resolve(pictures.group(1))) > 0, pictures.group(1));
		assertEquals(3, count);
	}

	@Test
	void theBestTheMedianAndTheWorstAreShown() {
		final double[] numbers = { 0.2, 0.9, 0.5, 0.1, 0.4 };
		final List<Row> rows = IntStream.range(0, numbers.length)
			.mapToObj(i -> Row.of(RowFormat.KEY, "key" + i, "class", "c" + i, "p_true", numbers[i])).toList();
		final Part.Pictures pictures = (Part.Pictures) Examples
			.parts("output", rows, "p_true", row -> Examples.caption(row, "predicted x")).get(1);
		assertEquals(List.of("pictures/key1-strip.png", "pictures/key4-strip.png", "pictures/key3-strip.png"),
			pictures.files());
		assertEquals("Best: c1, predicted x, probability of the true class 0.90", pictures.captions().get(0));
		assertTrue(Examples.parts("output", List.of(), "p_true", Row::toString).isEmpty());
	}

	@Test
	void theLastStepOfEachItemCounts() {
		final List<Row> rows = List.of(Row.of(RowFormat.KEY, "a", "step", 0), Row.of(RowFormat.KEY, "a", "step", 20),
			Row.of(RowFormat.KEY, "b", "step", 20), Row.of(RowFormat.KEY, "a", "step", 10));
		assertEquals(List.of(rows.get(1), rows.get(2)), Examples.last(rows));
	}
}
