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
 * The menu entries of plain ImageJ 1.x: runs the SciJava command whose class name is the plugin's argument, with
 * dialog, Recorder and macro options as in Fiji. Also the way in for macros that want an error as text instead of an
 * end.
 */
public final class Bridge implements PlugIn {

	@Override
	public void run(final String className) {
		try {
			final Map<String, Object> inputs;
			final CommandHost host = CommandHost.of(className);
			if (Macro.getOptions() != null) inputs = host.inputs().of(Macro.getOptions());
			else if (GraphicsEnvironment.isHeadless()) inputs = host.inputs().of("");
			else inputs = host.inputs().ask();
			if (inputs != null) host.run(inputs).forEach(Bridge::show);
		}
		catch (final CancellationException cancelled) {
			if (IJ.isMacro()) Display.endMacro();
		}
		catch (final DipException | LinkageError mendable) {
			IJ.error(Display.TITLE, sentence(mendable)); // which ends a macro; of a class that is missing ImageJ itself
														 // would say nothing
		}
		catch (final RuntimeException bug) {
			IJ.handleException(bug);
			if (IJ.isMacro()) Display.endMacro();
		}
	}

	/**
	 * Runs a command on the active image, for macros:
	 * {@code error = call("io.github.deepimageprior.host.Bridge.call", "DIP Purify...",
	 * "iterations=500");}. It needs no menu, so it works in a plain ImageJ without a display.
	 *
	 * @param label the menu label of the command
	 * @param options as for {@code run}
	 * @return empty, or what went wrong, in one sentence
	 */
	public static String call(final String label, final String options) {
		return spoken(() -> {
			final CommandHost host = CommandHost.of(label);
			host.run(host.inputs().of(options)).forEach(Bridge::show);
		});
	}

	/**
	 * Runs a command on an image file and saves its main output, the last one, as TIFF, for macros that go through a
	 * folder:
	 * {@code error = call("io.github.deepimageprior.host.Bridge.callOnFile", "DIP Purify...", "in.png", "out.tif", "iterations=500");}.
	 * The output file appears only when it is complete.
	 *
	 * @return empty, or what went wrong, in one sentence
	 */
	public static String callOnFile(final String label, final String input, final String output, final String options) {
		return spoken(() -> {
			final CommandHost host = CommandHost.of(label);
			final Map<String, Object> inputs = host.inputs().of(options, ImageFiles.open(input));
			try (TiffFile target = new TiffFile(output)) {
				final List<ImagePlus> results = host.run(inputs);
				if (results.isEmpty())
					throw new DipException("The command '" + label + "' gives no image to save: use call instead.");
				try {
					target.save(results.get(results.size() - 1));
				}
				finally {
					results.forEach(ImagePlus::close); // a macro's list of images is not for them
				}
			}
		});
	}

	/** @return empty, or what went wrong: one bad image is not to end a macro that has a whole folder before it */
	private static String spoken(final Runnable work) {
		try {
			work.run();
			return "";
		}
		catch (final RuntimeException | LinkageError problem) {
			return sentence(problem);
		}
	}

	private static String sentence(final Throwable problem) {
		if (problem instanceof DipException) return problem.getMessage();
		if (problem instanceof CancellationException) return "The command was cancelled.";
		if (problem instanceof LinkageError)
			return "A library is missing or too old (" + problem.getMessage()
				+ "): install the plugin again, as the README says, with all its jars.";
		return "The command failed: " + problem + ". Please report this.";
	}

	private static void show(final ImagePlus output) {
		// Without a display the command has shown it already; here it becomes the active image of the macro's thread.
		if (GraphicsEnvironment.isHeadless()) WindowManager.setTempCurrentImage(output);
		else output.show();
	}
}
