package io.github.deepimageprior.nonlocal;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.measure.NoiseMap;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The components in which a picture is denoised: each channel minus its mean, divided by the standard deviation of its
 * noise, then an orthonormal transform over the channels. Noise that is independent between the channels becomes noise
 * of standard deviation 1 that is independent between the components. The first component is the scaled mean of the
 * channels, which shows most of the structure; similar patches are looked for in it.
 * <p>
 * The transform is the opponent colour transform of Dabov et al. (2007) for three channels, and the discrete cosine
 * transform for other numbers.
 */
final class Components {

	/** Share of a channel's range below which noise is not worth removing: a few roundings of float32. */
	private static final double LEAST_NOISE = 1e-6;

	private final Picture picture;
	private final NoiseMap noise;
	private final double[] means;
	private final int[] channels;
	private final double[][] basis;

	/**
	 * @param picture the noisy picture
	 * @param noise of the picture
	 */
	Components(final Picture picture, final NoiseMap noise) {
		this.picture = picture;
		this.noise = noise;
		channels = IntStream.range(0, picture.channels()).filter(c -> noise.levels().get(c) > 0 && !isClean(c))
			.toArray();
		means = IntStream.of(channels).mapToDouble(this::mean).toArray();
		basis = basis(channels.length);
	}

	/** @return the standard deviation of the noise in a channel that has noise */
	private double level(final int i) {
		return noise.levels().get(channels[i]);
	}

	private int area() {
		return picture.width() * picture.height();
	}

	/** @return whether a channel is constant, or its noise is lost among the rounding errors of float32 */
	private boolean isClean(final int channel) {
		float least = Float.POSITIVE_INFINITY, greatest = Float.NEGATIVE_INFINITY;
		for (int i = 0; i < area(); i++) {
			least = Math.min(least, picture.values()[channel * area() + i]);
			greatest = Math.max(greatest, picture.values()[channel * area() + i]);
		}
		return least == greatest || noise.levels().get(channel) < LEAST_NOISE * ((double) greatest - least);
	}

	private double mean(final int channel) {
		double sum = 0;
		for (int i = 0; i < area(); i++) sum += picture.values()[channel * area() + i];
		return sum / area();
	}

	/** @return rows of an orthonormal matrix, of which the first is constant */
	private static double[][] basis(final int n) {
		final double[][] rows = n == 3 ? new double[][] { { 1, 1, 1 }, { 1, 0, -1 }, { 1, -2, 1 } } : new double[n][n];
		for (int i = 0; i < n; i++) {
			double squares = 0;
			for (int j = 0; j < n; j++) {
				if (n != 3) rows[i][j] = Math.cos(Math.PI / n * (j + 0.5) * i);
				squares += rows[i][j] * rows[i][j];
			}
			for (int j = 0; j < n; j++) rows[i][j] /= Math.sqrt(squares);
		}
		return rows;
	}

	/** @return the number of components: that of the channels that have noise and are not constant */
	int count() {
		return channels.length;
	}

	/** @return the components, each row by row */
	float[] values() {
		final int area = area();
		final float[] values = new float[Math.multiplyExact(channels.length, area)];
		for (int p = 0; p < area; p++) for (int i = 0; i < channels.length; i++) {
			double sum = 0;
			for (int j = 0; j < channels.length; j++)
				sum += basis[i][j] * (picture.values()[channels[j] * area + p] - means[j]) / level(j);
			values[i * area + p] = (float) sum;
		}
		return values;
	}

	/** @return the variance of the noise at each pixel, 1 on average */
	float[] variance() {
		final float[] variance = new float[area()];
		Arrays.fill(variance, 1);
		if (noise.relative() != null)
			for (int i = 0; i < variance.length; i++)
				variance[i] = noise.relative().values()[i] * noise.relative().values()[i];
		return variance;
	}

	/**
	 * @param values of the components
	 * @return the picture with these components; channels without noise and constant channels are as they were
	 */
	Picture picture(final float[] values) {
		final int area = area();
		final float[] pixels = picture.values().clone();
		for (int p = 0; p < area; p++) for (int j = 0; j < channels.length; j++) {
			double sum = 0;
			for (int i = 0; i < channels.length; i++) sum += basis[i][j] * values[i * area + p];
			pixels[channels[j] * area + p] = (float) (sum * level(j) + means[j]);
		}
		return picture.with(pixels);
	}
}
