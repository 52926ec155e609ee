package io.github.deepimageprior.image;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Some pixels of the channels of all pictures of an image, found once: later changes of the image, its selection or a
 * mask image have no effect. A pixel is counted row by row in the bounding box of the region.
 */
final class PixelSet {

	private final BitSet[][] pixels; // of each channel of each picture

	/** The set has no pixel. */
	PixelSet(final PixelStack stack) {
		this(stack.layout().count(), stack.channels());
	}

	private PixelSet(final int pictures, final int channels) {
		pixels = new BitSet[pictures][channels];
		for (final BitSet[] picture : pixels) Arrays.setAll(picture, channel -> new BitSet());
	}

	/** @return the missing pixels; of those that count as missing because they are NaN, the channels that are NaN */
	static PixelSet of(final MissingPixels definition, final PixelStack stack, final Region region) {
		final PixelSet missing = new PixelSet(stack);
		final float[] values = new float[stack.channels()];
		for (int index = 0; index < missing.pixels.length; index++) {
			final int picture = index;
			final ChannelPlane[] channels = stack.channelsOf(picture);
			region.forEach((x, y, i) -> {
				for (int c = 0; c < values.length; c++) values[c] = channels[c].get(x, y);
				if (!definition.at(picture, x, y, values)) return;
				for (int c = 0; c < values.length; c++)
					if (definition != MissingPixels.NAN || Float.isNaN(values[c])) missing.add(picture, c, i);
			});
		}
		return missing;
	}

	void add(final int index, final int channel, final int pixel) {
		pixels[index][channel].set(pixel);
	}

	boolean has(final int index, final int channel, final int pixel) {
		return pixels[index][channel].get(pixel);
	}

	/** @return whether it has pixels of a picture */
	boolean hasAny(final int index) {
		return !Arrays.stream(pixels[index]).allMatch(BitSet::isEmpty);
	}

	/** @return the number of pixels in all pictures, each counted once, in however many channels it is there */
	int size() {
		return Arrays.stream(pixels).mapToInt(channels -> {
			final BitSet any = new BitSet();
			for (final BitSet channel : channels) any.or(channel);
			return any.cardinality();
		}).sum();
	}

	/** @return a new set with the pixels of this and another */
	PixelSet plus(final PixelSet other) {
		final PixelSet both = new PixelSet(pixels.length, pixels[0].length);
		for (int index = 0; index < pixels.length; index++) for (int c = 0; c < pixels[index].length; c++) {
			both.pixels[index][c].or(pixels[index][c]);
			both.pixels[index][c].or(other.pixels[index][c]);
		}
		return both;
	}

	/**
	 * @param area number of pixels of a picture
	 * @return for each of them 0 if it is in the set, else 1, channel by channel; only once if all channels have the
	 *         same; a new array
	 */
	float[] others(final int index, final int area) {
		final BitSet[] channels = pixels[index];
		final boolean same = Arrays.stream(channels).distinct().count() == 1;
		final float[] others = new float[same ? area : Math.multiplyExact(area, channels.length)];
		for (int i = 0; i < others.length; i++) others[i] = channels[i / area].get(i % area) ? 0 : 1;
		return others;
	}
}
