package io.github.deepimageprior.host;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Overlay;
import ij.gui.TextRoi;
import ij.plugin.LutLoader;
import ij.plugin.MontageMaker;
import ij.process.ImageProcessor;
import ij.process.ImageStatistics;
import ij.process.LUT;

import io.github.deepimageprior.image.ImageSource;

import java.awt.Color;
import java.awt.Font;
import java.awt.image.ColorModel;

/** Labels, lookup tables and montages that make result images readable. */
public final class Figures {

	private Figures() {}

	/**
	 * Writes a classifier's prediction into an image's overlay, at the bottom left. It replaces the prediction that was
	 * written for the same slice and frame before.
	 *
	 * @param image the image whose overlay changes
	 * @param slice the slice that shows it, counted from 1; 0 for all slices
	 * @param frame the frame that shows it, counted from 1; 0 for all frames
	 * @param text one line
	 */
	public static void label(final ImagePlus image, final int slice, final int frame, final String text) {
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
	 * Gives a saliency map a lookup table and a display range that fit its values.
	 *
	 * @param map the image to colour, 32-bit
	 * @param signed whether values below 0 have a meaning: then the range is symmetric, with blue for negative values,
	 *        black for 0 and red for positive values; else it starts at 0 and the table is ImageJ's Fire
	 */
	public static void colour(final ImagePlus map, final boolean signed) {
		double most = 0;
		for (int i = 1; i <= map.getStackSize(); i++) {
			final ImageStatistics range = map.getStack().getProcessor(i).getStatistics();
			most = Math.max(most, Math.max(range.max, -range.min));
		}
		final ColorModel colours = signed ? blueBlackRed() : LutLoader.getLut("fire");
		map.getStack().setColorModel(colours);
		map.getProcessor().setColorModel(colours);
		map.setDisplayRange(signed ? -most : 0, most);
	}

	private static ColorModel blueBlackRed() {
		final byte[] red = new byte[256], green = new byte[256], blue = new byte[256];
		for (int i = 0; i < 128; i++) {
			blue[127 - i] = red[128 + i] = (byte) Math.min(255, 3 * i);
			green[127 - i] = green[128 + i] = (byte) Math.max(0, 3 * i - 128);
		}
		return new LUT(red, green, blue);
	}

	/**
	 * Arranges panels in rows, with each panel's slice label written at its bottom.
	 *
	 * @param panels images of equal size, row by row; the labels are drawn into them
	 * @param columns number of panels in a row
	 * @return a stack of one slice
	 */
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
}
