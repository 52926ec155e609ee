package io.github.deepimageprior.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.process.ByteProcessor;

import io.github.deepimageprior.engine.Torch;

import org.junit.jupiter.api.Test;

/** What a run takes, in words. */
class EffortTest {

	private static Effort effort(final String kind, final double work, final boolean mayEndEarly) {
		return new Effort(kind, "CPU", work, 650_000_000, mayEndEarly);
	}

	@Test
	void theTimeFollowsFromTheLastRunOfItsKind() {
		final String kind = "test " + System.nanoTime();
		assertEquals("about 650 MB of memory; the time is known after the first run", effort(kind, 1000, false).text());
		effort(kind, 0, false).done(10, 0.5);
		assertTrue(effort(kind, 1000, false).text().startsWith("about 650 MB"), "half a second says nothing");
		effort(kind, 0, false).done(100, 10);
		assertEquals("about 80 s, 650 MB of memory", effort(kind, 800, false).text());
		assertEquals("at most 10 min, 650 MB of memory", effort(kind, 6000, true).text());
		assertEquals("about 2.5 h, 650 MB of memory", effort(kind, 90_000, false).text());
		assertEquals("about 1 s, 650 MB of memory", effort(kind, 1, false).text());
	}

	/** Before libtorch runs nothing is said: the dialog must not wait for it. */
	@Test
	void commandsKnowWhatTheyTake() {
		Torch.start();
		final ImagePlus image = new ImagePlus("dot", new ByteProcessor(64, 48)),
			large = new ImagePlus("large", new ByteProcessor(2100, 2000));
		for (final LongCommand command : new LongCommand[] { new DipDenoise(), new DipInpaint(),
			new DipSuperResolution(), new DipPurify(), new DipIterationStack(), new MigSgSaliency(),
			new CompareSaliency() })
		{
			final String text = command.estimate(image);
			assertTrue(text.matches(".*\\d MB of memory.*"), command + ": " + text);
			assertTrue(command.estimate(large).contains("B of memory"), command + ": large");
		}
	}
}
