package io.github.deepimageprior.host;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.Menus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.gui.HTMLDialog;
import ij.gui.MessageDialog;
import ij.gui.MultiLineLabel;
import ij.measure.ResultsTable;
import ij.plugin.frame.Recorder;

import java.awt.Button;
import java.awt.Checkbox;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dialog;
import java.awt.EventQueue;
import java.awt.Menu;
import java.awt.MenuItem;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.TextField;
import java.awt.Toolkit;
import java.awt.Window;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.io.File;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;

import javax.imageio.ImageIO;
import javax.swing.AbstractButton;
import javax.swing.JFrame;
import javax.swing.JProgressBar;

/**
 * Uses the plugin in plain ImageJ 1.x as a person would, on a display: menu entries, dialogs, buttons, Recorder. Knows
 * ImageJ alone, so that ImageJ itself loads the plugin from its folder. Takes screenshots. Ends with exit code 0 if all
 * went as it should.
 */
final class GuiDriver {

	private static File pictures;

	/** Arguments: ImageJ's folder, a folder for the screenshots. */
	public static void main(final String[] arguments) throws Exception {
		pictures = new File(arguments[1]);
		pictures.mkdirs();
		Thread.setDefaultUncaughtExceptionHandler((thread, problem) -> fail(problem));
		try {
			ImageJ.main(new String[] { "-ijpath", arguments[0] });
			everything();
			System.exit(0);
		}
		catch (final Throwable problem) {
			fail(problem);
		}
	}

	private static void everything() throws Exception {
		click("DIP Purify...");
		final MessageDialog noImage = await("the error without an image", () -> window(MessageDialog.class));
		check(text(noImage).contains("There is no image open"), text(noImage));
		screenshot("1-no-image");
		press(noImage, "OK");

		final Recorder recorder = new Recorder();
		click("DIP Sample Image");
		await("the sample", () -> WindowManager.getImage("coffee"));

		click("DIP Purify...");
		GenericDialog dialog = await("the dialog", () -> window(GenericDialog.class));
		Thread.sleep(500);
		screenshot("2-dialog", dialog);
		field(dialog, 0, "many");
		press(dialog, "OK");
		final MessageDialog wrong = await("the advice", () -> window(MessageDialog.class));
		check(text(wrong).contains("The value of iterations is 'many': write a whole number."), text(wrong));
		press(wrong, "OK");
		dialog = await("the dialog again", () -> window(GenericDialog.class));
		field(dialog, 0, "120");
		for (final Object box : dialog.getCheckboxes()) ((Checkbox) box).setState(true);
		press(dialog, "OK");
		final JFrame progress = await("the progress window", () -> window(JFrame.class));
		awaitStep(progress, 20);
		screenshot("3-running");
		final ImagePlus purified = await("the result", () -> WindowManager.getImage("coffee: purified"));
		await("the loss curve", () -> WindowManager.getImage("Loss of coffee"));
		await("the progress window to go", () -> progress.isShowing() ? null : "");
		awaitEnd();
		Thread.sleep(1000); // the windows are drawn
		screenshot("4-result");

		final String recorded = Arrays.stream(recorder.getText().split("\n"))
			.filter(line -> line.startsWith("run(\"DIP Purify...\"")).findFirst().orElse("nothing");
		check(recorded.equals(
			"run(\"DIP Purify...\", \"iterations=120 preset=Fast result=averaged seed=0 device=auto precision=auto preview=true classifier=none model_file= download=true true_class= curve=true\");"),
			recorded);
		final Object first = purified.getProcessor().getPixelsCopy();
		close(purified);
		IJ.selectWindow("coffee");
		IJ.runMacro(recorded);
		final ImagePlus again = await("the replayed result", () -> WindowManager.getImage("coffee: purified"));
		check(Arrays.equals((int[]) first, (int[]) again.getProcessor().getPixels()),
			"the recorded line gives the same picture");
		close(again);

		IJ.selectWindow("coffee");
		click("DIP Iteration Stack...");
		dialog = await("the dialog of the stack", () -> window(GenericDialog.class));
		screenshot("5-stack-dialog", dialog);
		field(dialog, 0, "100000");
		field(dialog, 4, "10, 20, 90000");
		press(dialog, "OK");
		final JFrame stack = await("its progress window", () -> window(JFrame.class));
		awaitStep(stack, 21);
		escape(stack);
		final ImagePlus steps = await("the stopped stack", () -> WindowManager.getImage("coffee: iterations"));
		check(steps.getStackSize() == 4, "original, 10, 20 and the last step: " + steps.getStackSize());
		Thread.sleep(1000);
		screenshot("6-stack");
		close(steps);

		classifier(recorder);
		restoration(recorder);

		IJ.selectWindow("coffee");
		click("DIP Purify...");
		dialog = await("the dialog to cancel", () -> window(GenericDialog.class));
		field(dialog, 0, "100000");
		press(dialog, "OK");
		final JFrame cancelled = await("the window to cancel", () -> window(JFrame.class));
		awaitStep(cancelled, 2);
		press(cancelled, "Cancel");
		awaitEnd();
		check(WindowManager.getImage("coffee: purified") == null, "cancel discards");
		check(window(MessageDialog.class) == null, "and says nothing");

		IJ.selectWindow("coffee");
		final Thread macro = new Thread(
			() -> IJ.runMacro("run(\"DIP Purify...\", \"iterations=100000\"); print(\"went on\");"));
		macro.start();
		final JFrame inMacro = await("the window of a macro's command", () -> window(JFrame.class));
		awaitStep(inMacro, 2);
		press(inMacro, "Cancel");
		macro.join();
		check(IJ.getLog() == null, "cancel ends a macro");

		final Thread batch = new Thread(() -> IJ.runMacro(
			"setBatchMode(true); run(\"DIP Purify...\", \"iterations=100000 input=coffee\"); print(\"went on\");"));
		batch.start();
		Thread.sleep(2000); // any moment will do
		escape(IJ.getInstance());
		batch.join();
		check(IJ.getLog() == null, "Esc ends a macro in batch mode");
	}

	/** Asks what the image is, fools the classifier, asks why, and repairs the image. */
	private static void classifier(final Recorder recorder) throws Exception {
		IJ.selectWindow("coffee");
		click("DIP Classify...");
		GenericDialog dialog = await("the dialog of the classifier", () -> window(GenericDialog.class));
		Thread.sleep(500);
		screenshot("7-classify-dialog", dialog);
		press(dialog, "OK");
		await("the table", () -> ResultsTable.getResultsTable().columnExists("Name") ? "" : null);
		check(
			"espresso".equals(
				ResultsTable.getResultsTable().getStringValue("Name", ResultsTable.getResultsTable().size() - 5)),
			"an espresso");
		awaitEnd();

		click("Generate Adversary...");
		dialog = await("the dialog of the attack", () -> window(GenericDialog.class));
		Thread.sleep(500);
		screenshot("8-adversary-dialog", dialog);
		field(dialog, 1, "1000");
		press(dialog, "OK");
		final MessageDialog wrong = await("the advice about epsilon", () -> window(MessageDialog.class));
		check(text(wrong).contains("The value of epsilon is 1000.0: write grey levels from 0 to 255."), text(wrong));
		press(wrong, "OK");
		awaitEnd();
		IJ.selectWindow("coffee");
		click("Generate Adversary...");
		dialog = await("the dialog of the attack again", () -> window(GenericDialog.class));
		field(dialog, 1, "8");
		press(dialog, "OK");
		final ImagePlus adversary = await("the adversary", () -> WindowManager.getImage("coffee: adversary"));
		awaitEnd();
		final String recorded = Arrays.stream(recorder.getText().split("\n"))
			.filter(line -> line.startsWith("run(\"Generate Adversary...\"") && line.contains("epsilon=8.0"))
			.findFirst().orElse("nothing");
		final Object first = adversary.getProcessor().getPixelsCopy();
		close(adversary);
		IJ.selectWindow("coffee");
		IJ.runMacro(recorded);
		final ImagePlus again = await("the replayed adversary", () -> WindowManager.getImage("coffee: adversary"));
		check(Arrays.equals((int[]) first, (int[]) again.getProcessor().getPixels()),
			"the recorded line gives the same adversary: " + recorded);

		click("MIG-SG Saliency...");
		dialog = await("the dialog of saliency", () -> window(GenericDialog.class));
		Thread.sleep(500);
		screenshot("9-saliency-dialog", dialog);
		press(dialog, "OK");
		final JFrame computing = await("the window of a long computation", () -> window(JFrame.class));
		press(computing, "Stop");
		final ImagePlus map = await("the map so far", () -> WindowManager.getImage("coffee: adversary: MIG-SG"));
		awaitEnd();
		Thread.sleep(1000);
		screenshot("10-saliency");
		close(map);
		close(WindowManager.getImage("coffee: adversary: MIG-SG mask"));

		IJ.selectWindow("coffee");
		IJ.runMacro("run('Compare Saliency Methods...', 'trials=1 intervals=5');");
		final ImagePlus montage = await("the comparison", () -> WindowManager.getImage("coffee: saliency methods"));
		IJ.runMacro(
			"run('DIP Iteration Stack...', 'input=[coffee: adversary] iterations=250 steps=[every 50] classifier=EfficientNet-Lite0 true_class=espresso saliency=true');");
		await("the curve", () -> WindowManager.getImage("Confidence of coffee: adversary"));
		Thread.sleep(1000);
		screenshot("11-repair");
		close(montage);
		for (final String title : new String[] { "coffee: adversary: saliency", "coffee: adversary: iterations",
			"coffee: adversary" }) close(WindowManager.getImage(title));
		WindowManager.getImage("Confidence of coffee: adversary").close();
	}

	/** Denoises until it is stopped, paints what is selected, and enlarges. */
	private static void restoration(final Recorder recorder) throws Exception {
		IJ.selectWindow("coffee");
		click("DIP Denoise...");
		GenericDialog dialog = await("the dialog of denoising", () -> window(GenericDialog.class));
		Thread.sleep(500);
		screenshot("12-denoise-dialog", dialog);
		help("12-denoise-help", dialog);
		press(dialog, "OK");
		final JFrame denoising = await("the window of denoising", () -> window(JFrame.class));
		awaitStep(denoising, 40);
		screenshot("13-denoising");
		press(denoising, "Stop");
		final ImagePlus denoised = await("the denoised image", () -> WindowManager.getImage("coffee: denoised"));
		check(denoised.getInfoProperty().contains("End: stopped by the user at step "), denoised.getInfoProperty());
		close(denoised);

		IJ.selectWindow("coffee");
		click("DIP Inpaint...");
		dialog = await("the dialog of inpainting", () -> window(GenericDialog.class));
		Thread.sleep(500);
		screenshot("14-inpaint-dialog", dialog);
		press(dialog, "OK");
		final MessageDialog nothing = await("the advice to select", () -> window(MessageDialog.class));
		check(text(nothing).contains("has no area selection: select what is missing"), text(nothing));
		press(nothing, "OK");
		awaitEnd();
		IJ.selectWindow("coffee");
		IJ.makeOval(60, 60, 40, 30);
		click("DIP Inpaint...");
		dialog = await("the dialog of inpainting again", () -> window(GenericDialog.class));
		field(dialog, 0, "60");
		press(dialog, "OK");
		final ImagePlus inpainted = await("the inpainted image", () -> WindowManager.getImage("coffee: inpainted"));
		awaitEnd();
		final Object first = inpainted.getProcessor().getPixelsCopy();
		close(inpainted);
		final String recorded = Arrays.stream(recorder.getText().split("\n"))
			.filter(line -> line.startsWith("run(\"DIP Inpaint...\"") && line.contains("iterations=60 ")).findFirst()
			.orElse("nothing");
		IJ.selectWindow("coffee");
		IJ.runMacro(recorded);
		final ImagePlus again = await("the replayed inpainting", () -> WindowManager.getImage("coffee: inpainted"));
		check(Arrays.equals((int[]) first, (int[]) again.getProcessor().getPixels()),
			"the recorded line paints the same: " + recorded);
		close(again);

		WindowManager.getImage("coffee").deleteRoi();
		IJ.runMacro("selectImage('coffee'); makeRectangle(20, 20, 64, 64); run('Duplicate...', 'title=part');");
		click("DIP Super-Resolution...");
		dialog = await("the dialog of super-resolution", () -> window(GenericDialog.class));
		Thread.sleep(500);
		screenshot("15-super-resolution-dialog", dialog);
		field(dialog, 0, "60");
		press(dialog, "OK");
		final ImagePlus large = await("the larger image", () -> WindowManager.getImage("part: super-resolution x4"));
		check(large.getWidth() == 256, "four times as wide");
		Thread.sleep(1000);
		screenshot("16-super-resolution");
		close(large);
		WindowManager.getImage("part").changes = false;
		WindowManager.getImage("part").close();
		WindowManager.getImage("coffee").deleteRoi();
	}

	private static void close(final ImagePlus image) {
		check(image.changes, "ImageJ would ask before it closes a result");
		image.changes = false;
		image.close();
	}

	/** A person's Esc, in a window. */
	private static void escape(final Window window) throws Exception {
		EventQueue.invokeAndWait(() -> {
			window.toFront();
			window.requestFocus();
		});
		await("the focus", () -> window.isFocused() ? "" : null);
		final Robot robot = new Robot();
		robot.keyPress(KeyEvent.VK_ESCAPE);
		robot.keyRelease(KeyEvent.VK_ESCAPE);
	}

	/** What a click on a menu entry sends; not before the last command has ended, or the Recorder would mix them up. */
	private static void click(final String label) throws Exception {
		awaitEnd();
		final MenuItem item = item(Menus.getMenuBar().getMenu(pluginsMenu()), label);
		Toolkit.getDefaultToolkit().getSystemEventQueue()
			.postEvent(new ActionEvent(item, ActionEvent.ACTION_PERFORMED, label));
	}

	private static int pluginsMenu() {
		int i = 0;
		while (!Menus.getMenuBar().getMenu(i).getLabel().equals("Plugins")) i++;
		return i;
	}

	private static MenuItem item(final Menu menu, final String label) {
		for (int i = 0; i < menu.getItemCount(); i++) {
			if (!(menu.getItem(i) instanceof Menu inner) || !inner.getLabel().equals("Deep Image Prior")) continue;
			for (int k = 0; k < inner.getItemCount(); k++)
				if (inner.getItem(k).getLabel().equals(label)) return inner.getItem(k);
		}
		throw new AssertionError("There is no menu entry " + label);
	}

	private static <T> T window(final Class<T> kind) {
		return Stream.of(Window.getWindows()).filter(window -> kind.isInstance(window) && window.isShowing())
			.map(kind::cast).findFirst().orElse(null);
	}

	private static void press(final Window window, final String label) throws Exception {
		final Component button = button(window, label);
		EventQueue.invokeAndWait(() -> {
			if (button instanceof AbstractButton swing) swing.doClick();
			else button.dispatchEvent(new ActionEvent(button, ActionEvent.ACTION_PERFORMED, label));
		});
		if (window instanceof Dialog) await("the dialog to close", () -> window.isShowing() ? null : "");
	}

	private static Component button(final Window window, final String label) {
		return components(window)
			.filter(c -> c instanceof Button b && b.getLabel().trim().equals(label)
				|| c instanceof AbstractButton s && label.equals(s.getText()))
			.findFirst().orElseThrow(() -> new AssertionError("no button " + label));
	}

	/** What the fields mean, in a window that ImageJ shows before the dialog. */
	private static void help(final String name, final GenericDialog dialog) throws Exception {
		final Component button = button(dialog, "Help");
		EventQueue
			.invokeLater(() -> button.dispatchEvent(new ActionEvent(button, ActionEvent.ACTION_PERFORMED, "Help")));
		final HTMLDialog help = await("the help", () -> window(HTMLDialog.class));
		Thread.sleep(500);
		screenshot(name);
		EventQueue.invokeAndWait(help::dispose);
	}

	private static void field(final GenericDialog dialog, final int index, final String text) {
		((TextField) dialog.getStringFields().get(index)).setText(text);
	}

	private static Stream<Component> components(final Container container) {
		return Arrays.stream(container.getComponents())
			.flatMap(c -> c instanceof Container inner ? Stream.concat(Stream.of(c), components(inner)) : Stream.of(c));
	}

	/** The text of ImageJ's message, which it draws itself. */
	private static String text(final MessageDialog dialog) throws ReflectiveOperationException {
		final Field lines = MultiLineLabel.class.getDeclaredField("lines");
		lines.setAccessible(true);
		return String.join(" ", (String[]) lines
			.get(components(dialog).filter(MultiLineLabel.class::isInstance).findFirst().orElseThrow()));
	}

	/** Waits for the end of all commands; ImageJ names a command's thread after its label. */
	private static void awaitEnd() throws Exception {
		await("the last command to end", () -> Thread.getAllStackTraces().keySet().stream()
			.anyMatch(thread -> thread.getName().matches("(DIP|Generate|MIG-SG|Compare) .*")) ? null : "");
	}

	private static void awaitStep(final Window progress, final int step) throws Exception {
		final JProgressBar bar = (JProgressBar) components(progress).filter(JProgressBar.class::isInstance).findFirst()
			.orElseThrow();
		await("step " + step,
			() -> bar.getString().startsWith("step ") && Integer.parseInt(bar.getString().split(" ")[1]) >= step ? ""
				: null);
	}

	private static <T> T await(final String what, final Supplier<T> found) throws Exception {
		final long end = System.nanoTime() + 120_000_000_000L;
		while (System.nanoTime() < end) {
			final T value = found.get();
			if (value != null) return value;
			Thread.sleep(100);
		}
		throw new AssertionError("waited in vain for " + what);
	}

	private static void check(final boolean holds, final String what) {
		if (!holds) throw new AssertionError(what);
		System.out.println("ok: " + what.split("\n")[0]);
	}

	private static void screenshot(final String name) throws Exception {
		ImageIO.write(new Robot().createScreenCapture(new Rectangle(Toolkit.getDefaultToolkit().getScreenSize())),
			"png", new File(pictures, name + ".png"));
	}

	/** Of a dialog that must fit on the screen of a small laptop. */
	private static void screenshot(final String name, final GenericDialog dialog) throws Exception {
		screenshot(name);
		check(dialog.getHeight() <= 720 && dialog.getWidth() <= 1280,
			"the dialog has " + dialog.getWidth() + "x" + dialog.getHeight() + " pixels");
	}

	private static void fail(final Throwable problem) {
		try {
			screenshot("failed");
		}
		catch (final Exception noScreen) {
			problem.addSuppressed(noScreen);
		}
		problem.printStackTrace();
		System.exit(1);
	}
}
