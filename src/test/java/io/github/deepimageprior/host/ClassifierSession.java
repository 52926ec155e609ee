package io.github.deepimageprior.host;

import static io.github.deepimageprior.host.Gui.awaitEnd;
import static io.github.deepimageprior.host.Gui.awaitThat;
import static io.github.deepimageprior.host.Gui.check;
import static io.github.deepimageprior.host.Gui.checkEstimate;
import static io.github.deepimageprior.host.Gui.click;
import static io.github.deepimageprior.host.Gui.close;
import static io.github.deepimageprior.host.Gui.frame;
import static io.github.deepimageprior.host.Gui.image;
import static io.github.deepimageprior.host.Gui.press;
import static io.github.deepimageprior.host.Gui.recorded;
import static io.github.deepimageprior.host.Gui.text;
import static io.github.deepimageprior.host.Gui.type;
import static io.github.deepimageprior.host.Gui.window;
import static io.github.deepimageprior.host.Screen.screenshot;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.gui.MessageDialog;
import ij.measure.ResultsTable;
import ij.plugin.frame.Recorder;

import java.util.Arrays;

/** A person asks what the image is, fools the classifier, asks why, and repairs the image. */
final class ClassifierSession {

	private ClassifierSession() {}

	static void run(final Recorder recorder) throws Exception {
		IJ.selectWindow("coffee");
		click("DIP Classify...");
		GenericDialog dialog = window("the dialog of the classifier", GenericDialog.class);
		screenshot("7-classify-dialog", dialog);
		press(dialog, "OK");
		awaitThat("the table", () -> ResultsTable.getResultsTable().columnExists("Name"));
		awaitEnd(); // the table is filled row by row
		check(
			"espresso".equals(
				ResultsTable.getResultsTable().getStringValue("Name", ResultsTable.getResultsTable().size() - 5)),
			"an espresso");

		click("Generate Adversary...");
		dialog = window("the dialog of the attack", GenericDialog.class);
		screenshot("8-adversary-dialog", dialog);
		type(dialog, "Epsilon", "1000");
		press(dialog, "OK");
		final MessageDialog wrong = window("the advice about epsilon", MessageDialog.class);
		check(text(wrong).contains("The value of epsilon is 1000.0: enter grey levels from 0 to 255."), text(wrong));
		press(wrong, "OK");
		awaitEnd();
		IJ.selectWindow("coffee");
		click("Generate Adversary...");
		dialog = window("the dialog of the attack again", GenericDialog.class);
		type(dialog, "Epsilon", "8");
		press(dialog, "OK");
		final ImagePlus adversary = image("coffee: adversary");
		awaitEnd();
		final String recorded = recorded(recorder, "Generate Adversary...", "epsilon=8.0");
		final Object first = adversary.getProcessor().getPixelsCopy();
		close(adversary);
		IJ.selectWindow("coffee");
		IJ.runMacro(recorded);
		final ImagePlus again = image("coffee: adversary");
		check(Arrays.equals((int[]) first, (int[]) again.getProcessor().getPixels()),
			"the recorded line gives the same adversary: " + recorded);

		click("MIG-SG Saliency...");
		dialog = window("the dialog of saliency", GenericDialog.class);
		screenshot("9-saliency-dialog", dialog);
		checkEstimate(dialog);
		press(dialog, "OK");
		press(frame("MIG-SG: .*"), "Stop");
		final ImagePlus map = image("coffee: adversary: MIG-SG");
		awaitEnd();
		screenshot("10-saliency");
		close(map);
		close(WindowManager.getImage("coffee: adversary: MIG-SG mask"));

		IJ.selectWindow("coffee");
		IJ.runMacro("run('Compare Saliency Methods...', 'random_baselines=1 intervals=5');");
		final ImagePlus montage = image("coffee: saliency methods");
		IJ.runMacro("run('DIP Iteration Stack...', 'input=[coffee: adversary] iterations=250 steps=[every 50] "
			+ "classify_with=EfficientNet-Lite0 true_class=espresso saliency=true');");
		image("Confidence of coffee: adversary");
		screenshot("11-repair");
		close(montage);
		for (final String title : new String[] { "coffee: adversary: saliency", "coffee: adversary: iterations",
			"coffee: adversary" }) close(WindowManager.getImage(title));
		WindowManager.getImage("Confidence of coffee: adversary").close();
	}
}
