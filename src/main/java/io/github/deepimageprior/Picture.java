package io.github.deepimageprior;

import java.util.Arrays;
import java.util.List;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

/**
 * The numbers of a picture, as libtorch wants them: one channel after the other, each row by row.
 *
 * @param values channels × height × width; pixels are in 0..1
 * @param width in pixels
 * @param height in pixels
 * @param channels 1 for grey, 3 for red, green, blue
 */
public record Picture(float[] values, int width, int height, int channels) {

	/** Copies an image, x × y × channels, or x × y for one channel. */
	public static Picture of(final RandomAccessibleInterval<? extends RealType<?>> image) {
		final float[] values = new float[Math.toIntExact(Intervals.numElements(image))];
		int i = 0;
		for (final RealType<?> value : Views.flatIterable(image)) values[i++] = value.getRealFloat();
		return new Picture(values, (int) image.dimension(0), (int) image.dimension(1),
			image.numDimensions() > 2 ? (int) image.dimension(2) : 1);
	}

	/** @return a picture of the same size with other numbers */
	public Picture with(final float[] others) {
		return new Picture(others, width, height, channels);
	}

	/** @return the picture as an image, x × y × channels, on the same numbers */
	public Img<FloatType> image() {
		return ArrayImgs.floats(values, width, height, channels);
	}

	/** @return a rectangle of it */
	public Picture part(final int left, final int top, final int wide, final int high) {
		final float[] part = new float[Math.multiplyExact(wide * high, channels)];
		for (int c = 0; c < channels; c++) for (int y = 0; y < high; y++) {
			System.arraycopy(values, (c * height + top + y) * width + left, part, (c * high + y) * wide, wide);
		}
		return new Picture(part, wide, high, channels);
	}

	/** Copies another picture into this one's numbers, at a place, from a channel on. */
	public void paste(final Picture other, final int left, final int top, final int channel) {
		for (int c = 0; c < other.channels; c++) for (int y = 0; y < other.height; y++) {
			System.arraycopy(other.values, (c * other.height + y) * other.width, values,
				((channel + c) * height + top + y) * width + left, other.width);
		}
	}

	/** @return a copy of some of its channels */
	public Picture channels(final int first, final int number) {
		final int area = width * height;
		return new Picture(Arrays.copyOfRange(values, first * area, (first + number) * area), width, height, number);
	}

	/** @return a picture of the channels of pictures of one size, one after the other; of one picture itself */
	public static Picture stack(final List<Picture> pictures) {
		final Picture first = pictures.get(0);
		if (pictures.size() == 1) return first;
		final int channels = pictures.stream().mapToInt(Picture::channels).sum();
		final Picture all = new Picture(new float[Math.multiplyExact(first.width * first.height, channels)],
			first.width, first.height, channels);
		int channel = 0;
		for (final Picture picture : pictures) {
			all.paste(picture, 0, 0, channel);
			channel += picture.channels;
		}
		return all;
	}

	/** @return the mean over the channels, a picture of one channel */
	public Picture channelMean() {
		final int area = width * height;
		final float[] means = new float[area];
		for (int p = 0; p < area; p++) {
			double sum = 0;
			for (int c = 0; c < channels; c++) sum += values[c * area + p];
			means[p] = (float) (sum / channels);
		}
		return new Picture(means, width, height, 1);
	}
}
