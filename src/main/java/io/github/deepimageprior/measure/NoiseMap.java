package io.github.deepimageprior.measure;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How strong the noise is at every pixel. It may vary over the field, with the illumination or the distance from a
 * detector; all channels share its course, and each has its own level.
 *
 * @param levels of the channels: the standard deviation, as a root mean square over the picture, on the scale of its
 *        values
 * @param relative one channel: the standard deviation at each pixel divided by its channel's level; null if it is the
 *        same everywhere
 */
public record NoiseMap(List<Double> levels, Picture relative) {

	public NoiseMap {
		levels = List.copyOf(levels);
	}

	/** @return noise that is the same everywhere */
	public static NoiseMap uniform(final List<Double> levels) {
		return new NoiseMap(levels, null);
	}

	/**
	 * Estimates the noise of a picture from the picture alone: in windows of 24×24 pixels as {@link NoiseLevel} does
	 * for the whole. Where windows look like white noise, their mean is believed. Texture raises what a window shows,
	 * so elsewhere the noise is that of the quieter tenth of the windows around, within about 50 pixels, as a linear
	 * function of the place and of the brightness. Blocks of 3×3 equal pixels tell nothing: an empty border or a
	 * saturated area is given the noise beside it. Where texture as fine as a pixel is everywhere, or looks white, it
	 * counts as noise; where noise changes within textured areas, it may be underestimated.
	 * <p>
	 * The root mean square difference of the logarithms of estimate and noise, for 12 crops of 128×128 pixels each of
	 * pictures of scikit-image, and of photographs of ImageNet: 0.07 and 0.08 with a standard deviation of 25 grey
	 * levels everywhere; 0.07 and 0.10 where the noise rises by a factor of 5 over the crop; 0.14 and 0.16 where it
	 * falls by a factor of 5 from the centre; 0.10 and 0.18, nearly always upwards, with 10 grey levels everywhere.
	 *
	 * @return the map; its levels are 0 for channels without noise
	 * @throws DipException if the picture has fewer than 3×3 pixels
	 */
	public static NoiseMap estimate(final Picture picture) {
		return estimate(picture, new Cancellation());
	}

	/**
	 * As {@link #estimate(Picture)}; a cancel ends it, which matters for many megapixels.
	 *
	 * @throws java.util.concurrent.CancellationException after a cancel
	 */
	public static NoiseMap estimate(final Picture picture, final Cancellation cancellation) {
		return estimate(picture, false, cancellation);
	}

	/**
	 * As {@link #estimate(Picture, Cancellation)}, but all windows are believed: too high where there is fine texture,
	 * but not too low where structure is everywhere. It is meant for a comparison with a level that is known.
	 */
	public static NoiseMap withTexture(final Picture picture, final Cancellation cancellation) {
		return estimate(picture, true, cancellation);
	}

	private static NoiseMap estimate(final Picture picture, final boolean textured, final Cancellation cancellation) {
		NoiseLevel.requirePixels(picture);
		final int area = picture.width() * picture.height();
		final double[] sum = new double[area], levels = new double[picture.channels()];
		int noisy = 0;
		for (int c = 0; c < levels.length; c++) {
			final double[] map = LocalNoise.estimate(picture, c, textured, cancellation);
			levels[c] = rootMeanSquare(map);
			if (levels[c] == 0) continue;
			noisy++;
			for (int i = 0; i < area; i++) sum[i] += Math.log(map[i] / levels[c]);
		}
		final List<Double> all = Arrays.stream(levels).boxed().toList();
		if (noisy == 0) return uniform(all);
		for (int i = 0; i < area; i++) sum[i] = Math.exp(sum[i] / noisy);
		final double norm = rootMeanSquare(sum);
		final float[] relative = new float[area];
		for (int i = 0; i < area; i++) relative[i] = (float) (sum[i] / norm);
		return new NoiseMap(all, new Picture(relative, picture.width(), picture.height(), 1));
	}

	/** @return the root mean square of standard deviations, which is that of their noise */
	public static double rootMeanSquare(final double[] values) {
		return Math.sqrt(Arrays.stream(values).map(v -> v * v).sum() / values.length);
	}

	/** @return the standard deviation of the noise of a channel at a pixel, counted row by row */
	public double at(final int channel, final int pixel) {
		return levels.get(channel) * (relative == null ? 1 : relative.values()[pixel]);
	}

	/** @return the map of a rectangle of the picture */
	public NoiseMap part(final int left, final int top, final int wide, final int high) {
		return relative == null ? this : new NoiseMap(levels, relative.part(left, top, wide, high));
	}

	/** @return the least and the greatest factor of {@link #relative} */
	public double[] range() {
		if (relative == null) return new double[] { 1, 1 };
		final DoubleSummaryStatistics all = IntStream.range(0, relative.values().length)
			.mapToDouble(i -> relative.values()[i]).summaryStatistics();
		return new double[] { all.getMin(), all.getMax() };
	}
}
