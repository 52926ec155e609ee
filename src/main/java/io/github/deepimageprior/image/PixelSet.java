package io.github.deepimageprior.image;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Some pixels of all pictures of an image, found once: later changes of the image, its selection or a mask image have
 * no effect. A pixel is counted row by row in the bounding box of the region.
 */
final class PixelSet {

	private final BitSet[] pixels; // of each picture

	/** @param pictures how many; the set has no pixel */
	PixelSet(final int pictures) {
		pixels = new BitSet[pictures];
		Arrays.setAll(pixels, picture -> new BitSet());
	}

	/** @return the missing pixels */
	static PixelSet of(final MissingPixels definition, final PixelStack stack, final Region region) {
		final PixelSet missing = new PixelSet(stack.layout().count());
		final float[] values = new float[stack.channels()];
		for (int index = 0; index < missing.pixels.length; index++) {
			final int picture = index;
			final ChannelPlane[] channels = stack.channelsOf(picture);
			region.forEach((x, y, i) -> {
				for (int c = 0; c < values.length; c++) values[c] = channels[c].get(x, y);
				if (definition.at(picture, x, y, values)) missing.add(picture, i);
			});
		}
		return missing;
	}

	void add(final int index, final int pixel) {
		pixels[index].set(pixel);
	}

	boolean has(final int index, final int pixel) {
		return pixels[index].get(pixel);
	}

	/** @return whether it has pixels of a picture */
	boolean hasAny(final int index) {
		return !pixels[index].isEmpty();
	}

	/** @return the number of pixels in all pictures */
	int size() {
		return Arrays.stream(pixels).mapToInt(BitSet::cardinality).sum();
	}

	/** @return a new set with the pixels of this and another */
	PixelSet plus(final PixelSet other) {
		final PixelSet both = new PixelSet(pixels.length);
		for (int index = 0; index < pixels.length; index++) {
			both.pixels[index].or(pixels[index]);
			both.pixels[index].or(other.pixels[index]);
		}
		return both;
	}

	/** @return for each of so many pixels of a picture 0 if it is in the set, else 1; a new array */
	float[] others(final int index, final int area) {
		final float[] others = new float[area];
		for (int i = 0; i < area; i++) others[i] = has(index, i) ? 0 : 1;
		return others;
	}
}
