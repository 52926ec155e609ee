package io.github.deepimageprior.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.WindowManager;
import ij.process.ByteProcessor;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Fiji does differently from plain ImageJ, in a host that does the same. */
class FijiTest {

	private static final String RUN = "call('" + FijiLike.class.getName() + ".run', 'DIP Purify...', "
		+ "'iterations=2 preset=Arch-2 device=CPU');";

	private final List<String> shown = new ArrayList<>();

	@BeforeEach
	void openTwoImages() {
		WindowManager.setTempCurrentImage(null); // another test may have left one
		FijiLike.front = new ImagePlus("front", new ByteProcessor(9, 9));
		FijiLike.shows = output -> {
			shown.add(output.getTitle());
			output.close(); // it must not stay in ImageJ's list
		};
	}

	@AfterEach
	void close() {
		FijiLike.cancels = false;
		WindowManager.setTempCurrentImage(null);
	}

	@Test
	void theImageOfTheCallersThreadCountsMoreThanTheFrontOne() {
		FijiLike.macro(RUN);
		WindowManager.setTempCurrentImage(new ImagePlus("selected", new ByteProcessor(9, 9)));
		FijiLike.macro(RUN);
		assertEquals(List.of("front: purified", "selected: purified"), shown);
	}

	@Test
	void aCancelledDialogEndsTheMacro() {
		assertFalse(FijiLike.macro(RUN));
		FijiLike.cancels = true;
		assertTrue(FijiLike.macro(RUN));
		assertEquals(List.of("front: purified"), shown);
	}

	@Test
	void withoutOptionsALabelWithoutDotsNeedsNoDialog() {
		FijiLike.macro("call('" + FijiLike.class.getName() + ".run', 'DIP Sample Image', '');");
		assertFalse(FijiLike.asked);
		assertEquals(List.of("coffee"), shown);
	}
}
