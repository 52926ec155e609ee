package io.github.deepimageprior.image;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.DipException;

import org.junit.jupiter.api.Test;

class HeapMemoryTest {

	@Test
	void resultsThatImageJCannotHoldAreRefusedBeforeTheStart() {
		final ImageSource source = new ImageSource(TestImages.image("RGB", 1, 3, 1));
		HeapMemory.require(source, 100);
		final long perPoint = 11 * 9 * 4 * 3, free = Runtime.getRuntime().maxMemory();
		final String message = assertThrows(DipException.class,
			() -> HeapMemory.require(source, (int) (free / perPoint) + 1)).getMessage();
		assertTrue(message.matches(
			"A result of \\d+ images of 11x9 pixels needs about [\\d.]+ [MG]B of ImageJ's memory \\(the Java heap\\), "
				+ "but only [\\d.]+ [MG]B of it is free: choose fewer steps, .*"),
			message);
	}

	@Test
	void allPicturesThatAreProcessedAtOnceCount() {
		final ImageSource source = new ImageSource(TestImages.image("8", 1, 20, 1));
		final int tenth = (int) (Runtime.getRuntime().maxMemory() / 10 / (11 * 9));
		HeapMemory.require(source, 1, 0, 1, tenth, 2);
		assertThrows(DipException.class, () -> HeapMemory.require(source, 1, 0, 1, tenth, 11));
		final ImageSource two = new ImageSource(TestImages.image("8", 1, 2, 1));
		HeapMemory.require(two, 1, 0, 1, tenth, 11); // there are no more
	}
}
