package io.github.deepimageprior.image;

import ij.ImagePlus;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import java.awt.Rectangle;

/** Another image that results are compared with. */
public final class ReferenceImage {

	private ReferenceImage() {}

	/**
	 * @return a copy with the same channels, slices and frames: it outlives the closing of the image
	 * @throws DipException if its pixels are entries of a colour table
	 */
	public static ImagePlus kept(final ImagePlus image) {
		ColourTable.refuse(image);
		final ImagePlus kept = new ImagePlus(image.getTitle(), PixelStack.copy(image));
		kept.setDimensions(image.getNChannels(), image.getNSlices(), image.getNFrames());
		return kept;
	}

	/**
	 * Reads another image through the {@linkplain ImageSource#measured() scale of measures} of a source, so that the
	 * two can be compared.
	 *
	 * @param other an image with as many channels, slices and frames as the source, {@code factor} times as large as
	 *        the whole image or as its region
	 * @param index of the picture, counted from 0
	 * @param gain the source's pixel values divided by those of the other image where both show the same
	 * @return the part of the other image that shows the source's region; may exceed 0..1
	 * @throws DipException if the images do not match
	 */
	public static Picture read(final ImagePlus other, final ImageSource source, final int index, final int factor,
		final double gain)
	{
		final Rectangle box = source.region().bounds();
		final int width = box.width * factor, height = box.height * factor;
		final boolean part = other.getWidth() == width && other.getHeight() == height;
		requireMatch(other, source, factor, part);
		final int left = part ? 0 : box.x * factor, top = part ? 0 : box.y * factor;
		final int colours = PixelStack.colours(other);
		final PixelStack pixels = PixelStack.shared(other);
		final float[] values = new float[Math.multiplyExact(width * height, source.channels())];
		int i = 0;
		for (int c = 0; c < source.channels(); c++) {
			final ChannelPlane plane = new ChannelPlane(pixels.plane(index, c / colours), c % colours);
			for (int y = 0; y < height; y++)
				for (int x = 0; x < width; x++)
					values[i++] = source.measured().toUnit(c, (float) (gain * plane.get(left + x, top + y)));
		}
		return new Picture(values, width, height, source.channels());
	}

	/**
	 * @throws DipException if {@link #read} would refuse the other image, or a pixel that it reads of any picture is
	 *         NaN or infinite, which only 32-bit pixels can be, so that no measure has a value
	 */
	public static void require(final ImagePlus other, final ImageSource source, final int factor, final double gain) {
		final int pictures = other.getBitDepth() == 32 ? source.count() : 1;
		for (int index = 0; index < pictures; index++)
			for (final float value : read(other, source, index, factor, gain).values())
				if (!Float.isFinite(value)) throw notFinite(other, source.label(index));
	}

	private static DipException notFinite(final ImagePlus other, final String label) {
		return new DipException("The reference image '" + other.getTitle() + "'"
			+ (label.isEmpty() ? "" : " (" + label + ")") + " has pixels that are NaN or infinite, with which PSNR and "
			+ "SSIM have no value: replace such pixels first, or run without this reference.");
	}

	/** @return a picture of the source, read as {@link #read} reads that of another image */
	public static Picture own(final ImageSource source, final int index) {
		return source.read(source.pixels().channelsOf(index), source.measured());
	}

	private static void requireMatch(final ImagePlus other, final ImageSource source, final int factor,
		final boolean part)
	{
		final PixelStack pixels = source.pixels();
		final boolean all = other.getWidth() == pixels.width() * factor
			&& other.getHeight() == pixels.height() * factor;
		if (!part && !all || PixelStack.colours(other) != pixels.colours()
			|| !StackLayout.of(other).equals(pixels.layout()))
			throw new DipException("The reference image '" + other.getTitle()
				+ "' does not match: it must have the same channels, slices and frames, and " + source.width() * factor
				+ "x" + source.height() * factor + " pixels.");
	}
}
