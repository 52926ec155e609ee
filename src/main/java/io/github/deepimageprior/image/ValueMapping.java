package io.github.deepimageprior.image;

import io.github.deepimageprior.Picture;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * The map between the pixel values of an image and the 0..1 of its pictures, linear in each channel:
 * {@code value = low + span * unit}.
 * <p>
 * 8-bit and RGB values are divided by 255. In a 16-bit or 32-bit image, each channel's smallest value (in the bounding
 * box of the selection, over all slices and frames, without missing pixels) becomes 0 and its largest becomes 1. If the
 * image is read {@linkplain ImageSource#asShown as shown}, each channel's display range takes the place of its own
 * range, and values outside it become 0 or 1. If it is read {@linkplain ImageSource#toRestore to be restored}, 8-bit
 * and RGB images are mapped from their own range too, RGB from that of all colours together, and hot and dead pixels do
 * not count. Pixel values are those stored, without a calibration function.
 */
public final class ValueMapping {

	private final ChannelRange[] ranges;
	private final float largest; // of the image's type; infinite for 32-bit, which is not rounded

	private ValueMapping(final ChannelRange[] ranges, final float largest) {
		this.ranges = ranges;
		this.largest = largest;
	}

	/**
	 * @param bits 8, 16, 24 (RGB) or 32
	 * @param channels of a picture
	 * @param range gives each channel's range
	 */
	static ValueMapping of(final int bits, final int channels, final IntFunction<ChannelRange> range) {
		final ChannelRange[] ranges = new ChannelRange[channels];
		Arrays.setAll(ranges, range);
		return new ValueMapping(ranges, switch (bits) {
			case 32 -> Float.POSITIVE_INFINITY;
			case 16 -> 65535;
			default -> 255;
		});
	}

	/**
	 * @param bits 8, 16 or 32
	 * @param lows of each channel, the pixel value that 0 stands for
	 * @param spans of each channel, the difference of pixel values that 1 stands for; 0 if all pixels are equal
	 * @return the map for an image that is read elsewhere
	 */
	public static ValueMapping of(final int bits, final double[] lows, final double[] spans) {
		return of(bits, lows.length, channel -> new ChannelRange(lows[channel], spans[channel]));
	}

	/**
	 * @return for each channel, how many steps of one whole value lie between 0 and 1: 255 for 8-bit and RGB; empty for
	 *         32-bit, which stores fractions. Fits {@link Picture#rounded}
	 */
	public double[] levels() {
		return isWhole() ? spans() : new double[0];
	}

	/** @return for each channel, the pixel value that 0 stands for; a new array */
	public double[] lows() {
		return Arrays.stream(ranges).mapToDouble(ChannelRange::low).toArray();
	}

	/**
	 * @return for each channel, the difference of pixel values that 1 stands for; 0 if all pixels are equal; a new
	 *         array
	 */
	public double[] spans() {
		return Arrays.stream(ranges).mapToDouble(ChannelRange::span).toArray();
	}

	/**
	 * @param value a pixel value
	 * @return its place in 0..1; beyond it for a value outside the range, unless the image is read as shown
	 */
	public float toUnit(final int channel, final double value) {
		return ranges[channel].toUnit(value);
	}

	/**
	 * @param unit in 0..1
	 * @return the pixel value that it stands for, not rounded
	 */
	public float fromUnit(final int channel, final double unit) {
		return ranges[channel].fromUnit(unit);
	}

	/**
	 * Reads the pixel values of a picture through another mapping of the same image, for example to classify as shown
	 * what was fitted on the full range. Values are rounded as the image's type stores them.
	 *
	 * @param unit a picture of this mapping
	 * @param other a mapping with as many channels; its clipping applies
	 * @return a new picture of the other mapping
	 */
	public Picture convert(final Picture unit, final ValueMapping other) {
		final int area = unit.width() * unit.height();
		final float[] values = new float[unit.values().length];
		for (int i = 0; i < values.length; i++) values[i] = other.toUnit(i / area, toPixel(i / area, unit.values()[i]));
		return unit.with(values);
	}

	/** @return the pixel value that an image of this type stores for a value in 0..1 */
	public float toPixel(final int channel, final float unit) {
		return stored(fromUnit(channel, unit));
	}

	/** @return a pixel value as ImageJ stores it: whole values are rounded, halves up, and kept within their type */
	float stored(final float value) {
		return isWhole() ? (float) Math.floor(Math.min(largest, Math.max(0, value + 0.5f))) : value;
	}

	private boolean isWhole() {
		return largest < Float.POSITIVE_INFINITY;
	}
}
