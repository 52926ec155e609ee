package io.github.deepimageprior.image;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ImageProcessor;

import io.github.deepimageprior.DipException;

/** Which pixels of an image are missing: those of every channel at that place. */
public interface Missing {

	/** No pixel is. */
	Missing NONE = (picture, x, y, values) -> false;

	/** Pixels are that have no number in a channel. */
	Missing NAN = (picture, x, y, values) -> {
		for (final float value : values) if (Float.isNaN(value)) return true;
		return false;
	};

	/**
	 * @param picture of the image, counted from 0
	 * @param x in the image
	 * @param y in the image
	 * @param values of all channels
	 */
	boolean at(int picture, int x, int y, float[] values);

	/** @return that pixels are missing which have this value in every channel */
	static Missing value(final double missing) {
		return (picture, x, y, values) -> {
			for (final float value : values) if (value != (float) missing) return false;
			return true;
		};
	}

	/**
	 * @return that pixels are missing where the image has an area selection
	 * @throws DipException if it has none
	 */
	static Missing selection(final ImagePlus image) {
		if (image.getRoi() == null || !image.getRoi().isArea())
			throw new DipException("The image '" + image.getTitle()
				+ "' has no area selection: select what is missing (of a line, Edit > Selection > Line to Area), or choose another way to mark it.");
		final Region region = Region.ofAnySize(image);
		return (picture, x, y, values) -> region.bounds().contains(x, y) && region.contains(x, y);
	}

	/**
	 * @param mask not 0 (white, but for inverted lookup tables) where pixels are missing; one slice for all pictures,
	 *        or as many slices as there are pictures
	 * @param image that it is for
	 * @throws DipException if it has another size
	 */
	static Missing mask(final ImagePlus mask, final ImagePlus image) {
		final int pictures = image.getNSlices() * image.getNFrames();
		final ImageStack stack = ImageSource.kept(mask).getStack();
		if (mask.getWidth() != image.getWidth() || mask.getHeight() != image.getHeight()
			|| stack.size() != 1 && stack.size() != pictures)
			throw new DipException("The mask '" + mask.getTitle() + "' has " + mask.getWidth() + "x" + mask.getHeight()
				+ "x" + stack.size() + " pixels: it needs " + image.getWidth() + "x" + image.getHeight()
				+ ", in one slice" + (pictures == 1 ? "." : " or in " + pictures + "."));
		final boolean colours = mask.getType() == ImagePlus.COLOR_RGB;
		return new Missing() {

			private int slice;
			private ImageProcessor plane;

			@Override
			public boolean at(final int picture, final int x, final int y, final float[] values) {
				final int its = stack.size() == 1 ? 1 : picture + 1;
				if (slice != its) plane = stack.getProcessor(slice = its);
				return colours ? (plane.get(x, y) & 0xffffff) != 0 : plane.getf(x, y) != 0;
			}
		};
	}
}
