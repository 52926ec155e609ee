package io.github.deepimageprior.image;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.process.ImageProcessor;

import io.github.deepimageprior.DipException;

import java.awt.Rectangle;

/**
 * The part of an image that is worked on: all of it, or an area selection. A selection is fitted by its bounding box,
 * and only the pixels inside it are replaced.
 *
 * @param bounds the bounding box, within the image
 * @param mask 0 at pixels of the selection's whole bounding box that stay, or null if all are replaced
 * @param maskX x of the mask's corner in the image
 * @param maskY y of the mask's corner in the image
 */
record Region(Rectangle bounds, ImageProcessor mask, int maskX, int maskY) {

	static final int SMALLEST = 8;

	/** @throws DipException if it is smaller than 8×8 pixels */
	static Region of(final ImagePlus image) {
		final Roi roi = image.getRoi();
		return roi == null || !roi.isArea() ? whole(image) : checked(ofAnySize(image), "selection");
	}

	/** @return all of the image, whatever is selected */
	static Region whole(final ImagePlus image) {
		return checked(new Region(new Rectangle(image.getWidth(), image.getHeight()), null, 0, 0),
			"image '" + image.getTitle() + "'");
	}

	/** @return the area selection, however small */
	static Region ofAnySize(final ImagePlus image) {
		final Roi roi = image.getRoi();
		final Rectangle box = roi.getBounds();
		return new Region(box.intersection(new Rectangle(image.getWidth(), image.getHeight())), roi.getMask(), box.x,
			box.y);
	}

	boolean contains(final int x, final int y) {
		return mask == null || mask.get(x - maskX, y - maskY) != 0;
	}

	private static Region checked(final Region region, final String what) {
		final int width = Math.max(0, region.bounds.width), height = Math.max(0, region.bounds.height);
		if (width < SMALLEST || height < SMALLEST)
			throw new DipException("The " + what + " has " + width + "x" + height + " pixels: at least " + SMALLEST
				+ "x" + SMALLEST + " are needed.");
		return region;
	}
}
