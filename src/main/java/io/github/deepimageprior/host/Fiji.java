package io.github.deepimageprior.host;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;

import io.github.deepimageprior.DipException;

import java.awt.GraphicsEnvironment;

import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.command.ContextCommand;

/**
 * Makes commands report errors in Fiji as they do in plain ImageJ. Fiji itself continues a macro after a command has
 * failed or been cancelled, and ignores options that no parameter matches.
 */
public final class Fiji {

	private Fiji() {}

	private static boolean runs(final Context context) {
		return context.getService("net.imagej.legacy.LegacyService") != null;
	}

	private static boolean runsMacro(final Context context) {
		return runs(context) && Caller.isMacro(Caller.of(context));
	}

	/**
	 * @return the macro options of a command; null if its caller gave none, but perhaps a macro that runs the script
	 *         that has called it
	 */
	static String options(final Context context) {
		return Caller.isMacro(Caller.of(context)) ? Macro.getOptions() : null;
	}

	/**
	 * Checks a command's image and its macro options before Fiji shows the dialog or converts the options to values. In
	 * other hosts it does nothing: {@link Bridge} has checked them, or there is no macro.
	 *
	 * @param command the command that is about to run
	 * @param input its image, null for none
	 * @throws DipException if no image is open, an option is unknown, or a value cannot be read
	 */
	public static void check(final ContextCommand command, final ImagePlus input) {
		check(command);
		if (runs(command.context())) CommandInputs.opened(input);
	}

	/**
	 * The same for a command that takes no image.
	 *
	 * @throws DipException if an option is unknown, or a value cannot be read
	 */
	public static void check(final ContextCommand command) {
		if (!runs(command.context())) return;
		final String options = options(command.context());
		if (options != null) inputs(command).of(options, null);
	}

	/**
	 * Finds the image that the caller of a command means. Fiji looks for the active image on a thread of its own, and
	 * so misses the one that {@code IJ.run(image, ...)} or a macro in batch mode has selected on the caller's thread.
	 * It takes the title "3" for the third image.
	 *
	 * @param command the command that is about to run
	 * @param found the image that the host has found, null for none
	 * @return the image to process, null for none
	 * @throws DipException if the options cannot be read, or it cannot be told which image the caller means
	 */
	public static ImagePlus image(final ContextCommand command, final ImagePlus found) {
		if (!runs(command.context())) return found;
		final String options = options(command.context());
		return options != null && inputs(command).names(options)
			? inputs(command).image(options, () -> selected(command, WindowManager.getCurrentImage()))
			: selected(command, found);
	}

	private static ImagePlus selected(final ContextCommand command, final ImagePlus otherwise) {
		final ImagePlus selected = runsMacro(command.context()) ? ThreadImage.of(Caller.of(command.context())) : null;
		return selected == null ? otherwise : selected;
	}

	private static CommandInputs inputs(final ContextCommand command) {
		return new CommandInputs(command.context().service(CommandService.class).getCommand(command.getClass()));
	}

	/**
	 * Cancels a command without a result, and ends the macro that runs it.
	 *
	 * @param command the command that is running
	 * @param advice message for the user; null for none
	 */
	public static void cancel(final ContextCommand command, final String advice) {
		final boolean macro = runsMacro(command.context());
		final String said = advice == null || !runs(command.context()) ? advice : Display.wrapped(advice);
		command.cancel(macro ? null : said); // Fiji shows it in a dialog
		if (macro) {
			// Not IJ.error, whose dialog stays hidden on Fiji's threads.
			if (advice != null) IJ.showMessage(Display.TITLE, said);
			Display.endMacro(Caller.macro(command.context()));
		}
		else if (advice != null && runs(command.context()) && GraphicsEnvironment.isHeadless()) IJ.log(advice);
	}

	/**
	 * Ends the macro that runs a command, without a message. Does nothing if there is no macro, or in another host.
	 *
	 * @param command the command that is running
	 */
	public static void endMacro(final ContextCommand command) {
		if (runsMacro(command.context())) Display.endMacro(Caller.macro(command.context()));
	}
}
