package io.github.deepimageprior.prior;

import java.util.Collections;
import java.util.List;

/**
 * The architecture of the network, a value: an encoder that halves the resolution at every scale, a decoder that
 * doubles it again, and at every scale a thin skip connection between them (Ulyanov et al. 2018, with the choices of
 * their published code; appendices A.2 and A.3 of the paper).
 * <p>
 * Scale 0 is the finest. Each scale reduces a side of n pixels to {@code ceil(n / 2)}. Where sizes are odd, the two
 * branches that are joined differ by a pixel and are cropped to the smaller size, about their centre.
 *
 * @param inputDepth channels of the latent, which is the network's input
 * @param input content of the latent
 * @param down feature maps of the two convolutions of the encoder, for each scale
 * @param up feature maps of the convolutions of the decoder, after the join, for each scale
 * @param skip feature maps of the skip connection, for each scale; 0 for none
 * @param kernelDown side of the encoder's kernels, odd
 * @param kernelUp side of the decoder's kernels, odd
 * @param kernelSkip side of the skip connections' kernels, odd
 * @param padding how borders are padded for kernels of more than one pixel
 * @param upsampling how the decoder doubles the resolution
 * @param downsampling how the encoder halves the resolution
 * @param pointwise whether each convolution of the decoder is followed by a 1×1 convolution
 * @param outputs channels of the output, each in 0..1
 */
public record Hourglass(int inputDepth, Input input, List<Integer> down, List<Integer> up, List<Integer> skip,
	int kernelDown, int kernelUp, int kernelSkip, Padding padding, Upsampling upsampling, Downsampling downsampling,
	boolean pointwise, int outputs)
{

	/** Content of the latent. */
	public enum Input {
		/** Uniform noise in 0..0.1. */
		NOISE,
		/** The coordinates x and y of each pixel in 0..1: two channels. */
		GRID
	}

	/** How the borders of feature maps are padded. */
	public enum Padding {
		/** With zeros. */
		ZERO,
		/** By reflection about the outermost pixel. */
		REFLECTION
	}

	/** How the decoder doubles the resolution. */
	public enum Upsampling {
		/** By bilinear interpolation. */
		BILINEAR,
		/** By repeating pixels. */
		NEAREST
	}

	/** How the encoder halves the resolution. */
	public enum Downsampling {
		/** By a convolution with stride 2. */
		STRIDE,
		/** By averaging 2×2 pixels after a convolution with stride 1. */
		AVERAGE
	}

	/** Checks the values. */
	public Hourglass {
		down = List.copyOf(down);
		up = List.copyOf(up);
		skip = List.copyOf(skip);
		if (down.isEmpty() || down.size() != up.size() || down.size() != skip.size())
			throw new IllegalArgumentException(
				"Every scale needs a number of feature maps: down " + down + ", up " + up + ", skip " + skip);
		if (Collections.min(down) < 1 || Collections.min(up) < 1 || Collections.min(skip) < 0 || inputDepth < 1
			|| outputs < 1)
			throw new IllegalArgumentException(
				"Numbers of feature maps and channels must be positive; those of skip connections may be 0");
		if (kernelDown < 1 || kernelUp < 1 || kernelSkip < 1 || kernelDown * kernelUp * kernelSkip % 2 == 0)
			throw new IllegalArgumentException("The sides of kernels must be odd and positive");
		if (input == Input.GRID && inputDepth != 2)
			throw new IllegalArgumentException("A grid of coordinates has two channels");
	}

	/**
	 * A network as in the paper's tables 3 and 4: the same number of feature maps everywhere, a latent of 32 channels
	 * of noise, 3×3 kernels, zero padding, bilinear upsampling and strided convolutions.
	 *
	 * @param scales number of scales
	 * @param maps feature maps of every convolution
	 * @param skip feature maps of every skip connection; 0 for none
	 * @param outputs channels of the output
	 * @return the network
	 */
	public static Hourglass uniform(final int scales, final int maps, final int skip, final int outputs) {
		final List<Integer> wide = Collections.nCopies(scales, maps);
		return of(wide, wide, Collections.nCopies(scales, skip), outputs);
	}

	/**
	 * Like {@link #uniform}, with a number of feature maps for each scale.
	 *
	 * @param down feature maps of the encoder
	 * @param up feature maps of the decoder
	 * @param skip feature maps of the skip connections; 0 for none
	 * @param outputs channels of the output
	 * @return the network
	 */
	public static Hourglass of(final List<Integer> down, final List<Integer> up, final List<Integer> skip,
		final int outputs)
	{
		return new Hourglass(32, Input.NOISE, down, up, skip, 3, 3, 1, Padding.ZERO, Upsampling.BILINEAR,
			Downsampling.STRIDE, true, outputs);
	}

	/** @return number of scales: how many times the resolution is halved */
	public int scales() {
		return down.size();
	}

	/** @return this network with another latent */
	public Hourglass withInput(final Input kind, final int depth) {
		return new Hourglass(depth, kind, down, up, skip, kernelDown, kernelUp, kernelSkip, padding, upsampling,
			downsampling, pointwise, outputs);
	}

	/** @return this network with kernels of other sides */
	public Hourglass withKernels(final int ofDown, final int ofUp, final int ofSkip) {
		return new Hourglass(inputDepth, input, down, up, skip, ofDown, ofUp, ofSkip, padding, upsampling, downsampling,
			pointwise, outputs);
	}

	/** @return this network with another padding */
	public Hourglass with(final Padding border) {
		return with(border, upsampling, downsampling);
	}

	/** @return this network with another padding, upsampling and downsampling */
	public Hourglass with(final Padding border, final Upsampling doubling, final Downsampling halving) {
		return new Hourglass(inputDepth, input, down, up, skip, kernelDown, kernelUp, kernelSkip, border, doubling,
			halving, pointwise, outputs);
	}

	/** @return this network without the 1×1 convolutions after the joins */
	public Hourglass withoutPointwise() {
		return new Hourglass(inputDepth, input, down, up, skip, kernelDown, kernelUp, kernelSkip, padding, upsampling,
			downsampling, false, outputs);
	}

	/**
	 * Omits the coarsest scales if a picture is too small for them: the coarsest feature maps must have more than one
	 * pixel for their normalisation, and sides that are longer than the padding by reflection.
	 *
	 * @param width of the picture in pixels
	 * @param height of the picture in pixels
	 * @return this network, or one with fewer scales
	 * @throws IllegalArgumentException if the picture is too small for a single scale
	 */
	public Hourglass fitting(final int width, final int height) {
		int n = scales();
		while (n > 0 && !fits(width, height, n)) n--;
		if (n == 0) throw new IllegalArgumentException(width + "x" + height + " pixels are too few for a single scale");
		return n == scales() ? this
			: new Hourglass(inputDepth, input, down.subList(0, n), up.subList(0, n), skip.subList(0, n), kernelDown,
				kernelUp, kernelSkip, padding, upsampling, downsampling, pointwise, outputs);
	}

	private boolean fits(final int width, final int height, final int scales) {
		final int w = -Math.floorDiv(-width, 1 << scales), h = -Math.floorDiv(-height, 1 << scales);
		return padding == Padding.ZERO ? w * h > 1
			: Math.min(w, h) > Math.max(kernelDown, Math.max(kernelUp, kernelSkip)) / 2;
	}

	/**
	 * The number of which the sides of the latent must be multiples. Without a skip connection there is no join that
	 * crops a pixel which doubling has added, and averaging drops an odd last pixel. In such networks the latent is
	 * made larger than the picture, and the output is cropped.
	 *
	 * @return a power of 2; 1 if every size is possible
	 */
	public int multiple() {
		if (downsampling == Downsampling.AVERAGE) return 1 << scales();
		int bare = 0;
		while (bare < scales() && skip.get(bare) == 0) bare++;
		return 1 << bare;
	}

	/**
	 * @return the parameters in the order in which the network uses them: down the encoder, up the decoder, output.
	 *         Every convolution has a weight and a bias, and, except the last, is followed by a batch normalisation
	 *         with {@code gamma} and {@code beta}.
	 */
	public List<Parameter> parameters() {
		return ParameterList.of(this);
	}

	/** @return number of fitted parameters */
	public int parameterCount() {
		return parameters().stream().mapToInt(Parameter::size).sum();
	}

	/** @return a hash that differs from that of other architectures and is the same in every process */
	int digest() {
		return List.of(inputDepth, input.name(), down, up, skip, kernelDown, kernelUp, kernelSkip, padding.name(),
			upsampling.name(), downsampling.name(), pointwise, outputs).hashCode();
	}

	@Override
	public String toString() {
		return "hourglass of " + scales() + " scales, feature maps down " + brief(down) + ", up " + brief(up)
			+ ", skip " + brief(skip) + (padding == Padding.REFLECTION ? ", reflection padding, " : ", ")
			+ parameterCount() + " parameters";
	}

	private static String brief(final List<Integer> maps) {
		return Collections.min(maps).equals(Collections.max(maps)) ? maps.get(0).toString() : maps.toString();
	}
}
