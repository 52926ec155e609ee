package io.github.deepimageprior.image;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** How the pixels of an image are read: what their values mean, and which of them are unknown. */
final class Reading {

	/** Ways to read. */
	enum Way {
		/** As data: 8-bit and RGB values of 0..255, 16-bit and 32-bit values of the whole range of each channel. */
		STORED,
		/** As {@link #STORED}, but 16-bit and 32-bit values of each channel's display range. */
		SHOWN,
		/** Values of the range that is there without hot and dead pixels, which are unknown and to be replaced. */
		ROBUST,
		/** As {@link #ROBUST}, but hot and dead pixels keep their values when a picture is written. */
		ROBUST_KEEPING
	}

	private final Region region;
	private final PixelSet missing, filled; // null if no pixels can be missing
	private final PixelSet hot, unknown, kept;
	private final ValueMapping mapping, measured;
	private final Map<String, String> text;

	/**
	 * @param bits 8, 16, 24 (RGB) or 32
	 * @param missing null if no pixels can be missing
	 * @param template of the image
	 * @throws DipException if a pixel that is not missing is NaN or infinite, or the display range does not
	 *         show the values if it is read so
	 */
	Reading(final Way way, final int bits, final PixelStack pixels, final Region region, final PixelSet missing,
		final ImageTemplate template)
	{
		this.missing = missing;
		final boolean robust = way == Way.ROBUST || way == Way.ROBUST_KEEPING;
		this.region = region;
		hot = new PixelSet(pixels);
		final boolean bytes = bits == 8 || bits == 24;
		final IntFunction<ChannelRange> all = channel -> ChannelRange.BYTE;
		final RangeFinder finder = bytes && !robust ? null
			: new RangeFinder(pixels, region, missing, hot, template.name());
		mapping = ValueMapping.of(bits, pixels.channels(), finder == null ? all : switch (way) {
			case STORED -> finder::whole;
			case SHOWN -> channel -> template.displayRange(channel, finder.whole(channel));
			case ROBUST, ROBUST_KEEPING -> finder::robust;
		});
		measured = bytes ? ValueMapping.of(bits, pixels.channels(), all) : mapping;
		final PixelSet none = new PixelSet(pixels), left = robust ? hot : none;
		unknown = missing == null ? left : missing.plus(left);
		filled = missing == null || way == Way.ROBUST_KEEPING ? missing : unknown;
		kept = way == Way.ROBUST_KEEPING ? hot : none;
		text = new ValueReport(mapping, template::shown, missing != null).of(finder, hot.size(),
			!robust ? null : kept == hot ? "kept" : "replaced");
	}

	/** @return the map between pixel values and 0..1 */
	ValueMapping mapping() {
		return mapping;
	}

	/** @return the map for measures of quality: for 8-bit and RGB, 1 is 255 whatever values are there */
	ValueMapping measured() {
		return measured;
	}

	/** @return what a report says of the range of values, and of hot and dead pixels: text by key */
	Map<String, String> text() {
		return text;
	}

	/** @return the pixels that an output replaces where the known ones stay; null if no pixels can be missing */
	PixelSet filled() {
		return filled;
	}

	/** @return the pixels that no output replaces */
	PixelSet kept() {
		return kept;
	}

	/**
	 * @return for each of so many pixels of a picture, 1 if it is known and 0 if it is not, channel by channel, or once
	 *         for all channels; a new array; null if none can be missing, and none is hot or dead and unknown
	 */
	float[] known(final int index, final int area) {
		return missing == null && !unknown.hasAny(index) ? null : unknown.others(index, area);
	}

	/** Writes 0.5 into the missing pixels of a picture, and into unknown hot and dead ones what is around them. */
	void fillUnknown(final int index, final Picture picture) {
		if (!unknown.hasAny(index)) return;
		final float[] values = picture.values();
		final int area = picture.width() * picture.height();
		for (int i = 0; i < values.length; i++) {
			final int channel = i / area, pixel = i % area;
			if (unknown.has(index, channel, pixel))
				values[i] = missing != null && missing.has(index, channel, pixel) ? 0.5f
					: median(index, channel, pixel, picture);
		}
	}

	/** @return the median of the neighbours that are known; 0.5 if there is none */
	private float median(final int index, final int channel, final int pixel, final Picture picture) {
		final int first = channel * picture.width() * picture.height();
		final double[] known = IntStream.of(region.neighbours(pixel)).filter(i -> !unknown.has(index, channel, i))
			.mapToDouble(i -> picture.values()[first + i]).sorted().toArray();
		return known.length == 0 ? 0.5f : (float) (known[(known.length - 1) / 2] + known[known.length / 2]) / 2;
	}
}
