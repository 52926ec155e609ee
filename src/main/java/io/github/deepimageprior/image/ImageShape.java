package io.github.deepimageprior.image;

import ij.ImagePlus;

/**
 * The pictures of an image, before any pixel is read.
 *
 * @param width in pixels
 * @param height in pixels
 * @param channels of a picture; RGB counts as three
 * @param count number of pictures: slices × time points
 */
public record ImageShape(int width, int height, int channels, int count) {

	/**
	 * @param whole whether the whole image counts even if there is a selection
	 * @throws io.github.deepimageprior.DipException if the selection is no area of the image
	 */
	public static ImageShape of(final ImagePlus image, final boolean whole) {
		final Region region = whole ? Region.whole(image) : Region.of(image);
		final int count = StackLayout.of(image).count();
		return new ImageShape(region.bounds().width, region.bounds().height,
			image.getStackSize() / count * PixelStack.colours(image), count);
	}
}
