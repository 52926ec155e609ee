package io.github.deepimageprior.host;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.Macro;
import ij.WindowManager;
import ij.gui.Overlay;
import ij.gui.Plot;
import ij.gui.TextRoi;
import ij.macro.Interpreter;
import ij.measure.ResultsTable;
import ij.plugin.LutLoader;
import ij.plugin.MontageMaker;
import ij.process.ImageProcessor;
import ij.process.ImageStatistics;
import ij.process.LUT;
import ij.util.Tools;

import io.github.deepimageprior.image.ImageSource;

import java.awt.Color;
import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.awt.image.ColorModel;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
	 * Makes outputs of a command known to a macro that runs without a display, the last one as the active image. There
	 * Fiji only prints outputs; with a display the host shows them itself.
	 *
	 * @param outputs some of which may be null
	 */
	public static void registerHeadless(final ImagePlus... outputs) {
		if (!IJ.isMacro() || isInteractive()) return;
		if (GraphicsEnvironment.isHeadless())
			for (final ImagePlus output : outputs) if (output != null) register(output);
		activate(outputs[outputs.length - 1]);
	}

	/**
	 * In Fiji a command has a thread of its own, while the macro's thread still has the image that the macro selected
	 * last.
	 */
	private static void activate(final ImagePlus image) {
		Thread.getAllStackTraces().forEach((thread, stack) -> {
			final boolean macro = Stream.of(stack)
				.anyMatch(call -> call.getClassName().equals(Interpreter.class.getName()));
			if (macro && thread != Thread.currentThread()) WindowManager.setTempCurrentImage(thread, image);
		});
	}

	private static void register(final ImagePlus image) {
		image.show();
		WindowManager.setTempCurrentImage((ImagePlus) null); // a later command on this thread works on the image that
															 // is active then
	}

	/**
	 * A curve of a plot.
	 *
	 * @param name for the legend; null for none
	 */
	public record Curve(String name, double[] x, double[] y) {

		/** @return a curve with x = 1, 2, 3, ... */
		public static Curve of(final double[] y) {
			return new Curve(null, IntStream.rangeClosed(1, y.length).asDoubleStream().toArray(), y);
		}
	}

	/**
	 * Shows curves in one plot; without a display, macros find it as an image of that title.
	 *
	 * @param yRange smallest and largest y that are shown, or none for what fits the curves
	 */
	public static void plot(final String title, final String xLabel, final String yLabel, final List<Curve> curves,
		final double... yRange)
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
		if (isInteractive()) plot.show();
		else if (IJ.isMacro()) {
			final ImagePlus image = plot.getImagePlus();
			image.setProperty("XValues", Tools.toFloat(curves.get(0).x)); // where Plot.getValues looks if there is no
																			 // window
			image.setProperty("YValues", Tools.toFloat(curves.get(0).y));
			register(image);
		}
	}

	/**
	 * Adds a row to ImageJ's Results table, where macros find it too.
	 *
	 * @param label what the row is about
	 * @param cells names and values, numbers or text, in turn
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

	/**
	 * Writes what a classifier says into an image's overlay, at the bottom left, in place of what it said before.
	 *
	 * @param slice where it shows, counted from 1; 0 for all slices
	 * @param frame where it shows, counted from 1; 0 for all frames
	 */
	public static void write(final ImagePlus image, final int slice, final int frame, final String text) {
		final int size = Math.max(8, Math.min(image.getWidth(), image.getHeight()) / 16);
		final TextRoi line = new TextRoi(text, size / 2.0, image.getHeight() - 1.7 * size,
			new Font(Font.SANS_SERIF, Font.BOLD, size));
		line.setStrokeColor(Color.YELLOW);
		line.setFillColor(new Color(0, 0, 0, 120));
		if (image.getNChannels() > 1 || slice > 0 && frame > 0) line.setPosition(0, slice, frame);
		else line.setPosition(Math.max(slice, frame));
		line.setName(ImageSource.CLASS_LABEL + " " + slice + " " + frame);
		final Overlay overlay = image.getOverlay() == null ? new Overlay() : image.getOverlay();
		overlay.remove(line.getName());
		overlay.add(line);
		image.setOverlay(overlay);
	}

	/**
	 * Gives a map of numbers a lookup table and a range to match.
	 *
	 * @param signed whether it has two sides; then 0 is in the middle, black between blue and red
	 */
	public static void colour(final ImagePlus map, final boolean signed) {
		double most = 0;
		for (int i = 1; i <= map.getStackSize(); i++) {
			final ImageStatistics range = map.getStack().getProcessor(i).getStatistics();
			most = Math.max(most, Math.max(range.max, -range.min));
		}
		final ColorModel colours = signed ? sides() : LutLoader.getLut("fire");
		map.getStack().setColorModel(colours);
		map.getProcessor().setColorModel(colours);
		map.setDisplayRange(signed ? -most : 0, most);
	}

	private static ColorModel sides() {
		final byte[] red = new byte[256], green = new byte[256], blue = new byte[256];
		for (int i = 0; i < 128; i++) {
			blue[127 - i] = red[128 + i] = (byte) Math.min(255, 3 * i);
			green[127 - i] = green[128 + i] = (byte) Math.max(0, 3 * i - 128);
		}
		return new LUT(red, green, blue);
	}

	/** @return panels of equal size in rows, each with its label written into it */
	public static ImageStack montage(final ImageStack panels, final int columns) {
		final int size = Math.max(8, panels.getHeight() / 14);
		for (int i = 1; i <= panels.size(); i++) {
			final ImageProcessor panel = panels.getProcessor(i);
			panel.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size));
			panel.setColor(Color.WHITE);
			final String label = panels.getSliceLabel(i);
			if (label != null && !label.isBlank())
				panel.drawString(label, (panel.getWidth() - panel.getStringWidth(label)) / 2, panel.getHeight() - 2,
					Color.BLACK);
		}
		return new MontageMaker().makeMontage2(new ImagePlus("", panels), columns,
			(panels.size() + columns - 1) / columns, 1, 1, panels.size(), 1, 2, false).getStack();
	}

	/** Shows the Results table, if there is a display. */
	public static void showResults() {
		if (isInteractive()) ResultsTable.getResultsTable().show("Results");
	}
}
