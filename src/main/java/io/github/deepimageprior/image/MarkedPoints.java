package io.github.deepimageprior.image;

import ij.ImagePlus;
import ij.gui.PointRoi;

import java.awt.Point;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Pixels around the points of a selection are missing. A point of one slice marks no other slice. */
final class MarkedPoints implements MissingPixels {

	/** The picture of points that belong to the whole stack. */
	private static final int ALL = -1;

	private final int width;
	private final Map<Integer, BitSet> marked = new HashMap<>(); // pixels, row by row, by picture

	/** @param radius in pixels: of a disc about the pixel of each point; 0 for this pixel alone */
	MarkedPoints(final ImagePlus image, final PointRoi points, final double radius) {
		width = image.getWidth();
		final int height = image.getHeight(), reach = (int) Math.min(Math.floor(radius), width + height);
		final Point[] pixels = points.getContainedPoints();
		for (int i = 0; i < pixels.length; i++) {
			final int position = points.getPointPosition(i), x = pixels[i].x, y = pixels[i].y;
			final BitSet its = marked.computeIfAbsent(position == 0 ? ALL : StackLayout.of(image).pictureAt(position),
				picture -> new BitSet());
			for (int row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row++) {
				final int half = (int) Math.min(width, Math.sqrt(radius * radius - (double) (row - y) * (row - y)));
				final int first = Math.max(0, x - half), end = Math.min(width, x + half + 1);
				if (first < end) its.set(row * width + first, row * width + end);
			}
		}
	}

	@Override
	public boolean at(final int index, final int x, final int y, final float[] values) {
		return isMarked(ALL, x, y) || isMarked(index, x, y);
	}

	private boolean isMarked(final int picture, final int x, final int y) {
		final BitSet its = marked.get(picture);
		return its != null && its.get(y * width + x);
	}
}
