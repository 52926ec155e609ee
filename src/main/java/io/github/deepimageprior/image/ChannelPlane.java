package io.github.deepimageprior.image;

import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;

/**
 * A view of one channel of a plane. A plane has one channel, except an RGB plane, which packs three into each pixel.
 * Pixel values are those stored, without a calibration function.
 *
 * @param plane 8-bit, 16-bit, 32-bit or RGB; nothing is copied
 * @param colour 0, 1, 2 for red, green, blue of an RGB plane; else 0
 */
record ChannelPlane(ImageProcessor plane, int colour) {

	float get(final int x, final int y) {
		return plane instanceof ColorProcessor ? plane.get(x, y) >> shift() & 0xff : plane.getf(x, y);
	}

	/** @param value must be a whole number within the range of the type, except for a 32-bit plane */
	void set(final int x, final int y, final float value) {
		if (plane instanceof FloatProcessor) plane.setf(x, y, value);
		else
			if (plane instanceof ColorProcessor)
				plane.set(x, y, plane.get(x, y) & ~(0xff << shift()) | (int) value << shift());
			else
				plane.set(x, y, (int) value);
	}

	private int shift() {
		return 16 - 8 * colour;
	}
}
