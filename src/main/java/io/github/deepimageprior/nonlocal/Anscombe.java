package io.github.deepimageprior.nonlocal;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.measure.NoiseMap;
import io.github.deepimageprior.measure.PoissonGaussian;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Makes the noise of photon counts independent of the signal: the generalised Anscombe transform
 *
 * <pre>
 * f(k) = 2 √(k + 3/8 + s²)
 * </pre>
 *
 * of k photons, counted with Poisson noise and with Gaussian noise of standard deviation s (Starck, Murtagh and
 * Bijaoui, "Image Processing and Data Analysis", 1998, section 2.5). The result has noise of standard deviation 1, if
 * there are more than about four photons; with fewer it is less. After denoising, {@link #inverse} gives the expected
 * number of photons. It is not the algebraic inverse, which would be too low, but the closed form of the exact unbiased
 * inverse (Mäkitalo and Foi, "A closed-form approximation of the exact unbiased inverse of the Anscombe
 * variance-stabilizing transformation", 2011, and "Optimal inversion of the generalized Anscombe transformation for
 * Poisson-Gaussian noise", 2013):
 *
 * <pre>
 * D²/4 + √(3/2)/(4 D) − 11/(8 D²) + 5 √(3/2)/(8 D³) − 1/8 − s²
 * </pre>
 *
 * A value v of a picture stands for {@code scale v + offset} photons. A channel that counts nothing stays as it is.
 *
 * @param scale for each channel, the difference in photons between the values 1 and 0; 0 if it counts nothing
 * @param offset for each channel, the photons of the value 0
 * @param gaussian for each channel, the standard deviation of the signal-independent noise, in photons, at least 0
 */
public record Anscombe(List<Double> scale, List<Double> offset, List<Double> gaussian) {

	/** The transform of no photons, with Poisson noise only. */
	private static final double LEAST = 2 * Math.sqrt(3.0 / 8);

	private static final double ROOT = Math.sqrt(1.5);

	/** @throws IllegalArgumentException if the numbers of channels differ or a number is out of its range */
	public Anscombe {
		scale = List.copyOf(scale);
		offset = List.copyOf(offset);
		gaussian = List.copyOf(gaussian);
		if (scale.size() != offset.size() || scale.size() != gaussian.size())
			throw new IllegalArgumentException(
				"Channels: " + scale.size() + ", " + offset.size() + " and " + gaussian.size());
		if (!scale.stream().allMatch(s -> s >= 0) || !gaussian.stream().allMatch(s -> s >= 0))
			throw new IllegalArgumentException("Scale " + scale + ", Gaussian noise " + gaussian);
	}

	/**
	 * Makes the transform for Poisson noise only.
	 *
	 * @param scale for each channel, the difference in photons between the values 1 and 0; 0 if it counts nothing
	 * @param offset for each channel, the photons of the value 0
	 */
	public Anscombe(final List<Double> scale, final List<Double> offset) {
		this(scale, offset, Collections.nCopies(scale.size(), 0.0));
	}

	/**
	 * @return the transform for noise whose variance grows with the signal; values of other channels stay as they are
	 */
	public static Anscombe of(final List<PoissonGaussian> noise) {
		return new Anscombe(noise.stream().map(n -> n.slope() == 0 ? 0 : 1 / n.slope()).toList(),
			noise.stream().map(n -> n.slope() == 0 ? 0 : Math.min(0, n.intercept()) / (n.slope() * n.slope())).toList(),
			noise.stream().map(n -> n.slope() == 0 ? 0 : Math.sqrt(Math.max(0, n.intercept())) / n.slope()).toList());
	}

	/** @return the transform of one channel */
	public Anscombe channel(final int c) {
		return new Anscombe(scale.subList(c, c + 1), offset.subList(c, c + 1), gaussian.subList(c, c + 1));
	}

	/**
	 * @param picture values that stand for photons
	 * @return the transform of each value; the noise has a standard deviation of 1. The values are not in 0..1
	 * @throws IllegalArgumentException if the picture has another number of channels
	 */
	public Picture forward(final Picture picture) {
		return map(picture,
			c -> value -> forward(scale.get(c) * value + offset.get(c), gaussian.get(c) * gaussian.get(c)));
	}

	/**
	 * @param denoised transformed values without their noise
	 * @return values that stand for the expected number of photons; none is below that of no photons
	 * @throws IllegalArgumentException if the picture has another number of channels
	 */
	public Picture inverse(final Picture denoised) {
		return map(denoised,
			c -> value -> (inverse(value, gaussian.get(c) * gaussian.get(c)) - offset.get(c)) / scale.get(c));
	}

	/**
	 * Tells how strong the noise of a transformed picture is. Its standard deviation is 1, but less where there are few
	 * photons.
	 *
	 * @param picture values that stand for photons
	 * @param levels of the noise of {@link #forward} of the picture where there are many photons, for each channel
	 * @return the noise of {@link #forward} of the picture
	 * @throws IllegalArgumentException if the picture has another number of channels
	 */
	public NoiseMap noise(final Picture picture, final List<Double> levels) {
		return CountNoise.of(
			map(picture, c -> value -> scale.get(c) * value + offset.get(c) + gaussian.get(c) * gaussian.get(c)),
			c -> scale.get(c) > 0, levels);
	}

	/**
	 * @param photons a noisy count
	 * @param variance of the Gaussian noise, in photons²
	 */
	static double forward(final double photons, final double variance) {
		return 2 * Math.sqrt(Math.max(0, photons + 3.0 / 8 + variance));
	}

	/**
	 * @param d the expected value of the transform
	 * @param variance of the Gaussian noise, in photons²
	 * @return the expected number of photons, at least 0
	 */
	static double inverse(final double d, final double variance) {
		if (d <= LEAST) return 0;
		return Math.max(0,
			d * d / 4 + ROOT / (4 * d) - 11 / (8 * d * d) + 5 * ROOT / (8 * d * d * d) - 1.0 / 8 - variance);
	}

	/** @return the photons of a value of a channel, below 0 for one below that of no photons */
	public double photons(final int channel, final double value) {
		return scale.get(channel) * value + offset.get(channel);
	}

	/** @return about the standard deviation of a count where there are hardly any photons, in photons */
	public double least(final int channel) {
		return Math.sqrt(1 + gaussian.get(channel) * gaussian.get(channel));
	}

	/**
	 * Finds what is no image, such as the border that remains when an image was rotated: squares of 3×3 pixels with the
	 * same value, which is below that of no photons. Noise is never the same.
	 *
	 * @return for each value of the picture whether it belongs to such a square
	 */
	public boolean[] empty(final Picture picture) {
		final int width = picture.width(), height = picture.height();
		final float[] values = picture.values();
		final boolean[] empty = new boolean[values.length];
		for (int c = 0; c < picture.channels(); c++) {
			for (int y = 1; scale.get(c) > 0 && y < height - 1; y++) for (int x = 1; x < width - 1; x++) {
				final int corner = (c * height + y - 1) * width + x - 1;
				if (photons(c, values[corner]) >= 0 || !isUniform(values, corner, width)) continue;
				for (int row = 0; row < 3; row++)
					Arrays.fill(empty, corner + row * width, corner + row * width + 3, true);
			}
		}
		return empty;
	}

	/** @return whether a square of 3×3 pixels has the same value everywhere */
	private static boolean isUniform(final float[] values, final int corner, final int width) {
		for (int i = 1; i < 9; i++) if (values[corner + i / 3 * width + i % 3] != values[corner]) return false;
		return true;
	}

	/** What happens to the values of each channel. */
	@FunctionalInterface
	private interface Channels {

		DoubleUnaryOperator of(int channel);
	}

	private Picture map(final Picture picture, final Channels channels) {
		if (picture.channels() != scale.size())
			throw new IllegalArgumentException("Channels: " + picture.channels() + " and " + scale.size());
		final int area = picture.width() * picture.height();
		final float[] values = new float[picture.values().length];
		for (int c = 0; c < picture.channels(); c++) {
			final DoubleUnaryOperator function = scale.get(c) == 0 ? value -> value : channels.of(c);
			for (int i = c * area; i < (c + 1) * area; i++)
				values[i] = (float) function.applyAsDouble(picture.values()[i]);
		}
		return picture.with(values);
	}
}
