package io.github.deepimageprior.prior;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.DipException;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepsTest {

	@Test
	void readsRangesListsAndIntervals() {
		assertEquals(List.of(100, 200, 300), List.copyOf(Steps.parse("100..300 every 100", 300)));
		assertEquals(List.of(100, 200), List.copyOf(Steps.parse("every 100", 250)));
		assertEquals(List.of(1, 5, 6, 7, 100), List.copyOf(Steps.parse(" 5..7, 1;100 ", 100)));
		assertEquals(List.of(3, 50, 100), List.copyOf(Steps.parse("3 every 50", 100)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  ", "every 200" })
	void anEmptyListSaysSo(final String text) {
		assertTrue(message(text).contains("has no step within 100 iterations"));
	}

	@Test
	void aStepBeyondTheIterationsSaysSo() {
		assertEquals(
			"Step 101 lies beyond the 100 iterations: increase the iterations or remove that step from '10, 101'.",
			message("10, 101"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ten", "0", "-5", "every 0", "5..", "1.5", "99999999999", "10 x", ",", "5..x" })
	void whatCannotBeReadSaysSo(final String text) {
		assertTrue(message(text).contains("cannot be read"), message(text));
	}

	@Test
	void aListOfMillionsSaysSo() {
		assertEquals("The list of steps 'every 1' has more than 100000 steps: choose fewer, for example every 1000000.",
			assertThrows(DipException.class, () -> Steps.parse("every 1", 100_000_000)).getMessage());
	}

	private static String message(final String text) {
		return assertThrows(DipException.class, () -> Steps.parse(text, 100)).getMessage();
	}
}
