package io.github.deepimageprior.classifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.DipException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels as files list them and as users write them. */
class LabelsTest {

	@TempDir
	private Path folder;

	private static int find(final String written, final String... names) {
		return new Labels(List.of(names)).find(written, "m.pt");
	}

	@ParameterizedTest
	@ValueSource(
		strings = { "a b\nc\n", "a b\nc", "\ufeffa b\r\nc\r\n", "a b\nc\n\n", "a b\rc\r \r\t\n", " a b \n\tc\t\n" })
	void editorsDoNotMatter(final String text) throws IOException {
		final Path file = Files.writeString(folder.resolve("l.txt"), text);
		assertEquals(List.of("a b", "c"), Labels.of(file).names());
	}

	@Test
	void anEmptyLineBetweenOthersIsALabel() {
		assertEquals(List.of("a", "", "c"), Labels.of("a\n\nc\n\n", "l.txt").names());
	}

	@Test
	void filesThatAreNoText() throws IOException {
		final Path file = folder.resolve("l.txt");
		Files.writeString(file, "a\nb\u0000c\n");
		assertSays("Line 2 of the labels file l.txt has control characters: save it as plain text in UTF-8.",
			() -> Labels.of(file));
		Files.writeString(file, "a\nb\n", StandardCharsets.UTF_16LE);
		assertSays("Line 1 of the labels file l.txt has control characters: save it as plain text in UTF-8.",
			() -> Labels.of(file));
		Files.writeString(file, "b\u00eate\n", StandardCharsets.ISO_8859_1);
		assertSays("The file " + file + " is not UTF-8 text: save it as UTF-8.", () -> Labels.of(file));
		try (var sparse = Files.newByteChannel(file, java.nio.file.StandardOpenOption.WRITE)) {
			sparse.position(10_000_000).write(java.nio.ByteBuffer.wrap(new byte[] { 10 }));
		}
		assertSays("The file " + file + " is larger than 10000 kB: check that it is the text that it should be.",
			() -> Labels.of(file));
	}

	@Test
	void numbersAndLabelsAreFound() {
		final String[] names = { "cardigan", "Cardigan", "crane", "Crane bird", "#2" };
		assertEquals(1, find("1", names));
		assertEquals(1, find("#1", names));
		assertEquals(1, find("Cardigan", names));
		assertEquals(2, find(" CRANE ", names));
		assertEquals(2, find("#2", names)); // always the number
		assertEquals(4, find("#4", names));
		assertEquals(0, find("0", "0", "1", "2"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
		value = { "1 | 1,2,3 | the number of a class and the label of class #0 | #1",
			"2 | 2,2,x | the number of a class and the label of classes #0, #1 | #2",
			"x | x,y,x | the label of classes #0, #2 | #0", "X | x,y,x | the label of classes #0, #2 | #0" })
	void whatIsAmbiguousIsRefused(final String written, final String names, final String what, final String better) {
		assertSays("'" + written + "' is " + what + ": write # and the number of the class, such as " + better + ".",
			() -> find(written, names.split(",")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "3", "#3", "-1", "1.0", "z", "#", "##1", "\u0661", "99999999999999999999" })
	void whatThereIsNotIsSaid(final String written) {
		final String said = assertThrows(DipException.class, () -> find(written, "x", "y", "z'")).getMessage();
		assertEquals("The model m.pt has no class '" + written
			+ "': enter a number from 0 to 2, or a label as DIP Classify " + "shows it.", said);
		assertTrue(said.indexOf('\n') < 0);
	}

	private static void assertSays(final String sentence, final org.junit.jupiter.api.function.Executable code) {
		assertEquals(sentence, assertThrows(DipException.class, code).getMessage());
	}
}
