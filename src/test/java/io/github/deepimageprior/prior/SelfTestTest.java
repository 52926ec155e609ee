package io.github.deepimageprior.prior;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Cancellation;

import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;

class SelfTestTest {

	@Test
	void itMeasuresAndCanBeCancelled() {
		final double steps = SelfTest.stepsPerSecond("CPU", new Cancellation());
		assertTrue(steps > 0 && Double.isFinite(steps), "steps a second: " + steps);
		final Cancellation cancelled = new Cancellation();
		cancelled.cancel();
		assertThrows(CancellationException.class, () -> SelfTest.stepsPerSecond("CPU", cancelled));
	}
}
