package io.github.deepimageprior.image;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.PointRoi;
import ij.process.ImageProcessor;

import io.github.deepimageprior.DipException;

import java.util.stream.IntStream;

/** Defines which pixels of an image are missing: in all channels, but for {@link #NAN}. */
public interface MissingPixels {

	/** No pixel is missing. */
	MissingPixels NONE = (index, x, y, values) -> false;

	/** Pixels that are NaN in at least one channel are missing, in the channels that are NaN. */
	MissingPixels NAN = (index, x, y, values) -> {
		for (final float value : values) if (Float.isNaN(value)) return true;
		return false;
	};

	/**
	 * Called once for each pixel, picture by picture.
	 *
	 * @param index of the picture in the image, counted from 0
	 * @param x in the image, in pixels
	 * @param y in the image, in pixels
	 * @param values pixel values of all channels
	 * @return whether the pixel is missing
	 */
	boolean at(int index, int x, int y, float[] values);

	/**
	 * @param missing a pixel value as stored, without a calibration function
	 * @return a definition by which pixels are missing that have this value in every channel
	 */
	static MissingPixels value(final double missing) {
		return (index, x, y, values) -> {
			for (final float value : values) if (value != (float) missing) return false;
			return true;
		};
	}

	/**
	 * @param radius in pixels: around a point, which has no area of its own
	 * @return a definition by which the pixels inside the image's area selection are missing, or at its points
	 * @throws DipException if the image has neither an area nor a point selection
	 */
	static MissingPixels selection(final ImagePlus image, final double radius) {
		if (image.getRoi() instanceof PointRoi points) return new MarkedPoints(image, points, radius);
		if (image.getRoi() == null || !image.getRoi().isArea())
			throw new DipException("The image '" + image.getTitle()
				+ "' has no area or point selection: select the missing pixels (turn a line into an area with"
				+ " Edit > Selection > Line to Area), or choose another way to mark them.");
		final Region region = Region.ofAnySize(image);
		return (index, x, y, values) -> region.bounds().contains(x, y) && region.contains(x, y);
	}

	/**
	 * @param mask an image whose pixels are not 0 where pixels are missing (white, except with an inverting lookup
	 *        table); one slice for all pictures, or one for each
	 * @param image the image that the mask belongs to
	 * @return a definition by which the marked pixels are missing
	 * @throws DipException if the sizes do not match, or the mask's pixels are entries of a colour table
	 */
	static MissingPixels mask(final ImagePlus mask, final ImagePlus image) {
		ColourTable.refuse(mask);
		final int pictures = StackLayout.of(image).count();
		final ImageStack stack = mask.getStack();
		if (mask.getWidth() != image.getWidth() || mask.getHeight() != image.getHeight()
			|| stack.size() != 1 && stack.size() != pictures)
			throw new DipException("The mask '" + mask.getTitle() + "' has " + mask.getWidth() + "x" + mask.getHeight()
				+ " pixels and " + slices(stack.size()) + ": it must have " + image.getWidth() + "x" + image.getHeight()
				+ " pixels and " + (pictures == 1 ? "1 slice." : "1 or " + pictures + " slices."));
		final boolean colours = mask.getType() == ImagePlus.COLOR_RGB;
		return new MissingPixels() {

			private int slice;
			private ImageProcessor plane;

			@Override
			public boolean at(final int index, final int x, final int y, final float[] values) {
				final int its = stack.size() == 1 ? 1 : index + 1;
				if (slice != its) plane = stack.getProcessor(slice = its);
				return colours ? (plane.get(x, y) & 0xffffff) != 0 : plane.getf(x, y) != 0;
			}
		};
	}

	/**
	 * @param image with a definition of its missing pixels
	 * @throws DipException if no pixels are missing, or all pixels of a channel
	 */
	static void requireSome(final ImageSource image) {
		boolean any = false;
		for (int i = 0; i < image.count(); i++) {
			final float[] known = image.known(i);
			final int area = image.width() * image.height();
			for (int first = 0; first < known.length; first += area) {
				int missing = 0;
				for (int pixel = first; pixel < first + area; pixel++) if (known[pixel] == 0) missing++;
				if (missing == area) throw allMissing(image, i);
				any |= missing > 0;
			}
		}
		if (!any)
			throw new DipException(
				"No pixels are missing: mark the pixels to fill in with a selection, a mask image, a value or NaN.");
	}

	private static DipException allMissing(final ImageSource image, final int index) {
		final String label = image.label(index);
		final int[] empty = emptyChannels(image, index);
		if (empty.length > 0 && empty.length < image.channels())
			return new DipException("All pixels of channel " + (empty[0] + 1) + (label.isEmpty() ? "" : ", " + label)
				+ ", are NaN: delete this channel with Image > Stacks > Delete Slice.");
		return new DipException(label.isEmpty() ? "All pixels are missing: mark only the pixels to fill in."
			: "All pixels of " + label + " are missing: mark only the pixels to fill in, or delete what has none to "
				+ "keep with Image > Stacks > Delete Slice.");
	}

	/** @return the channels of a picture all of whose pixels are NaN, counted from 0 */
	private static int[] emptyChannels(final ImageSource image, final int index) {
		final ChannelPlane[] channels = image.pixels().channelsOf(index);
		final boolean[] some = new boolean[channels.length];
		image.region().forEach((x, y, i) -> {
			for (int c = 0; c < some.length; c++) some[c] |= !Float.isNaN(channels[c].get(x, y));
		});
		return IntStream.range(0, some.length).filter(c -> !some[c]).toArray();
	}

	private static String slices(final int number) {
		return number + (number == 1 ? " slice" : " slices");
	}
}
