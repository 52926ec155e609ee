package io.github.deepimageprior.host;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.gui.Plot;
import ij.macro.Interpreter;
import ij.measure.ResultsTable;

import java.awt.Color;
import java.awt.GraphicsEnvironment;
import java.util.List;
import java.util.stream.IntStream;

/** What a command shows besides its outputs, with and without a display. */
public final class Display {

	static final String TITLE = "Deep Image Prior";

	private Display() {}

	/** Ends the macro that runs; in a script of another language {@code IJ.run} throws. */
	static void endMacro() {
		final Interpreter macro = Interpreter.getInstance();
		if (macro != null) macro.abort((String) null);
		else Macro.abort();
	}

	/** @return whether windows may be opened: there is a display, and no macro runs in batch mode */
	public static boolean isInteractive() {
		return !GraphicsEnvironment.isHeadless() && !Interpreter.isBatchMode();
	}

	/**
	 * Makes an output of a command known to a macro that runs without a display. There Fiji only prints outputs; with a display the
	 * host shows them itself.
	 */
	public static void registerHeadless(final ImagePlus output) {
		if (GraphicsEnvironment.isHeadless() && IJ.isMacro()) register(output);
	}

	private static void register(final ImagePlus image) {
		image.show();
		WindowManager.setTempCurrentImage((ImagePlus) null); // a later command on this thread works on the image that is active then
	}

	/**
	 * Shows curves in one plot; without a display, macros find it as an image of that title.
	 *
	 * @param title of the window
	 * @param curves each of them values at x = 1, 2, 3, ...
	 */
	public static void plot(final String title, final String xLabel, final String yLabel, final List<double[]> curves) {
		final Plot plot = new Plot(title, xLabel, yLabel);
		for (int i = 0; i < curves.size(); i++) {
			plot.setColor(Color.getHSBColor(0.62f + (float) i / curves.size(), 0.9f, 0.8f));
			plot.add("line", IntStream.rangeClosed(1, curves.get(i).length).asDoubleStream().toArray(), curves.get(i));
		}
		plot.setLimitsToFit(true);
		if (isInteractive()) plot.show();
		else if (IJ.isMacro()) register(plot.getImagePlus());
	}

	/**
	 * Adds a row to ImageJ's Results table, where macros find it too.
	 *
	 * @param label what the row is about
	 * @param cells names and values in turn
	 */
	public static void addRow(final String label, final Object... cells) {
		final ResultsTable table = ResultsTable.getResultsTable();
		table.incrementCounter();
		table.addLabel(label);
		for (int i = 0; i < cells.length; i += 2) table.addValue((String) cells[i], ((Number) cells[i + 1]).doubleValue());
	}

	/** Shows the Results table, if there is a display. */
	public static void showResults() {
		if (isInteractive()) ResultsTable.getResultsTable().show("Results");
	}
}
