package io.github.deepimageprior.host;

import static io.github.deepimageprior.host.Gui.awaitEnd;
import static io.github.deepimageprior.host.Gui.awaitStep;
import static io.github.deepimageprior.host.Gui.button;
import static io.github.deepimageprior.host.Gui.check;
import static io.github.deepimageprior.host.Gui.checkEstimate;
import static io.github.deepimageprior.host.Gui.choose;
import static io.github.deepimageprior.host.Gui.click;
import static io.github.deepimageprior.host.Gui.close;
import static io.github.deepimageprior.host.Gui.image;
import static io.github.deepimageprior.host.Gui.press;
import static io.github.deepimageprior.host.Gui.push;
import static io.github.deepimageprior.host.Gui.recorded;
import static io.github.deepimageprior.host.Gui.text;
import static io.github.deepimageprior.host.Gui.type;
import static io.github.deepimageprior.host.Gui.window;
import static io.github.deepimageprior.host.Screen.picture;
import static io.github.deepimageprior.host.Screen.screenshot;
import static io.github.deepimageprior.host.Screen.snapshot;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.gui.HTMLDialog;
import ij.gui.MessageDialog;
import ij.plugin.frame.Recorder;

import java.awt.Component;
import java.awt.EventQueue;
import java.awt.event.ActionEvent;
import java.util.Arrays;

import javax.swing.JFrame;

/** A person denoises until it is enough, fills in what is selected, and enlarges. */
final class RestorationSession {

	private RestorationSession() {}

	static void run(final Recorder recorder) throws Exception {
		IJ.selectWindow("coffee");
		click("DIP Denoise...");
		GenericDialog dialog = window("the dialog of denoising", GenericDialog.class);
		screenshot("12-denoise-dialog", dialog);
		checkEstimate(dialog);
		help("12-denoise-help", dialog);
		push(dialog, "Advanced >>");
		screenshot("12-denoise-advanced", dialog);
		type(dialog, "Patience", "7");
		choose(dialog, "Method", "deep image prior");
		push(dialog, "Restore defaults");
		push(dialog, "Advanced <<");
		press(dialog, "OK");
		check(recorded(recorder, "DIP Denoise...", "denoising_method=non-local").contains("patience=500 "),
			"the defaults are restored, in the folded group too");
		final ImagePlus filtered = image("coffee: denoised");
		awaitEnd();
		check(filtered.getInfoProperty().contains("Method: non-local filtering"), filtered.getInfoProperty());
		close(filtered);

		IJ.selectWindow("coffee");
		click("DIP Denoise...");
		dialog = window("the dialog of denoising again", GenericDialog.class);
		choose(dialog, "Method", "deep image prior");
		press(dialog, "OK");
		final JFrame denoising = awaitStep(40);
		snapshot("13-denoising");
		picture("progress", denoising);
		press(denoising, "Stop");
		final ImagePlus denoised = image("coffee: denoised");
		check(denoised.getInfoProperty().contains("Stopped: by the user at step "), denoised.getInfoProperty());
		close(denoised);

		IJ.selectWindow("coffee");
		click("DIP Inpaint...");
		dialog = window("the dialog of inpainting", GenericDialog.class);
		screenshot("14-inpaint-dialog", dialog);
		press(dialog, "OK");
		final MessageDialog nothing = window("the advice to select", MessageDialog.class);
		check(text(nothing).contains("has no area or point selection: select the missing pixels"), text(nothing));
		press(nothing, "OK");
		awaitEnd();
		IJ.selectWindow("coffee");
		IJ.makeOval(60, 60, 40, 30);
		click("DIP Inpaint...");
		dialog = window("the dialog of inpainting again", GenericDialog.class);
		type(dialog, "Max. iterations", "60");
		press(dialog, "OK");
		final ImagePlus inpainted = image("coffee: inpainted");
		awaitEnd();
		final Object first = inpainted.getProcessor().getPixelsCopy();
		close(inpainted);
		final String recorded = recorded(recorder, "DIP Inpaint...", "max_iterations=60 ");
		IJ.selectWindow("coffee");
		IJ.runMacro(recorded);
		final ImagePlus again = image("coffee: inpainted");
		check(Arrays.equals((int[]) first, (int[]) again.getProcessor().getPixels()),
			"the recorded line gives the same image: " + recorded);
		close(again);

		WindowManager.getImage("coffee").deleteRoi();
		IJ.runMacro("selectImage('coffee'); makeRectangle(20, 20, 64, 64); run('Duplicate...', 'title=part');");
		click("DIP Super-Resolution...");
		dialog = window("the dialog of super-resolution", GenericDialog.class);
		screenshot("15-super-resolution-dialog", dialog);
		type(dialog, "Max. iterations", "60");
		press(dialog, "OK");
		final ImagePlus large = image("part: super-resolution x4");
		check(large.getWidth() == 256, "four times as wide");
		screenshot("16-super-resolution");
		close(large);
		WindowManager.getImage("part").changes = false;
		WindowManager.getImage("part").close();
		WindowManager.getImage("coffee").deleteRoi();
	}

	/** Takes a screenshot of the dialog's help, which ImageJ shows in a window of its own. */
	private static void help(final String name, final GenericDialog dialog) throws Exception {
		final Component button = button(dialog, "Help");
		EventQueue
			.invokeLater(() -> button.dispatchEvent(new ActionEvent(button, ActionEvent.ACTION_PERFORMED, "Help")));
		final HTMLDialog help = window("the help", HTMLDialog.class);
		screenshot(name);
		EventQueue.invokeAndWait(help::dispose);
	}
}
