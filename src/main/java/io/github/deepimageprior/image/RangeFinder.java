package io.github.deepimageprior.image;

import io.github.deepimageprior.DipException;

/**
 * Finds the smallest and the largest value of a channel: in the bounding box of the region, over all slices and frames,
 * without missing pixels.
 */
final class RangeFinder {

	private final PixelStack pixels;
	private final Region region;
	private final MissingMask missing;
	private final String name;
	private float smallest, largest;

	/**
	 * @param missing null if no pixels are missing
	 * @param name of the image, for messages
	 */
	RangeFinder(final PixelStack pixels, final Region region, final MissingMask missing, final String name) {
		this.pixels = pixels;
		this.region = region;
		this.missing = missing;
		this.name = name;
	}

	/**
	 * @param channel of an image with one channel in each plane: not RGB, whose range is fixed
	 * @return the range of the channel; 0 to 0 if all its pixels are missing
	 * @throws DipException if a pixel that is not missing is NaN or infinite
	 */
	ChannelRange of(final int channel) {
		smallest = Float.POSITIVE_INFINITY;
		largest = Float.NEGATIVE_INFINITY;
		for (int index = 0; index < pixels.layout().count(); index++) {
			final int picture = index;
			final ChannelPlane plane = new ChannelPlane(pixels.plane(picture, channel), 0);
			region.forEach((x, y, i) -> {
				if (missing == null || !missing.at(picture, i)) include(plane.get(x, y), x, y, picture);
			});
		}
		return smallest > largest ? new ChannelRange(0, 0) : new ChannelRange(smallest, (double) largest - smallest);
	}

	private void include(final float value, final int x, final int y, final int index) {
		if (!Float.isFinite(value)) {
			final String label = pixels.layout().label(index);
			throw new DipException("The pixel at " + x + ", " + y + " of '" + name + "'"
				+ (label.isEmpty() ? "" : " (" + label + ")") + " is " + (Float.isNaN(value) ? "NaN" : "infinite")
				+ ": replace such pixels first, for example with Process > Math > Macro"
				+ " and the code if (!(abs(v) < 1/0)) v = 0, or fill in NaN pixels with DIP Inpaint.");
		}
		smallest = Math.min(smallest, value);
		largest = Math.max(largest, value);
	}
}
