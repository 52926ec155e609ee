package io.github.deepimageprior.command;

import ij.ImagePlus;
import ij.process.ColorProcessor;

import io.github.deepimageprior.prior.Layer;

import java.awt.Color;
import java.awt.Font;
import java.util.List;

/** Draws a network: the encoder on the way down at the left, the decoder on the way up at the right. */
final class HourglassDrawing {

	private static final int BOX = 150, LINE = 14, GAP = 24, MARGIN = 30;
	private static final Color ENCODER = new Color(0xcfe2f3), DECODER = new Color(0xfce5cd), SKIP = new Color(0xd9ead3);

	private final ColorProcessor canvas;

	private HourglassDrawing(final ColorProcessor canvas) {
		this.canvas = canvas;
	}

	/** @return an RGB image with one row for each scale */
	static ImagePlus of(final String name, final List<Layer> layers) {
		final int scales = (int) layers.stream().filter(layer -> layer.name().endsWith(".down1")).count();
		final int row = 4 * LINE + GAP;
		final ColorProcessor canvas = new ColorProcessor(2 * MARGIN + 3 * BOX + 2 * GAP + scales * GAP,
			2 * MARGIN + (scales + 1) * row);
		canvas.setColor(Color.WHITE);
		canvas.fill();
		canvas.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
		canvas.setAntialiasedText(true);
		final HourglassDrawing drawing = new HourglassDrawing(canvas);
		final int middle = canvas.getWidth() / 2;
		for (int i = 0; i < scales; i++) {
			final int inset = i * GAP / 2, y = MARGIN + (i + 1) * row;
			final int left = MARGIN + inset, right = canvas.getWidth() - left - BOX;
			final List<Layer> skip = part(layers, i, "skip");
			canvas.setColor(Color.BLACK);
			// Down the encoder, up the decoder, and between them through the skip connection, or below the last scale.
			canvas.drawLine(left + BOX / 2, y - GAP, left + BOX / 2, y);
			canvas.drawLine(right + BOX / 2, y - row + BOX / 3, right + BOX / 2, y);
			if (!skip.isEmpty()) canvas.drawLine(left + BOX / 2, y - GAP / 2, middle, y - GAP / 2);
			if (!skip.isEmpty()) canvas.drawLine(middle, y - GAP / 2, middle, y);
			if (!skip.isEmpty()) canvas.drawLine(middle, y + LINE, right, y + LINE);
			if (i == scales - 1) canvas.drawLine(left + BOX, y + 3 * LINE, right, y + 3 * LINE);
			drawing.box(left, y, ENCODER, part(layers, i, "down"));
			drawing.box(middle - BOX / 2, y, SKIP, skip);
			drawing.box(right, y, DECODER, part(layers, i, "up"));
		}
		drawing.box(canvas.getWidth() - MARGIN - BOX, MARGIN, DECODER,
			layers.stream().filter(layer -> layer.name().equals("out")).toList());
		final ImagePlus image = new ImagePlus(name, canvas);
		image.changes = true; // it is not saved yet
		return image;
	}

	private static List<Layer> part(final List<Layer> layers, final int scale, final String kind) {
		return layers.stream().filter(layer -> layer.name().startsWith("scale" + scale + "." + kind)).toList();
	}

	/** Layers one below the other, with their kernels, their maps and the size of their output. */
	private void box(final int x, final int y, final Color colour, final List<Layer> layers) {
		if (layers.isEmpty()) return;
		canvas.setColor(colour);
		canvas.fillRect(x, y, BOX, (layers.size() + 1) * LINE + 6);
		canvas.setColor(Color.BLACK);
		canvas.drawRect(x, y, BOX, (layers.size() + 1) * LINE + 6);
		final Layer last = layers.get(layers.size() - 1);
		canvas.drawString(last.name().replaceAll("[12]$", "") + ", " + last.width() + "x" + last.height(), x + 5,
			y + LINE + 2);
		for (int i = 0; i < layers.size(); i++) {
			final Layer layer = layers.get(i);
			canvas.drawString(layer.kernel() + "x" + layer.kernel() + ", " + layer.channels() + " maps", x + 5,
				y + (i + 2) * LINE + 2);
		}
	}
}
