package io.github.deepimageprior.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.DipException;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

class ProtocolTest {

	private static final Settings FEATURE = Fixture.feature(Path.of("data"), Path.of("out"));

	@Test
	void thatOfThePaperDecides() {
		final Settings paper = Protocol.resolved(FEATURE.with("protocol", "As in the paper"));
		assertEquals(List.of("Arch-1", "Arch-2"), Studies.of(paper).conditions());
		assertEquals("10", paper.text("interval"));
		assertEquals(Studies.WHOLE, paper.text("size"));
		final Settings confidence = Fixture.confidence(Path.of("data"), Path.of("out"));
		final Settings figure1 = Protocol.resolved(confidence.with("protocol", Protocol.PAPER));
		assertEquals("Paper", figure1.text("preset"));
		assertEquals(confidence.text("interval"), figure1.text("interval"));
	}

	@Test
	void customLeavesWhatIsSet() {
		assertEquals(FEATURE, Protocol.resolved(FEATURE));
		assertTrue(assertThrows(DipException.class, () -> Protocol.resolved(FEATURE.with("protocol", "mine")))
			.getMessage().matches("[A-Z].*[.]"));
	}
}
