package io.github.deepimageprior;

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
		return new Picture(values, (int) image.dimension(0), (int) image.dimension(1), image.numDimensions() > 2 ? (int) image.dimension(2) : 1);
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
