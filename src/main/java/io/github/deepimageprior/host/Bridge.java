package io.github.deepimageprior.host;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.plugin.PlugIn;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.HostJar;

import java.awt.GraphicsEnvironment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import org.scijava.Context;
import org.scijava.command.CommandService;

/**
 * The plugin behind the menu entries of plain ImageJ 1.x: runs a SciJava command with dialog, Recorder and macro
 * options as in Fiji. Macros in any host can call {@link #call} and {@link #callOnFile}, which return an error as text
 * instead of ending the macro.
 */
public final class Bridge implements PlugIn {

	/**
	 * Runs a command on the active image and shows its outputs, or leaves it to an application such as Fiji. The
	 * parameters come from the macro options if a macro runs, else from a dialog; without a display they have their
	 * default values. An error is shown in a dialog, or logged without a display, and ends the macro.
	 *
	 * @param className class name of the command, as plugins.config gives it
	 */
	@Override
	public void run(final String className) {
		final Context application = CommandListing.application();
		if (application != null) {
			handOver(application, className);
			return;
		}
		try {
			final Map<String, Object> inputs;
			final CommandHost host = CommandHost.of(className);
			if (Macro.getOptions() != null) inputs = host.inputs().of(Macro.getOptions());
			else if (GraphicsEnvironment.isHeadless() || host.needsNoDialog()) inputs = host.inputs().of("");
			else inputs = host.inputs().ask();
			if (inputs != null) host.run(inputs).forEach(Bridge::show);
		}
		catch (final CancellationException cancelled) {
			endMacro();
		}
		catch (final RuntimeException | LinkageError problem) {
			// IJ.error ends a macro too. ImageJ itself would not report a missing class.
			if (problem instanceof DipException || HostJar.advice(problem).isPresent())
				IJ.error(Display.TITLE, Display.wrapped(sentence(problem)));
			else {
				IJ.handleException(problem);
				endMacro();
			}
		}
	}

	private static void endMacro() {
		final Thread caller = Thread.currentThread();
		if (Caller.isMacro(caller)) Display.endMacro(caller);
	}

	/** Leaves a command to an application that runs commands itself, such as Fiji, and waits for its end. */
	private static void handOver(final Context application, final String className) {
		try {
			final Future<?> running = application.service(CommandService.class).run(className, true);
			if (running != null) running.get();
		}
		catch (final InterruptedException now) {
			Thread.currentThread().interrupt();
		}
		catch (final ExecutionException failed) {
			throw new IllegalStateException(failed.getCause());
		}
	}

	/**
	 * Runs a command on the active image, for macros:
	 * {@code error = call("io.github.deepimageprior.host.Bridge.call", "DIP Purify...",
	 * "iterations=500");}. It does not use the menus, so it also works in plain ImageJ without a display.
	 *
	 * @param label the menu label of the command
	 * @param options macro options, as for {@code run}; parameters that are left out have their default values
	 * @return an empty string, or a sentence that describes the error
	 */
	public static String call(final String label, final String options) {
		return errorOf(() -> {
			final CommandHost host = CommandHost.of(label);
			host.run(host.inputs().of(options)).forEach(Bridge::show);
		});
	}

	/**
	 * Runs a command on an image file and saves its main output, which is the last one, as TIFF. For macros that
	 * process a folder:
	 * {@code error = call("io.github.deepimageprior.host.Bridge.callOnFile", "DIP Purify...", "in.png", "out.tif",
	 * "iterations=500");}. The output file appears only when it is complete. Nothing is plotted: the plots of a folder
	 * would fill the memory.
	 *
	 * @param label the menu label of the command
	 * @param input path of an image file that ImageJ can open
	 * @param output path of the TIFF file to write; a file of that name is replaced
	 * @param options macro options, as for {@code run}; parameters that are left out have their default values
	 * @return an empty string, or a sentence that describes the error
	 */
	public static String callOnFile(final String label, final String input, final String output, final String options) {
		return errorOf(() -> {
			final CommandHost host = CommandHost.of(label);
			if (!host.inputs().worksOnImage())
				throw new DipException("The command '" + label + "' takes no image: use call instead of callOnFile.");
			if (host.inputs().names(options))
				throw new DipException("The macro option 'input' does not count for a file: leave it out.");
			final Map<String, Object> inputs = host.inputs().of(options, ImageFiles.open(input));
			inputs.replaceAll((key, value) -> key.startsWith("plot_") ? false : value);
			try (TiffFile target = new TiffFile(output, ImageFiles.path(input))) {
				final List<ImagePlus> results = host.run(inputs);
				if (results.isEmpty())
					throw new DipException("The command '" + label + "' produces no image to save: use call instead.");
				try {
					target.save(results.get(results.size() - 1));
				}
				finally {
					results.forEach(ImagePlus::close); // they must not stay in the macro's list of images
				}
			}
		});
	}

	/**
	 * Runs some work and returns its error as text, so that one bad image does not end a macro that processes a folder.
	 *
	 * @return an empty string, or one sentence
	 */
	private static String errorOf(final Runnable work) {
		try {
			work.run();
			return "";
		}
		catch (final Exception | Error problem) { // whatever it is, the macro goes on to the next image
			return sentence(problem);
		}
	}

	private static String sentence(final Throwable problem) {
		if (problem instanceof DipException) return problem.getMessage();
		if (problem instanceof CancellationException) return "The command was cancelled.";
		if (problem instanceof OutOfMemoryError) return DipException.HEAP_IS_FULL;
		return HostJar.advice(problem).map(DipException::getMessage)
			.orElseGet(() -> DipException.oneLine("The command failed: " + problem) + ". Please report this.");
	}

	private static void show(final ImagePlus output) {
		// Without a display the command has registered it; here it becomes the active image of the macro's thread.
		if (GraphicsEnvironment.isHeadless()) WindowManager.setTempCurrentImage(output);
		else output.show();
	}
}
