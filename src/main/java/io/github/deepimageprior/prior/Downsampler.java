package io.github.deepimageprior.prior;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How a picture of low resolution is made of one that has {@code factor} times as many pixels a side: a convolution of
 * each channel by itself with a square kernel, at strides of the factor, behind a border of repeated pixels. The result
 * has {@code floor(n / factor)} pixels a side, which lie at the centres of the blocks they stand for, but for
 * {@link #NEAREST} with an even factor.
 */
public enum Downsampler {

	/**
	 * The Lanczos kernel of two lobes, as in the code of Ulyanov et al. (2018) for even factors. For odd ones their
	 * kernel of an even side has no centred place, and gives a pixel less; here it has one pixel less a side, and is
	 * centred.
	 */
	LANCZOS2("Lanczos2"),

	/** The mean of each block. */
	AREA("area"),

	/** The pixel right of and below the middle of each block, as other programs take it. */
	NEAREST("nearest"),

	/**
	 * The sum of each block, as a camera bins on its chip: a mean as long as values are in 0..1, and then a
	 * {@link #gain}.
	 */
	BINNING("binning");

	private static final int LOBES = 2;

	private final String name;

	Downsampler(final String name) {
		this.name = name;
	}

	/** @throws DipException if there is no downsampler of this name */
	public static Downsampler named(final String name) {
		for (final Downsampler kind : values()) if (kind.name.equalsIgnoreCase(name.trim())) return kind;
		throw new DipException("There is no downsampler '" + name + "': write one of "
			+ Arrays.stream(values()).map(Downsampler::toString).collect(Collectors.joining(", ")) + ".");
	}

	/**
	 * @param factor at least 1
	 * @return pixels a side of the kernel
	 */
	public int side(final int factor) {
		if (factor < 1) throw new IllegalArgumentException("The factor must be positive: " + factor);
		return this == LANCZOS2 ? 2 * LOBES * factor - factor % 2 : factor;
	}

	/** @return how many times the border pixels are repeated on every side before the convolution */
	public int padding(final int factor) {
		return (side(factor) - factor) / 2;
	}

	/** @return side × side weights, row by row, of sum 1 */
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
	 * @return how many times as great the values of low resolution are as those of high resolution that show the same
	 */
	public double gain(final int factor) {
		return this == BINNING ? (double) factor * factor : 1;
	}

	/**
	 * @param picture of high resolution
	 * @return the picture of low resolution, on the same scale of values; columns and rows beyond the last whole block
	 *         are left out
	 * @throws DipException if the picture is smaller than one block
	 */
	public Picture apply(final Picture picture, final int factor) {
		final int side = side(factor), padding = padding(factor), w = picture.width() / factor,
			h = picture.height() / factor;
		if (w < 1 || h < 1)
			throw new DipException("The picture of " + picture.width() + "x" + picture.height()
				+ " pixels cannot be made " + factor + " times smaller: take a smaller factor.");
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
	 * The kernel before its sum is set to 1: a sinc within the middle lobe of one that is wider; d is in pixels of low
	 * resolution.
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
