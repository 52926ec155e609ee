package io.github.deepimageprior.host;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.plugin.PlugIn;

import io.github.deepimageprior.DipException;

import java.awt.GraphicsEnvironment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/**
 * The menu entries of plain ImageJ 1.x: runs the SciJava command whose class name is the plugin's argument, with dialog, Recorder and
 * macro options as in Fiji. Also the way in for macros that want an error as text instead of an end.
 */
public final class Bridge implements PlugIn {

	private static final String TITLE = "Deep Image Prior";

	@Override
	public void run(final String className) {
		try {
			final Map<String, Object> inputs;
			final CommandHost host = CommandHost.of(className);
			if (Macro.getOptions() != null) inputs = host.inputs(Macro.getOptions());
			else if (GraphicsEnvironment.isHeadless()) inputs = host.inputs("");
			else inputs = host.ask();
			if (inputs != null) host.run(inputs).forEach(Bridge::show);
		}
		catch (final DipException advice) {
			IJ.error(TITLE, advice.getMessage());
		}
		catch (final CancellationException cancelled) {
			if (IJ.isMacro()) Macro.abort();
		}
		catch (final LinkageError missing) {
			// ImageJ says nothing of a class that is missing
			IJ.error(TITLE, "A library is missing or too old (" + missing.getMessage() +
				"): put all jars listed in the README under Install into the jars folder.");
		}
	}

	/**
	 * Runs a command on the active image, for macros: {@code error = call("io.github.deepimageprior.host.Bridge.call", "DIP Purify...",
	 * "iterations=500");}. It needs no menu, so it works in a plain ImageJ without a display.
	 *
	 * @param label the menu label of the command
	 * @param options as for {@code run}
	 * @return empty, or what went wrong, in one sentence
	 */
	public static String call(final String label, final String options) {
		return spoken(() -> {
			final CommandHost host = CommandHost.of(label);
			host.run(host.inputs(options)).forEach(Bridge::show);
		});
	}

	/**
	 * Runs a command on an image file and saves its first output as TIFF, for macros that go through a folder:
	 * {@code error = call("io.github.deepimageprior.host.Bridge.callOnFile", "DIP Purify...", "in.png", "out.tif", "iterations=500");}.
	 * The output file appears only when it is complete.
	 *
	 * @return empty, or what went wrong, in one sentence
	 */
	public static String callOnFile(final String label, final String input, final String output, final String options) {
		return spoken(() -> {
			final CommandHost host = CommandHost.of(label);
			final List<ImagePlus> results = host.run(host.inputs(options, ImageFiles.open(input)));
			ImageFiles.saveTiff(results.get(0), output);
			results.forEach(ImagePlus::close); // a macro's list of images is not for them
		});
	}

	/** @return empty, or what went wrong: one bad image is not to end a macro that has a whole folder before it */
	private static String spoken(final Runnable work) {
		try {
			work.run();
			return "";
		}
		catch (final DipException advice) {
			return advice.getMessage();
		}
		catch (final CancellationException cancelled) {
			return "The command was cancelled.";
		}
		catch (final RuntimeException bug) {
			return "The command failed: " + bug + ". Please report this.";
		}
	}

	private static void show(final ImagePlus output) {
		// Without a display the command has shown it already; here it becomes the active image of the macro's thread.
		if (GraphicsEnvironment.isHeadless()) WindowManager.setTempCurrentImage(output);
		else output.show();
	}
}
