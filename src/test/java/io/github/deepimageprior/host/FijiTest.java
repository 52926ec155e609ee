package io.github.deepimageprior.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.WindowManager;
import ij.macro.Interpreter;
import ij.process.ByteProcessor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
		while (WindowManager.getImageCount() > 0)
			Interpreter.removeBatchModeImage(WindowManager.getImage(WindowManager.getIDList()[0]));
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

	/** Fiji takes 9 for the number of steps, reads on after a tab, and ignores a flag without a value. */
	@Test
	void theOptionsMeanTheSameAsInPlainImageJ() {
		final List<String> found = new ArrayList<>();
		FijiLike.shows = output -> found.add(output.getInfoProperty());
		FijiLike.macro(RUN.replace("iterations=2",
			"model_file=[/a/b_iterations=9 c]\tseed=4\ttrust iterations=2"));
		assertTrue(found.get(0).contains("Steps: 2 of 2"), found.get(0));
		assertTrue(found.get(0).contains(" seed=4 ") && found.get(0).contains(" trust=true "), found.get(0));
	}

	@Test
	void aTitleThatIsANumberIsNoPlaceInTheListOfImages() {
		FijiLike.macro("setBatchMode(true); newImage('first', '8-bit', 9, 9, 1); newImage('1', '8-bit', 9, 9, 1);"
			+ "selectImage('first');" + RUN.replace("iterations", "input=1 iterations"));
		assertEquals(List.of("1: purified"), shown);
	}

	@Test
	void amongImagesOfOneTitleTheActiveOneIsMeant() {
		FijiLike.shows = output -> shown.add(output.getTitle() + " " + output.getWidth());
		final String open = "setBatchMode(true); newImage('twin', '8-bit', 9, 9, 1); first = getImageID();"
			+ "newImage('twin', '8-bit', 10, 10, 1); newImage('other', '8-bit', 11, 11, 1);",
			run = RUN.replace("iterations", "input=twin iterations");
		assertFalse(FijiLike.macro(open + "selectImage(first);" + run));
		assertTrue(FijiLike.macro(open + run));
		assertEquals(List.of("twin: purified 9"), shown);
	}

	/** Such as one that has called waitForUser. */
	@Test
	void aMacroThatWaitsForItsUserIsNotEnded(@TempDir final Path folder) throws Exception {
		final Path end = folder.resolve("end");
		final AtomicBoolean ended = new AtomicBoolean();
		final Thread waiting = new Thread(
			() -> ended.set(FijiLike.macro("while (!File.exists('" + end + "')) wait(10);")));
		waiting.start();
		while (Interpreter.getInstance() == null) Thread.sleep(10);
		FijiLike.cancels = true;
		FijiLike.run("DIP Purify...", "");
		assertFalse(CommandHost.of("DIP Sample Image").needsNoDialog());
		Files.createFile(end);
		waiting.join();
		assertFalse(ended.get());
	}

	@Test
	void anOptionWithoutEffectIsSaid() throws Exception {
		assertEquals(
			List.of("DIP Purify: model_file=a.pt has no effect unless classify_with=[TorchScript file].",
				"DIP Describe Network: scales=3 has no effect unless architecture=custom."),
			NoEffect.said(() -> FijiLike.macro(RUN.replace("iterations", "model_file=a.pt iterations")
				+ "call('" + FijiLike.class.getName() + ".run', 'DIP Describe Network...', 'scales=3');")));
	}

	@Test
	void withoutOptionsALabelWithoutDotsNeedsNoDialog() {
		FijiLike.macro("call('" + FijiLike.class.getName() + ".run', 'DIP Sample Image', '');");
		assertFalse(FijiLike.asked);
		assertEquals(List.of("coffee"), shown);
	}
}
