package io.github.deepimageprior.image;

import io.github.deepimageprior.DipException;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Finds the ranges of values of all channels: in the bounding box of the region, over all slices and frames, without
 * missing pixels. The colours of RGB have one range together.
 */
final class RangeFinder {

	private static final String MACRO = "Process > Math > Macro and the code if (!(abs(v) < 1/0)) v = ";

	private final PixelStack pixels;
	private final Region region;
	private final PixelSet missing;
	private final String name;
	private final RobustRange[] ranges; // of each channel

	/**
	 * @param missing null if no pixels are missing
	 * @param hot receives the hot and dead pixels
	 * @param name of the image, for messages
	 * @throws DipException if a pixel that is not missing is NaN or infinite
	 */
	RangeFinder(final PixelStack pixels, final Region region, final PixelSet missing, final PixelSet hot,
		final String name)
	{
		this.pixels = pixels;
		this.region = region;
		this.missing = missing;
		this.name = name;
		ranges = new RobustRange[pixels.channels()];
		for (int c = 0; c < ranges.length; c++)
			ranges[c] = pixels.colours() > 1 && c > 0 ? ranges[0] : new RobustRange();
		for (int index = 0; index < pixels.layout().count(); index++) {
			final ChannelPlane[] channels = pixels.channelsOf(index);
			for (int c = 0; c < ranges.length; c++) read(index, c, channels[c]);
		}
		Arrays.stream(ranges).distinct().forEach(range -> range.finish(hot));
	}

	/** @return the range of a channel without hot and dead pixels */
	ChannelRange robust(final int channel) {
		return ranges[channel].range();
	}

	/** @return the range of most pixels of a channel, if it is small and others widen it; else null */
	ChannelRange squeezed(final int channel) {
		return ranges[channel].squeezed();
	}

	/** @return the range of a channel with all its pixels */
	ChannelRange whole(final int channel) {
		return ranges[channel].whole();
	}

	private void read(final int index, final int channel, final ChannelPlane plane) {
		final RobustRange range = ranges[channel];
		region.forEach((x, y, i) -> {
			if (missing != null && missing.has(index, channel, i)) return;
			final float value = plane.get(x, y);
			if (!Float.isFinite(value)) throw notFinite(value, x, y, index);
			if (range.counts(value)) range.add(index, channel, i, value, neighbours(index, channel, plane, i));
		});
	}

	/** @return the values of the neighbours that are known */
	private float[] neighbours(final int index, final int channel, final ChannelPlane plane, final int i) {
		final int width = region.bounds().width;
		final int[] known = IntStream.of(region.neighbours(i))
			.filter(pixel -> missing == null || !missing.has(index, channel, pixel)).toArray();
		final float[] values = new float[known.length];
		for (int k = 0; k < known.length; k++)
			values[k] = plane.get(region.bounds().x + known[k] % width, region.bounds().y + known[k] / width);
		return values;
	}

	private DipException notFinite(final float value, final int x, final int y, final int index) {
		final String label = pixels.layout().label(index);
		final boolean nan = Float.isNaN(value);
		return new DipException("The pixel at " + x + ", " + y + " of '" + name + "'"
			+ (label.isEmpty() ? "" : " (" + label + ")") + " is " + (nan ? "NaN" : "infinite")
			+ (missing == null ? ": replace such pixels first, for example with " + MACRO + "0, or fill in NaN pixels "
				+ "with DIP Inpaint." : " and not marked as missing: mark such pixels too, or "
					+ (nan ? "" : "set them to NaN with " + MACRO + "NaN, and ") + "choose missing=NaN."));
	}
}
