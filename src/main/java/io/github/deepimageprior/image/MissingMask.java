package io.github.deepimageprior.image;

import java.util.BitSet;

/**
 * The missing pixels of all pictures of an image, found once: later changes of the image, its selection or a mask image
 * have no effect.
 */
final class MissingMask {

	private final BitSet[] missing;
	private final int area;

	MissingMask(final MissingPixels definition, final PixelStack pixels, final Region region) {
		area = region.bounds().width * region.bounds().height;
		missing = new BitSet[pixels.layout().count()];
		final float[] values = new float[pixels.channels()];
		for (int index = 0; index < missing.length; index++) {
			final int picture = index;
			final ChannelPlane[] channels = pixels.channelsOf(picture);
			final BitSet its = missing[picture] = new BitSet(area);
			region.forEach((x, y, i) -> {
				for (int c = 0; c < values.length; c++) values[c] = channels[c].get(x, y);
				if (definition.at(picture, x, y, values)) its.set(i);
			});
		}
	}

	/** @param i the pixel, counted row by row in the bounding box of the region */
	boolean at(final int index, final int i) {
		return missing[index].get(i);
	}

	/** @return for each pixel of a picture, row by row, 1 if it is known and 0 if it is missing; a new array */
	float[] known(final int index) {
		final float[] known = new float[area];
		for (int i = 0; i < area; i++) known[i] = at(index, i) ? 0 : 1;
		return known;
	}
}
