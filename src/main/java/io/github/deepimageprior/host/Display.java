package io.github.deepimageprior.host;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Plot;
import ij.macro.Interpreter;
import ij.measure.ResultsTable;

import java.awt.GraphicsEnvironment;

/** What a command shows besides its outputs, with and without a display. */
public final class Display {

	private Display() {}

	/** @return whether windows may be opened: there is a display, and no macro runs in batch mode */
	public static boolean isInteractive() {
		return !GraphicsEnvironment.isHeadless() && !Interpreter.isBatchMode();
	}

	/**
	 * Makes an output of a command known to a macro that runs without a display. There Fiji only prints outputs; with a display the
	 * host shows them itself.
	 */
	public static void registerHeadless(final ImagePlus output) {
		if (GraphicsEnvironment.isHeadless() && IJ.isMacro()) output.show();
	}

	/**
	 * Shows a curve; without a display, macros find it as an image of that title.
	 *
	 * @param title of the window
	 * @param y values at x = 1, 2, 3, ...
	 */
	public static void plot(final String title, final String xLabel, final String yLabel, final double[] y) {
		final double[] x = new double[y.length];
		for (int i = 0; i < x.length; i++) x[i] = i + 1;
		final Plot plot = new Plot(title, xLabel, yLabel);
		plot.setColor("blue");
		plot.add("line", x, y);
		plot.setLimitsToFit(true);
		if (isInteractive()) plot.show();
		else if (IJ.isMacro()) plot.getImagePlus().show();
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
