package io.github.deepimageprior.host;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.gui.Plot;
import ij.macro.Interpreter;
import ij.measure.ResultsTable;
import ij.util.Tools;

import java.awt.Color;
import java.awt.GraphicsEnvironment;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.scijava.Context;

/** What a command shows besides its outputs, and how macros reach it with or without a display. */
public final class Display {

	static final String TITLE = "Deep Image Prior";

	/** Characters in a line of a message. */
	private static final int LINE = 80;

	private Display() {}

	/** @return a sentence in lines that fit into a window; unchanged without a display */
	static String wrapped(final String sentence) {
		return GraphicsEnvironment.isHeadless() ? sentence
			: sentence.replaceAll("(.{1," + LINE + "})(?:\\s+|$)", "$1\n").strip();
	}

	/**
	 * Ends the macro that runs a command. In a script of another language {@code IJ.run} throws instead.
	 *
	 * @param caller the thread of the macro; null for none
	 */
	static void endMacro(final Thread caller) {
		final Interpreter macro = Interpreter.getInstance();
		if (macro != null && caller != null && Caller.isInterpreter(caller)) macro.abort((String) null);
		else Macro.abort();
	}

	/** Forgets an Esc that was pressed before a command began: all later ones are for the command. */
	public static void forgetEscape() {
		IJ.resetEscape();
	}

	/** @return whether windows may be opened: there is a display, and no macro is running in batch mode */
	public static boolean isInteractive() {
		return !GraphicsEnvironment.isHeadless() && !Interpreter.isBatchMode();
	}

	/**
	 * Makes a command's outputs available to the macro that runs it, and makes the last one the active image. Without a
	 * display Fiji only prints outputs. With one it shows them, but another than the last may be the active one for the
	 * next line of the macro: here they are shown in order before that. In batch mode the host registers them.
	 *
	 * @param context of the command
	 * @param outputs the outputs in order, some of which may be null
	 */
	public static void registerHeadless(final Context context, final ImagePlus... outputs) {
		if (!Caller.isMacro(Caller.of(context))) return;
		if (isInteractive()) {
			for (final ImagePlus output : outputs) if (output != null) Activation.show(output);
			return;
		}
		if (GraphicsEnvironment.isHeadless())
			for (final ImagePlus output : outputs) if (output != null) register(output);
		activate(context, outputs[outputs.length - 1]);
	}

	/**
	 * Makes an image the active one of the macro's thread: Fiji runs a command on another thread, and the macro's own
	 * thread still has the image that the macro selected last.
	 */
	private static void activate(final Context context, final ImagePlus image) {
		final Thread macro = Caller.macro(context);
		if (macro != null && macro != Thread.currentThread()) WindowManager.setTempCurrentImage(macro, image);
	}

	private static void register(final ImagePlus image) {
		image.show();
		// So that a later command on this thread works on the image that is active then.
		WindowManager.setTempCurrentImage((ImagePlus) null);
	}

	/**
	 * A curve of a plot.
	 *
	 * @param name its entry in the legend; null for none
	 * @param x horizontal coordinates
	 * @param y vertical coordinates, as many as x
	 */
	public record Curve(String name, double[] x, double[] y) {

		/**
		 * @param y vertical coordinates
		 * @return a curve with x = 1, 2, 3, ... and no name
		 */
		public static Curve of(final double[] y) {
			return new Curve(null, IntStream.rangeClosed(1, y.length).asDoubleStream().toArray(), y);
		}
	}

	/**
	 * Shows curves in one plot window. Without a display, or in batch mode, a macro finds the plot as an image with
	 * that title, and {@code Plot.getValues} gives it the first curve.
	 *
	 * @param context of the command
	 * @param title title of the plot
	 * @param xLabel label of the horizontal axis
	 * @param yLabel label of the vertical axis
	 * @param curves at least one
	 * @param yRange smallest and largest y of the plot; omit both to fit the curves
	 */
	public static void plot(final Context context, final String title, final String xLabel, final String yLabel,
		final List<Curve> curves, final double... yRange)
	{
		final Plot plot = new Plot(title, xLabel, yLabel);
		for (int i = 0; i < curves.size(); i++) {
			plot.setColor(Color.getHSBColor(0.62f + (float) i / curves.size(), 0.9f, 0.8f));
			plot.add("line", curves.get(i).x, curves.get(i).y);
			if (curves.get(i).name != null) plot.setLabel(i, curves.get(i).name);
		}
		plot.setColor(Color.BLACK);
		plot.setLimitsToFit(true);
		if (yRange.length == 2) plot.setLimits(Double.NaN, Double.NaN, yRange[0], yRange[1]);
		if (curves.stream().anyMatch(curve -> curve.name != null)) plot.addLegend(null);
		final boolean macro = Caller.isMacro(Caller.of(context));
		if (isInteractive() && macro) Activation.show(plot.show().getImagePlus());
		else if (isInteractive()) plot.show();
		else if (macro) {
			final ImagePlus image = plot.getImagePlus();
			// Plot.getValues reads these properties if there is no plot window.
			image.setProperty("XValues", Tools.toFloat(curves.get(0).x));
			image.setProperty("YValues", Tools.toFloat(curves.get(0).y));
			register(image);
		}
	}

	/**
	 * Adds a row to ImageJ's Results table, where macros find it too.
	 *
	 * @param label the image or slice that the row describes
	 * @param cells column names and values in turn: name, value, name, value, ...; values are numbers or text
	 */
	public static void addRow(final String label, final Object... cells) {
		final ResultsTable table = ResultsTable.getResultsTable();
		table.setNaNEmptyCells(true); // rows of different commands have different columns
		table.incrementCounter();
		table.addLabel(label);
		for (int i = 0; i < cells.length; i += 2) {
			if (cells[i + 1] instanceof Number number) table.addValue((String) cells[i], number.doubleValue());
			else table.addValue((String) cells[i], String.valueOf(cells[i + 1]));
		}
	}

	/** Adds a line to ImageJ's Log window; without a display, prints it. */
	public static void log(final String line) {
		IJ.log(line);
	}

	/**
	 * Shows a user who has started a command from a menu how a macro and a script do the same, in the Log.
	 *
	 * @param context of the command
	 * @param macro the line of a macro
	 * @param script the lines of a Groovy script
	 */
	public static void teach(final Context context, final String macro, final String script) {
		if (isInteractive() && !Caller.isMacro(Caller.of(context)))
			log("As a macro:\n" + macro + "\nAs a script, in Groovy:\n" + script);
	}

	/**
	 * Shows lines of text in a window, where the user can ask for them again; for a macro, or without a display, in the
	 * log.
	 *
	 * @param context of the command
	 * @param title title of the window
	 * @param lines finds the lines; may take long
	 */
	public static void report(final Context context, final String title, final Supplier<List<String>> lines) {
		if (isInteractive() && !Caller.isMacro(Caller.of(context))) new ReportWindow(title, lines);
		else lines.get().forEach(IJ::log);
	}

	/** Shows the Results table, unless there is no display or a macro is running in batch mode. */
	public static void showResults() {
		if (isInteractive()) ResultsTable.getResultsTable().show("Results");
	}
}
