package io.github.deepimageprior.prior;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The architecture of the network, a value: an encoder that halves the picture at every scale, a decoder that doubles
 * it again, and at every scale a thin skip connection from one to the other. Ulyanov et al. (2018), with the choices of
 * their published code.
 * <p>
 * Scale 0 is the finest. At scale <i>i</i> a picture of {@code n} pixels a side becomes {@code ceil(n / 2)}; where
 * sizes are odd, the two branches of a join are cropped to the smaller one, about their centre.
 *
 * @param inputDepth channels of the input code
 * @param input what the code is made of
 * @param down maps of the two convolutions that lead down from each scale
 * @param up maps of the convolutions after each join
 * @param skip maps of the skip connection of each scale; 0 for none
 * @param kernelDown side of the encoder's kernels, odd
 * @param kernelUp side of the kernels after each join, odd
 * @param kernelSkip side of the skip connections' kernels, odd
 * @param padding what lies beyond the border, for kernels of more than one pixel
 * @param upsampling how the decoder doubles
 * @param downsampling how the encoder halves
 * @param pointwise whether a 1×1 convolution follows the one after each join
 * @param outputs channels of the output, each in 0..1
 */
public record Hourglass(int inputDepth, Input input, List<Integer> down, List<Integer> up, List<Integer> skip,
	int kernelDown, int kernelUp, int kernelSkip, Padding padding, Upsampling upsampling, Downsampling downsampling,
	boolean pointwise, int outputs)
{

	/** What the input code is made of. */
	public enum Input {
		/** Uniform noise in 0..0.1. */
		NOISE,
		/** The coordinates x and y of each pixel in 0..1, two channels. */
		GRID
	}

	/** What lies beyond the border of a picture. */
	public enum Padding {
		ZERO, REFLECTION
	}

	/** How the decoder doubles a picture. */
	public enum Upsampling {
		BILINEAR, NEAREST
	}

	/** How the encoder halves a picture. */
	public enum Downsampling {
		/** The convolution takes every second pixel. */
		STRIDE,
		/** The convolution takes every pixel; then 2×2 pixels are averaged. */
		AVERAGE
	}

	/** Checks the values. */
	public Hourglass {
		down = List.copyOf(down);
		up = List.copyOf(up);
		skip = List.copyOf(skip);
		if (down.isEmpty() || down.size() != up.size() || down.size() != skip.size())
			throw new IllegalArgumentException(
				"One number of maps a scale is needed: down " + down + ", up " + up + ", skip " + skip);
		if (Collections.min(down) < 1 || Collections.min(up) < 1 || Collections.min(skip) < 0 || inputDepth < 1
			|| outputs < 1)
			throw new IllegalArgumentException(
				"Numbers of maps and channels must be positive, those of skips not negative");
		if (kernelDown < 1 || kernelUp < 1 || kernelSkip < 1 || kernelDown * kernelUp * kernelSkip % 2 == 0)
			throw new IllegalArgumentException("Kernels must have an odd side");
		if (input == Input.GRID && inputDepth != 2)
			throw new IllegalArgumentException("A coordinate grid has two channels");
	}

	/**
	 * The network of the paper's tables: the same number of maps everywhere, 32 channels of noise in, kernels of 3×3,
	 * zero padding, bilinear upsampling, strides.
	 *
	 * @param scales number of scales
	 * @param maps maps of every convolution
	 * @param skip maps of every skip connection
	 * @param outputs channels of the output
	 */
	public static Hourglass uniform(final int scales, final int maps, final int skip, final int outputs) {
		final List<Integer> wide = Collections.nCopies(scales, maps);
		return of(wide, wide, Collections.nCopies(scales, skip), outputs);
	}

	/** Like {@link #uniform} with the numbers of maps scale by scale. */
	public static Hourglass of(final List<Integer> down, final List<Integer> up, final List<Integer> skip,
		final int outputs)
	{
		return new Hourglass(32, Input.NOISE, down, up, skip, 3, 3, 1, Padding.ZERO, Upsampling.BILINEAR,
			Downsampling.STRIDE, true, outputs);
	}

	/** @return how many times the picture is halved */
	public int scales() {
		return down.size();
	}

	/** @return this network with another input */
	public Hourglass withInput(final Input kind, final int depth) {
		return new Hourglass(depth, kind, down, up, skip, kernelDown, kernelUp, kernelSkip, padding, upsampling,
			downsampling, pointwise, outputs);
	}

	/** @return this network with kernels of other sides */
	public Hourglass withKernels(final int ofDown, final int ofUp, final int ofSkip) {
		return new Hourglass(inputDepth, input, down, up, skip, ofDown, ofUp, ofSkip, padding, upsampling, downsampling,
			pointwise, outputs);
	}

	/** @return this network with other borders */
	public Hourglass with(final Padding border) {
		return with(border, upsampling, downsampling);
	}

	/** @return this network with other borders and another way up and down */
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
	 * Leaves out the coarsest scales if a picture is too small for them: the deepest map must have more than one pixel
	 * to be normalised, and more pixels a side than reflection at its border takes.
	 *
	 * @param width of the picture
	 * @param height of the picture
	 * @return this network, or one of fewer scales
	 * @throws IllegalArgumentException if not even one scale fits
	 */
	public Hourglass fitting(final int width, final int height) {
		int n = scales();
		while (n > 0 && !fits(width, height, n)) n--;
		if (n == 0) throw new IllegalArgumentException(width + "x" + height + " pixels are too few for one scale");
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
	 * Output and input have the same size only if the sides of the code are multiples of this. Without skip connections
	 * no join crops what doubling has added, and averaging drops an odd last pixel; then the code is made larger and
	 * the output cropped.
	 *
	 * @return 1 if every size will do
	 */
	public int multiple() {
		if (downsampling == Downsampling.AVERAGE) return 1 << scales();
		int bare = 0;
		while (bare < scales() && skip.get(bare) == 0) bare++;
		return 1 << bare;
	}

	/**
	 * The parameters in the order in which the network uses them: down the encoder, up the decoder, output. Every
	 * convolution has a weight and a bias, and, but for the last, a batch normalisation ({@code gamma, beta}) behind
	 * it.
	 */
	public List<Parameter> parameters() {
		final List<Parameter> all = new ArrayList<>();
		int maps = inputDepth;
		for (int i = 0; i < scales(); i++) {
			if (skip.get(i) > 0) block(all, "scale" + i + ".skip", maps, skip.get(i), kernelSkip);
			block(all, "scale" + i + ".down1", maps, down.get(i), kernelDown);
			block(all, "scale" + i + ".down2", down.get(i), down.get(i), kernelDown);
			maps = down.get(i);
		}
		for (int i = scales() - 1; i >= 0; i--) {
			maps += skip.get(i);
			normalisation(all, "scale" + i + ".join", maps);
			block(all, "scale" + i + ".up1", maps, up.get(i), kernelUp);
			maps = up.get(i);
			if (pointwise) block(all, "scale" + i + ".up2", maps, maps, 1);
		}
		convolution(all, "out", maps, outputs, 1);
		return all;
	}

	/** @return how many numbers are fitted */
	public int parameterCount() {
		return parameters().stream().mapToInt(Parameter::size).sum();
	}

	private static void block(final List<Parameter> all, final String name, final int in, final int out,
		final int kernel)
	{
		convolution(all, name, in, out, kernel);
		normalisation(all, name, out);
	}

	private static void convolution(final List<Parameter> all, final String name, final int in, final int out,
		final int kernel)
	{
		// PyTorch's default: uniform within one over the root of the number of inputs that a map sums.
		final float bound = (float) (1 / Math.sqrt((double) in * kernel * kernel));
		all.add(new Parameter(name + ".weight", -bound, bound, out, in, kernel, kernel));
		all.add(new Parameter(name + ".bias", -bound, bound, out));
	}

	private static void normalisation(final List<Parameter> all, final String name, final int maps) {
		all.add(new Parameter(name + ".gamma", 1, 1, maps));
		all.add(new Parameter(name + ".beta", 0, 0, maps));
	}

	/** What tells it from other architectures, those with the same description too, in every process. */
	int digest() {
		return List.of(inputDepth, input.name(), down, up, skip, kernelDown, kernelUp, kernelSkip, padding.name(),
			upsampling.name(), downsampling.name(), pointwise, outputs).hashCode();
	}

	@Override
	public String toString() {
		return "hourglass of " + scales() + " scales, maps down " + brief(down) + ", up " + brief(up) + ", skip "
			+ brief(skip) + (padding == Padding.REFLECTION ? ", reflection padding, " : ", ") + parameterCount()
			+ " parameters";
	}

	private static String brief(final List<Integer> maps) {
		return Collections.min(maps).equals(Collections.max(maps)) ? maps.get(0).toString() : maps.toString();
	}
}
