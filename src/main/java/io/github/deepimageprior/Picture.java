package io.github.deepimageprior;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.iterator.IntervalIterator;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;

/**
 * The pixels of a picture, as libtorch stores them: channel by channel, each row by row. It is the common format
 * between all packages: what is read from an image, fitted, attacked, explained and written back.
 * <p>
 * A picture is shared, not copied. Whoever makes the array may write into it until the picture is handed over; after
 * that it is read-only, for the maker and for whoever receives it. Two methods write, and only into a picture that the
 * caller has just made: {@link #paste}, and the view that {@link #image()} gives.
 *
 * @param values channels × height × width; pixels are in 0..1. None at all for a picture that only tells a size.
 * @param width in pixels
 * @param height in pixels
 * @param channels 1 for grey, 3 for red, green, blue
 */
public record Picture(float[] values, int width, int height, int channels) {

	/** Checks the number of values. */
	public Picture {
		if (values.length > 0 && values.length != (long) width * height * channels)
			throw new IllegalArgumentException(values.length + " values for a picture of " + width + "x" + height
				+ " pixels and " + channels + " channels");
	}

	/**
	 * Copies an ImgLib2 image.
	 *
	 * @param image x × y × channels, or x × y for one channel; values in 0..1
	 * @throws DipException if it has fewer or more axes
	 */
	public static Picture of(final RandomAccessibleInterval<? extends RealType<?>> image) {
		requireAxes(image);
		final float[] values = new float[Math.toIntExact(Intervals.numElements(image))];
		// By position, since what Views returns differs from ImgLib2 6 to 7: the plugin works with that of the host.
		final RandomAccess<? extends RealType<?>> pixel = image.randomAccess();
		final IntervalIterator order = new IntervalIterator(image);
		for (int i = 0; i < values.length; i++) {
			order.fwd();
			pixel.setPosition(order);
			values[i] = pixel.get().getRealFloat();
		}
		return new Picture(values, (int) image.dimension(0), (int) image.dimension(1),
			image.numDimensions() > 2 ? (int) image.dimension(2) : 1);
	}

	private static void requireAxes(final RandomAccessibleInterval<? extends RealType<?>> image) {
		final int axes = image.numDimensions();
		if (axes > 1 && IntStream.range(3, axes).allMatch(axis -> image.dimension(axis) == 1)) return;
		throw new DipException("The image has the size "
			+ IntStream.range(0, axes).mapToObj(axis -> String.valueOf(image.dimension(axis)))
				.collect(Collectors.joining("x"))
			+ ", but a picture is x, y and channels, or x and y: pass the pictures of a series one by one, such as "
			+ "slices by Views.hyperSlice.");
	}

	/** @return a picture of the same size with other values, which are not copied */
	public Picture with(final float[] others) {
		return new Picture(others, width, height, channels);
	}

	/** @return an ImgLib2 view, x × y × channels, of the same array: nothing is copied */
	public Img<FloatType> image() {
		return ArrayImgs.floats(values, width, height, channels);
	}

	/**
	 * The picture as an image of whole values stores it.
	 *
	 * @param levels how many whole values lie between 0 and 1 in each channel, such as 255 for 8-bit; empty for an
	 *        image that stores any value, such as a 32-bit one
	 * @return a copy whose values are clipped to 0..1 and rounded to the nearest level, halves up; this picture itself
	 *         if there are no levels
	 */
	public Picture rounded(final double[] levels) {
		if (levels.length == 0) return this;
		final int area = width * height;
		final float[] rounded = new float[values.length];
		for (int i = 0; i < rounded.length; i++) {
			final double most = levels[i / area];
			final double level = Math.floor(Math.max(0, Math.min(1, values[i])) * most + 0.5);
			rounded[i] = most == 0 ? 0 : (float) (level / most);
		}
		return with(rounded);
	}

	/**
	 * Checks levels before any work.
	 *
	 * @param levels as for {@link #rounded}
	 * @throws IllegalArgumentException if they are neither empty nor one for each channel
	 */
	public void requireLevels(final double[] levels) {
		if (levels == null || levels.length != 0 && levels.length != channels)
			throw new IllegalArgumentException("There must be one level for each of " + channels
				+ " channels, or none at all, not " + (levels == null ? "null" : levels.length));
	}

	/**
	 * @return a copy of a rectangle of it
	 * @throws IllegalArgumentException if the rectangle exceeds it
	 */
	public Picture part(final int left, final int top, final int wide, final int high) {
		requireInside(left, top, wide, high);
		final float[] part = new float[Math.multiplyExact(wide * high, channels)];
		for (int c = 0; c < channels; c++) for (int y = 0; y < high; y++) {
			System.arraycopy(values, (c * height + top + y) * width + left, part, (c * high + y) * wide, wide);
		}
		return new Picture(part, wide, high, channels);
	}

	/**
	 * Writes another picture into this one.
	 *
	 * @param left column of its left edge
	 * @param top row of its top edge
	 * @param channel of its first channel
	 * @throws IllegalArgumentException if it exceeds this one
	 */
	public void paste(final Picture other, final int left, final int top, final int channel) {
		requireInside(left, top, other.width, other.height);
		requireChannels(channel, other.channels);
		for (int c = 0; c < other.channels; c++) for (int y = 0; y < other.height; y++) {
			System.arraycopy(other.values, (c * other.height + y) * other.width, values,
				((channel + c) * height + top + y) * width + left, other.width);
		}
	}

	private void requireInside(final int left, final int top, final int wide, final int high) {
		if (left < 0 || top < 0 || left > width - wide || top > height - high)
			throw new IllegalArgumentException("The rectangle of " + wide + "x" + high + " pixels at " + left + ", "
				+ top + " exceeds the picture of " + width + "x" + height);
	}

	private void requireChannels(final int first, final int number) {
		if (first < 0 || number < 1 || first > channels - number)
			throw new IllegalArgumentException(number + " channels from " + first + " of " + channels);
	}

	/**
	 * @return a copy of some of its channels
	 * @throws IllegalArgumentException if it has fewer
	 */
	public Picture channels(final int first, final int number) {
		requireChannels(first, number);
		final int area = width * height;
		return new Picture(Arrays.copyOfRange(values, first * area, (first + number) * area), width, height, number);
	}

	/**
	 * @return a picture of the channels of several pictures of one size, one after the other; the picture itself if
	 *         there is only one
	 * @throws IllegalArgumentException if their sizes differ
	 */
	public static Picture stack(final List<Picture> pictures) {
		final Picture first = pictures.get(0);
		if (pictures.size() == 1) return first;
		final int channels = pictures.stream().mapToInt(Picture::channels).sum();
		final Picture all = new Picture(new float[Math.multiplyExact(first.width * first.height, channels)],
			first.width, first.height, channels);
		int channel = 0;
		for (final Picture picture : pictures) {
			if (picture.width != first.width || picture.height != first.height)
				throw new IllegalArgumentException("Pictures of " + first.width + "x" + first.height + " and "
					+ picture.width + "x" + picture.height + " pixels");
			all.paste(picture, 0, 0, channel);
			channel += picture.channels;
		}
		return all;
	}

	/** @return the sum over the channels as a picture of one channel */
	public Picture channelSum() {
		final int area = width * height;
		final float[] sums = new float[area];
		for (int p = 0; p < area; p++) {
			double sum = 0;
			for (int c = 0; c < channels; c++) sum += values[c * area + p];
			sums[p] = (float) sum;
		}
		return new Picture(sums, width, height, 1);
	}
}
