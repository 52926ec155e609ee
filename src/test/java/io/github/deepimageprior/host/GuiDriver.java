package io.github.deepimageprior.host;

import static io.github.deepimageprior.host.Gui.awaitEnd;
import static io.github.deepimageprior.host.Gui.awaitStep;
import static io.github.deepimageprior.host.Gui.awaitThat;
import static io.github.deepimageprior.host.Gui.bar;
import static io.github.deepimageprior.host.Gui.button;
import static io.github.deepimageprior.host.Gui.check;
import static io.github.deepimageprior.host.Gui.click;
import static io.github.deepimageprior.host.Gui.close;
import static io.github.deepimageprior.host.Gui.escape;
import static io.github.deepimageprior.host.Gui.frame;
import static io.github.deepimageprior.host.Gui.image;
import static io.github.deepimageprior.host.Gui.press;
import static io.github.deepimageprior.host.Gui.recorded;
import static io.github.deepimageprior.host.Gui.shown;
import static io.github.deepimageprior.host.Gui.text;
import static io.github.deepimageprior.host.Gui.type;
import static io.github.deepimageprior.host.Gui.window;
import static io.github.deepimageprior.host.Screen.screenshot;
import static io.github.deepimageprior.host.Screen.snapshot;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.gui.MessageDialog;
import ij.plugin.frame.Recorder;

import java.awt.Checkbox;
import java.awt.Rectangle;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

import javax.swing.JFrame;

/**
 * Uses the plugin in plain ImageJ 1.x as a person would, on a display: menu entries, dialogs, buttons, Recorder. Knows
 * ImageJ alone, so that ImageJ itself loads the plugin from its folder. Takes screenshots. Ends with exit code 0 if all
 * went as it should.
 */
final class GuiDriver {

	private GuiDriver() {}

	/** Arguments: ImageJ's folder, a folder for the screenshots, a module that never returns. */
	public static void main(final String[] arguments) throws Exception {
		Screen.keepScreenshotsIn(new File(arguments[1]));
		Thread.setDefaultUncaughtExceptionHandler((thread, problem) -> fail(problem));
		try {
			ImageJ.main(new String[] { "-ijpath", arguments[0] });
			withoutAnImage();
			click("DIP Sample Image");
			press(window("the dialog of the sample images", GenericDialog.class), "OK");
			image("coffee");
			firstStart();
			selection();
			engine();
			final Recorder recorder = new Recorder();
			purify(recorder);
			iterationStack();
			ClassifierSession.run(recorder);
			RestorationSession.run(recorder);
			StudySession.run(Path.of(arguments[0]));
			cancel();
			endless(arguments[2]); // last: afterwards nothing can be computed
			System.exit(0);
		}
		catch (final Throwable problem) {
			fail(problem);
		}
	}

	/** Cancels the first command while libtorch is being unpacked. */
	private static void firstStart() throws Exception {
		click("DIP Classify...");
		press(window("the first dialog", GenericDialog.class), "OK");
		final JFrame unpacking = frame("DIP Classify: libtorch");
		awaitThat("megabytes", () -> bar(unpacking).getString().matches("unpacking .* [1-9]\\d* of \\d+ MB.*"));
		snapshot("0-unpacking");
		press(unpacking, "Cancel");
		awaitEnd();
		check(shown(MessageDialog.class) == null, "a cancelled first start says nothing");
		IJ.selectWindow("coffee");
	}

	/** Removes the selection while libtorch is still starting: what counts is that of the moment of OK. */
	private static void selection() throws Exception {
		final ImagePlus coffee = WindowManager.getImage("coffee");
		coffee.setRoi(20, 20, 64, 64);
		click("DIP Purify...");
		final GenericDialog dialog = window("the dialog of a selection", GenericDialog.class);
		type(dialog, "Iterations", "100000");
		press(dialog, "OK");
		frame("DIP Purify: .*");
		coffee.deleteRoi();
		press(awaitStep(3), "Stop");
		final ImagePlus part = image("coffee: purified");
		awaitEnd();
		final int[] changed = { 0, 0 };
		for (int i = 0; i < coffee.getWidth() * coffee.getHeight(); i++)
			if (coffee.getProcessor().get(i) != part.getProcessor().get(i))
				changed[new Rectangle(20, 20, 64, 64).contains(i % coffee.getWidth(), i / coffee.getWidth()) ? 0 : 1]++;
		check(changed[0] > 0 && changed[1] == 0, "only what was selected is purified: " + Arrays.toString(changed));
		close(part);
	}

	private static void engine() throws Exception {
		click("DIP Engine...");
		final GenericDialog dialog = window("the dialog of the engine", GenericDialog.class);
		screenshot("0-engine-dialog", dialog);
		press(dialog, "OK");
		final JFrame report = frame("DIP Engine");
		awaitThat("the facts", () -> button(report, "Try again").isEnabled());
		screenshot("0-engine");
		press(report, "Close");
		awaitEnd();
	}

	private static void withoutAnImage() throws Exception {
		click("DIP Purify...");
		final MessageDialog noImage = window("the error without an image", MessageDialog.class);
		check(text(noImage).contains("There is no image open"), text(noImage));
		screenshot("1-no-image");
		press(noImage, "OK");
	}

	/** Corrects a bad value, watches the fit, and repeats it from the recorded line. */
	private static void purify(final Recorder recorder) throws Exception {
		click("DIP Purify...");
		GenericDialog dialog = window("the dialog", GenericDialog.class);
		screenshot("2-purify-dialog", dialog);
		type(dialog, "Iterations", "many");
		press(dialog, "OK");
		final MessageDialog wrong = window("the advice", MessageDialog.class);
		check(text(wrong).contains("The value of iterations is 'many': enter a whole number."), text(wrong));
		press(wrong, "OK");
		dialog = window("the dialog again", GenericDialog.class);
		type(dialog, "Iterations", "120");
		for (final Object box : dialog.getCheckboxes()) ((Checkbox) box).setState(true);
		press(dialog, "OK");
		final JFrame progress = awaitStep(20);
		snapshot("3-running");
		final ImagePlus purified = image("coffee: purified");
		image("Loss of coffee");
		awaitThat("the progress window to go", () -> !progress.isShowing());
		awaitEnd();
		screenshot("4-result");
		check(IJ.getLog().contains("\nAs a script, in Groovy:\n#@ CommandService commands\n"), IJ.getLog());

		final String recorded = recorded(recorder, "DIP Purify...", "iterations=120 ");
		final String options = "iterations=120 preset=Fast result=averaged seed=0 device=auto precision=auto "
			+ "preview=true classify_with=none model_file= download=true trust=true true_class= plot_loss=true";
		check(Set.of(options.split(" ")).equals(Set.of(recorded.split("\"")[3].split(" "))), recorded);
		final Object first = purified.getProcessor().getPixelsCopy();
		close(purified);
		IJ.selectWindow("coffee");
		IJ.runMacro(recorded);
		final ImagePlus again = image("coffee: purified");
		check(Arrays.equals((int[]) first, (int[]) again.getProcessor().getPixels()),
			"the recorded line gives the same picture");
		close(again);
	}

	/** Stops the stack with Esc and keeps what there is. */
	private static void iterationStack() throws Exception {
		IJ.selectWindow("coffee");
		click("DIP Iteration Stack...");
		final GenericDialog dialog = window("the dialog of the stack", GenericDialog.class);
		screenshot("5-stack-dialog", dialog);
		type(dialog, "Iterations", "100000");
		type(dialog, "Steps", "10, 20, 90000");
		press(dialog, "OK");
		final JFrame progress = awaitStep(21);
		escape(progress);
		final ImagePlus steps = image("coffee: iterations");
		awaitEnd();
		check(steps.getStackSize() == 4, "original, 10, 20 and the last step: " + steps.getStackSize());
		screenshot("6-stack");
		close(steps);
	}

	/** Cancels a command, a macro's command, and a macro in batch mode. */
	private static void cancel() throws Exception {
		IJ.selectWindow("coffee");
		click("DIP Purify...");
		final GenericDialog dialog = window("the dialog to cancel", GenericDialog.class);
		type(dialog, "Iterations", "100000");
		press(dialog, "OK");
		press(awaitStep(2), "Cancel");
		awaitEnd();
		check(WindowManager.getImage("coffee: purified") == null, "cancel discards");
		check(shown(MessageDialog.class) == null, "and says nothing");

		IJ.selectWindow("coffee");
		final Thread macro = start("run(\"DIP Purify...\", \"iterations=100000\"); print(\"went on\");");
		press(awaitStep(2), "Cancel");
		awaitThat("the macro to end", () -> !macro.isAlive());
		check(!wentOn(), "cancel ends a macro");

		final Thread batch = start(
			"setBatchMode(true); run(\"DIP Purify...\", \"iterations=100000 input=coffee\"); print(\"went on\");");
		awaitThat("a step in the status bar", () -> ImageJ.getStatusBarText().contains("step "));
		escape(IJ.getInstance());
		awaitThat("the macro in batch mode to end", () -> !batch.isAlive());
		check(!wentOn(), "Esc ends a macro in batch mode");
	}

	/** Cancels a command whose module never returns, and tries the next. */
	private static void endless(final String module) throws Exception {
		IJ.selectWindow("coffee");
		final Thread macro = start("run(\"DIP Classify...\", \"classifier=[" + module + "]\");");
		final JFrame opening = frame("Opening .*");
		press(opening, "Cancel");
		awaitThat("the macro to end", () -> !macro.isAlive());
		awaitThat("the window to go", () -> !opening.isShowing());
		click("DIP Classify...");
		press(window("the dialog of the next command", GenericDialog.class), "OK");
		final MessageDialog busy = window("the advice to restart", MessageDialog.class);
		check(text(busy).contains("only a restart of ImageJ ends it"), text(busy));
		screenshot("16-busy");
		press(busy, "OK");
	}

	private static boolean wentOn() {
		return IJ.getLog() != null && IJ.getLog().contains("went on");
	}

	private static Thread start(final String macro) {
		final Thread thread = new Thread(() -> IJ.runMacro(macro));
		thread.start();
		return thread;
	}

	private static void fail(final Throwable problem) {
		problem.printStackTrace();
		try {
			snapshot("failed");
		}
		catch (final Throwable noScreen) {
			noScreen.printStackTrace();
		}
		System.exit(1);
	}
}
