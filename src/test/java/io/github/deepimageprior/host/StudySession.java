package io.github.deepimageprior.host;

import static io.github.deepimageprior.host.Gui.awaitEnd;
import static io.github.deepimageprior.host.Gui.check;
import static io.github.deepimageprior.host.Gui.click;
import static io.github.deepimageprior.host.Gui.close;
import static io.github.deepimageprior.host.Gui.image;
import static io.github.deepimageprior.host.Gui.press;
import static io.github.deepimageprior.host.Gui.text;
import static io.github.deepimageprior.host.Gui.window;
import static io.github.deepimageprior.host.Screen.screenshot;

import ij.gui.GenericDialog;
import ij.gui.MessageDialog;

/** A person looks at a network, and starts a study without saying of what. */
final class StudySession {

	private StudySession() {}

	static void run() throws Exception {
		click("DIP Describe Network...");
		GenericDialog dialog = window("the dialog of the network", GenericDialog.class);
		press(dialog, "OK");
		close(image("Fast"));
		awaitEnd();
		click("DIP Defence Study...");
		dialog = window("the dialog of the study", GenericDialog.class);
		screenshot("study-dialog", dialog);
		press(dialog, "OK");
		final MessageDialog missing = window("the advice about the pictures", MessageDialog.class);
		check(text(missing).contains("The value of data is empty"), text(missing));
		press(missing, "OK");
		awaitEnd();
	}
}
