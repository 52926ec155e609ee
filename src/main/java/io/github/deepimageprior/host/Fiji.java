package io.github.deepimageprior.host;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;

import io.github.deepimageprior.DipException;

import java.awt.GraphicsEnvironment;

import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.command.ContextCommand;

/**
 * What Fiji needs beyond SciJava: that a macro ends at an error, which neither a cancelled command nor an exception
 * brings about, and that what Fiji would pass over in a macro is an error.
 */
public final class Fiji {

	private Fiji() {}

	private static boolean runs(final Context context) {
		return context.getService("net.imagej.legacy.LegacyService") != null;
	}

	private static boolean runsMacro(final Context context) {
		return runs(context) && IJ.isMacro();
	}

	/**
	 * Looks at a command's image and at the macro's own text before Fiji asks the user or turns the text into values.
	 * In other hosts it does nothing: {@link Bridge} has done it, or there is no macro.
	 *
	 * @throws DipException if there is no image, an unknown option, or a value that cannot be read
	 */
	public static void check(final ContextCommand command, final ImagePlus input) {
		if (!runs(command.context())) return;
		final String options = Macro.getOptions();
		if (options != null)
			new CommandInputs(command.context().service(CommandService.class).getCommand(command.getClass()))
				.check(options);
		CommandInputs.opened(input);
	}

	/**
	 * Ends a command without a result, and the macro that runs it.
	 *
	 * @param advice what to tell the user; null for nothing
	 */
	public static void cancel(final ContextCommand command, final String advice) {
		final boolean macro = runsMacro(command.context());
		command.cancel(macro ? null : advice); // Fiji says it in a dialog
		if (macro) {
			if (advice != null) IJ.showMessage(Display.TITLE, advice); // the dialog of IJ.error stays hidden on Fiji's
																		 // threads
			Display.endMacro();
		}
		else if (advice != null && runs(command.context()) && GraphicsEnvironment.isHeadless()) IJ.log(advice);
	}

	/** Ends the macro that runs the command, silently, if there is one. */
	public static void endMacro(final ContextCommand command) {
		if (runsMacro(command.context())) Display.endMacro();
	}
}
