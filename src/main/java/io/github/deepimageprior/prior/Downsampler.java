package io.github.deepimageprior.prior;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How a picture is downsampled by a whole factor: each channel is padded by repeating the border pixels and convolved
 * with a square kernel, with the factor as stride. A side of n pixels becomes one of {@code floor(n / factor)} pixels.
 * The new pixels lie at the centres of the blocks that they replace, except with {@link #NEAREST} and an even factor.
 */
public enum Downsampler {

	/**
	 * The Lanczos kernel with two lobes, for even factors as in the code of Ulyanov et al. (2018). For odd factors
	 * their kernel, whose side is even, cannot be centred and yields one pixel fewer; here the side of the kernel is
	 * one pixel shorter, and the kernel is centred.
	 */
	LANCZOS2("Lanczos2"),

	/** The mean of each block. */
	AREA("area"),

	/** The pixel to the right of and below the centre of each block, as in other programs. */
	NEAREST("nearest"),

	/**
	 * The sum of each block, as in on-chip binning of a camera: computed as the mean, so that values stay in 0..1, with
	 * a {@link #gain}.
	 */
	BINNING("binning");

	private static final int LOBES = 2;

	private final String name;

	Downsampler(final String name) {
		this.name = name;
	}

	/**
	 * @param name as {@link #toString} gives it, in upper or lower case
	 * @return the downsampler
	 * @throws DipException if there is no downsampler with this name
	 */
	public static Downsampler named(final String name) {
		for (final Downsampler kind : values()) if (kind.name.equalsIgnoreCase(name.trim())) return kind;
		throw new DipException("There is no downsampler '" + name + "': use one of "
			+ Arrays.stream(values()).map(Downsampler::toString).collect(Collectors.joining(", ")) + ".");
	}

	/**
	 * @param factor at least 1
	 * @return side of the kernel in pixels
	 * @throws IllegalArgumentException if the factor is less than 1
	 */
	public int side(final int factor) {
		if (factor < 1) throw new IllegalArgumentException("The factor must be positive: " + factor);
		return this == LANCZOS2 ? 2 * LOBES * factor - factor % 2 : factor;
	}

	/**
	 * @param factor at least 1
	 * @return by how many pixels every side is padded before the convolution
	 */
	public int padding(final int factor) {
		return (side(factor) - factor) / 2;
	}

	/**
	 * @param factor at least 1
	 * @return side × side weights, row by row, whose sum is 1
	 */
	public float[] kernel(final int factor) {
		final double[] line = new double[side(factor)];
		if (this == NEAREST) line[factor / 2] = 1;
		else
			for (int i = 0; i < line.length; i++)
				line[i] = this == LANCZOS2 ? lanczos((i + 0.5 - line.length / 2.0) / factor) : 1;
		final double sum = Arrays.stream(line).sum();
		final float[] kernel = new float[line.length * line.length];
		for (int i = 0; i < kernel.length; i++)
			kernel[i] = (float) (line[i / line.length] * line[i % line.length] / (sum * sum));
		return kernel;
	}

	/**
	 * @param factor at least 1
	 * @return the factor from the values of a high-resolution image to those of a low-resolution image of the same
	 *         scene
	 */
	public double gain(final int factor) {
		return this == BINNING ? (double) factor * factor : 1;
	}

	/**
	 * Downsamples a picture.
	 *
	 * @param picture of high resolution
	 * @param factor at least 1
	 * @return the picture of low resolution, with values on the same scale; columns and rows beyond the last complete
	 *         block are omitted
	 * @throws DipException if the picture is smaller than one block
	 */
	public Picture apply(final Picture picture, final int factor) {
		final int side = side(factor), padding = padding(factor), w = picture.width() / factor,
			h = picture.height() / factor;
		if (w < 1 || h < 1)
			throw new DipException("An image of " + picture.width() + "x" + picture.height()
				+ " pixels cannot be downsampled by a factor of " + factor + ": choose a smaller factor.");
		final float[] kernel = kernel(factor), small = new float[picture.channels() * h * w];
		for (int i = 0; i < small.length; i++) {
			final int left = i % w * factor - padding, top = i / w % h * factor - padding,
				channel = i / w / h * picture.height();
			double sum = 0;
			for (int k = 0; k < kernel.length; k++) {
				final int x = clamp(left + k % side, picture.width()), y = clamp(top + k / side, picture.height());
				sum += (double) kernel[k] * picture.values()[(channel + y) * picture.width() + x];
			}
			small[i] = (float) sum;
		}
		return new Picture(small, w, h, picture.channels());
	}

	private static int clamp(final int i, final int length) {
		return Math.max(0, Math.min(length - 1, i));
	}

	/**
	 * The kernel before normalisation: a sinc function windowed by the central lobe of a wider one.
	 *
	 * @param d distance from the centre in pixels of low resolution
	 */
	private static double lanczos(final double d) {
		final double t = Math.PI * d;
		return d == 0 ? 1 : LOBES * Math.sin(t) * Math.sin(t / LOBES) / (t * t);
	}

	@Override
	public String toString() {
		return name;
	}
}
