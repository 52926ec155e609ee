package io.github.deepimageprior.image;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.process.ImageProcessor;

import io.github.deepimageprior.DipException;

import java.awt.Rectangle;
import java.util.stream.IntStream;

/**
 * The part of an image that is processed: all of it, or an area selection. For a selection, its bounding box is read,
 * and only the pixels inside the selection are replaced.
 *
 * @param bounds the bounding box, cut off at the image's borders
 * @param mask 0 where pixels are outside the selection, as large as its whole bounding box; null if the selection is a
 *        rectangle
 * @param maskX x of the mask's upper left corner in the image; negative if the selection reaches beyond it
 * @param maskY y of the mask's upper left corner in the image
 */
record Region(Rectangle bounds, ImageProcessor mask, int maskX, int maskY) {

	private static final int SMALLEST = 8;

	/** Called for a pixel. */
	interface Visitor {

		/**
		 * @param x in the image
		 * @param y in the image
		 * @param i number of the pixel, counted row by row in the bounding box
		 */
		void visit(int x, int y, int i);
	}

	/**
	 * @return the area selection, or all of the image if it has none
	 * @throws DipException if the region is smaller than 8×8 pixels, or no pixel of the image is selected
	 */
	static Region of(final ImagePlus image) {
		final Roi roi = image.getRoi();
		return roi == null || !roi.isArea() ? whole(image) : checked(ofAnySize(image), "selection");
	}

	/**
	 * @return all of the image, whatever is selected
	 * @throws DipException if the image is smaller than 8×8 pixels
	 */
	static Region whole(final ImagePlus image) {
		return checked(new Region(new Rectangle(image.getWidth(), image.getHeight()), null, 0, 0),
			"image '" + image.getTitle() + "'");
	}

	/** @return the area selection, however small; the image must have one */
	static Region ofAnySize(final ImagePlus image) {
		final Roi roi = image.getRoi();
		final Rectangle box = roi.getBounds();
		return new Region(box.intersection(new Rectangle(image.getWidth(), image.getHeight())), roi.getMask(), box.x,
			box.y);
	}

	/** @return whether a pixel of the bounding box is inside the selection */
	boolean contains(final int x, final int y) {
		return mask == null || mask.get(x - maskX, y - maskY) != 0;
	}

	/** Visits all pixels of the bounding box, row by row, also those outside the selection. */
	void forEach(final Visitor visitor) {
		int i = 0;
		for (int y = bounds.y; y < bounds.y + bounds.height; y++)
			for (int x = bounds.x; x < bounds.x + bounds.width; x++) visitor.visit(x, y, i++);
	}

	/** @return the numbers of the pixels next to one in the bounding box: eight, fewer at its border */
	int[] neighbours(final int i) {
		final int width = bounds.width, x = i % width, y = i / width;
		return IntStream.rangeClosed(Math.max(0, y - 1), Math.min(bounds.height - 1, y + 1))
			.flatMap(v -> IntStream.rangeClosed(Math.max(0, x - 1), Math.min(width - 1, x + 1)).map(u -> v * width + u))
			.filter(pixel -> pixel != i).toArray();
	}

	/** @return whether no pixel of the image is inside: the box of a composite selection or a ring may still overlap */
	private boolean isEmpty() {
		for (int y = bounds.y; y < bounds.y + bounds.height; y++)
			for (int x = bounds.x; x < bounds.x + bounds.width; x++) if (contains(x, y)) return false;
		return true;
	}

	private static Region checked(final Region region, final String what) {
		final int width = region.bounds.width, height = region.bounds.height;
		if (region.isEmpty())
			throw new DipException("The " + what
				+ " lies outside the image: move it, or remove it with Edit > Selection > Select None.");
		if (width < SMALLEST || height < SMALLEST)
			throw new DipException("The " + what + " has " + width + "x" + height + " pixels: at least " + SMALLEST
				+ "x" + SMALLEST + " are needed.");
		return region;
	}
}
