package io.github.deepimageprior.host;

import static io.github.deepimageprior.host.Gui.awaitEnd;
import static io.github.deepimageprior.host.Gui.awaitThat;
import static io.github.deepimageprior.host.Gui.check;
import static io.github.deepimageprior.host.Gui.choose;
import static io.github.deepimageprior.host.Gui.click;
import static io.github.deepimageprior.host.Gui.close;
import static io.github.deepimageprior.host.Gui.image;
import static io.github.deepimageprior.host.Gui.press;
import static io.github.deepimageprior.host.Gui.text;
import static io.github.deepimageprior.host.Gui.type;
import static io.github.deepimageprior.host.Gui.window;
import static io.github.deepimageprior.host.Screen.screenshot;

import ij.IJ;
import ij.gui.GenericDialog;
import ij.gui.MessageDialog;

import io.github.deepimageprior.study.Fixture;

import java.nio.file.Files;
import java.nio.file.Path;

/** A person looks at a network, runs a study of one picture, and purifies the folder with that picture. */
final class StudySession {

	private StudySession() {}

	/** @param imagej folder of ImageJ */
	static void run(final Path imagej) throws Exception {
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

		final Path folder = Files.createTempDirectory("study"),
			pictures = Files.createDirectories(folder.resolve("pictures/espresso"));
		IJ.selectWindow("coffee");
		IJ.runMacro("run('Duplicate...', 'title=cup'); saveAs('PNG', getArgument()); close();",
			pictures.resolve("cup.png").toString());
		click("DIP Defence Study...");
		dialog = window("the dialog of the study again", GenericDialog.class);
		type(dialog, "Pictures", folder.resolve("pictures").toString());
		type(dialog, "Output folder", folder.resolve("study").toString());
		type(dialog, "Attacks", "clean");
		type(dialog, "Defences", "none, JPEG 75");
		press(dialog, "OK");
		awaitThat("the end of the study", () -> IJ.getLog().contains("1 of 1 items are complete"));
		check(IJ.getLog().matches("(?s).*DIP Defence Study: 1 item takes about .* of memory each.*"),
			"a study says before it starts what it takes: " + IJ.getLog());
		awaitEnd();
		final String keys = "data=[" + folder.resolve("pictures") + "] output=[" + folder.resolve("again")
			+ "] attacks=clean defences=[none, JPEG 75]";
		IJ.runMacro("run('DIP Defence Study...', getArgument());", keys);
		check(Fixture.rows(folder.resolve("study")).equals(Fixture.rows(folder.resolve("again"))),
			"dialog and macro give the same rows");
		folder(imagej.resolve("macros/Purify_Folder.ijm"), pictures, folder.resolve("results"));
	}

	private static void folder(final Path macro, final Path pictures, final Path results) throws Exception {
		final Thread running = new Thread(() -> IJ.runMacroFile(macro.toString()));
		running.start();
		final GenericDialog dialog = window("the dialog of the macro for a folder", GenericDialog.class);
		screenshot("folder-dialog", dialog);
		choose(dialog, "Command", "DIP Purify...");
		type(dialog, "Folder of images", pictures.toString());
		type(dialog, "Folder for the results", results.toString());
		type(dialog, "Options", "iterations=3 preset=Arch-2");
		press(dialog, "OK");
		running.join();
		check(Files.exists(results.resolve("cup.png.purified.tif")), "the folder is purified: " + IJ.getLog());
	}
}
