package io.github.deepimageprior;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

	@Test
	void whatIsWrittenIsRead() throws IOException {
		final List<List<String>> lines = List.of(List.of("a", "", "c d"), List.of("x,y", "\"", "two\r\nlines\n"),
			List.of(""), List.of("", ""), List.of("it \"is\""));
		final String text = String.join("", lines.stream().map(Csv::line).toList());
		assertEquals("a,,c d\n\"x,y\",\"\"\"\",\"two\r\nlines\n\"\n\"\"\n,\n\"it \"\"is\"\"\"\n", text);
		assertEquals(lines, Csv.read(text));
	}

	@Test
	void linesEndAsTheyDoOnEverySystem() throws IOException {
		assertEquals(List.of(List.of("a", "b"), List.of(""), List.of("c"), List.of("5\" disk", "")),
			Csv.read("a,b\r\n\nc\r5\" disk,"));
		assertEquals(List.of(), Csv.read(""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a,\"b\nc", "\"a\"b,c", "\"a\" ,c" })
	void misplacedQuotesAreAnError(final String text) {
		assertThrows(IOException.class, () -> Csv.read(text));
	}

	@Test
	void aLongCellIsRead() throws IOException {
		final String cell = "\"".repeat(100_000);
		assertEquals(List.of(List.of(cell)), Csv.read(Csv.line(List.of(cell))));
	}
}
