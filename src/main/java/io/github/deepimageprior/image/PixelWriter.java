package io.github.deepimageprior.image;

import ij.process.FloatProcessor;
import ij.process.ImageProcessor;

import io.github.deepimageprior.Picture;

/**
 * Writes pictures back as pixels of an image: new planes of its type and full size, in which only the pixels inside the
 * selection are replaced. The image itself is not changed.
 * <p>
 * In all methods, {@code index} is the picture's place in the image, counted from 0, and a {@code Picture} has the size
 * of the region.
 */
public final class PixelWriter {

	private final PixelStack pixels;
	private final Region region;
	private final ValueMapping mapping;
	private final PixelSet missing, kept;

	/**
	 * @param missing null if no pixels can be missing
	 * @param kept pixels that always keep their values
	 */
	PixelWriter(final PixelStack pixels, final Region region, final ValueMapping mapping, final PixelSet missing,
		final PixelSet kept)
	{
		this.pixels = pixels;
		this.region = region;
		this.mapping = mapping;
		this.missing = missing;
		this.kept = kept;
	}

	/**
	 * @param output in 0..1; pixels that are NaN stay as they were. Null for a copy of the picture as it was
	 * @return one plane for each of the image's channels
	 */
	public ImageProcessor[] write(final int index, final Picture output) {
		return write(index, output, false, (before, unit, channel) -> mapping.toPixel(channel, unit));
	}

	/** As {@link #write}, but replaces only what is missing, if pixels can be missing. */
	public ImageProcessor[] fill(final int index, final Picture output) {
		return write(index, output, missing != null, (before, unit, channel) -> mapping.toPixel(channel, unit));
	}

	/**
	 * As {@link #write}, but adds a change to the pixels, so that values outside the range of the mapping are not
	 * clipped to it.
	 *
	 * @param change 1 is the span of a channel
	 */
	public ImageProcessor[] add(final int index, final Picture change) {
		final double[] spans = mapping.spans();
		return write(index, change, false,
			(before, unit, channel) -> mapping.stored((float) (before + spans[channel] * unit)));
	}

	/** What becomes of a pixel value. */
	private interface Change {

		float of(float before, float unit, int channel);
	}

	private ImageProcessor[] write(final int index, final Picture output, final boolean onlyMissing,
		final Change change)
	{
		final ImageProcessor[] planes = new ImageProcessor[pixels.layout().planes()];
		for (int p = 0; p < planes.length; p++) planes[p] = pixels.plane(index, p).duplicate();
		if (output == null) return planes;
		final ChannelPlane[] channels = pixels.channelsOf(planes);
		for (int c = 0; c < channels.length; c++) {
			final int channel = c, first = c * output.width() * output.height();
			final ChannelPlane plane = channels[c];
			region.forEach((x, y, i) -> {
				final float unit = output.values()[first + i];
				if (isReplaced(index, channel, x, y, i, unit) && (!onlyMissing || missing.has(index, channel, i)))
					plane.set(x, y, change.of(plane.get(x, y), unit, channel));
			});
		}
		return planes;
	}

	/**
	 * @param output as for {@link #write}, but not null
	 * @return the picture that the planes of {@link #write} would give if they were read: rounded to the levels of the
	 *         image's type, and the image's own pixels where nothing is replaced
	 */
	public Picture stored(final int index, final Picture output) {
		final float[] values = new float[output.values().length];
		final ChannelPlane[] channels = pixels.channelsOf(index);
		for (int c = 0; c < channels.length; c++) {
			final int channel = c, first = c * output.width() * output.height();
			final ChannelPlane own = channels[c];
			region.forEach((x, y, i) -> {
				final float unit = output.values()[first + i];
				values[first + i] = mapping.toUnit(channel,
					isReplaced(index, channel, x, y, i, unit) ? mapping.toPixel(channel, unit) : own.get(x, y));
			});
		}
		return output.with(values);
	}

	private boolean isReplaced(final int index, final int channel, final int x, final int y, final int i,
		final float unit)
	{
		return region.contains(x, y) && !Float.isNaN(unit) && !kept.has(index, channel, i);
	}

	/**
	 * @param picture in 0..1, a whole number of times as large as the region; a pixel that keeps its value is a square
	 * @param gain divides the pixel values
	 * @return the picture alone, as planes of the image's type
	 */
	ImageProcessor[] planes(final int index, final Picture picture, final double gain) {
		final ImageProcessor[] planes = new ImageProcessor[pixels.layout().planes()];
		final int area = picture.width() * picture.height(), factor = picture.width() / region.bounds().width;
		final ChannelPlane[] own = pixels.channelsOf(index);
		for (int c = 0; c < pixels.channels(); c++) {
			final int p = c / pixels.colours();
			if (planes[p] == null) planes[p] = pixels.empty(picture.width(), picture.height());
			final float[] values = new float[area];
			for (int i = 0; i < area; i++) {
				final int x = i % picture.width() / factor, y = i / picture.width() / factor;
				final double value = kept.has(index, c, y * region.bounds().width + x)
					? own[c].get(region.bounds().x + x, region.bounds().y + y)
					: mapping.fromUnit(c, picture.values()[c * area + i]);
				values[i] = (float) (value / gain);
			}
			planes[p].setPixels(c % pixels.colours(), new FloatProcessor(picture.width(), picture.height(), values));
		}
		return planes;
	}
}
