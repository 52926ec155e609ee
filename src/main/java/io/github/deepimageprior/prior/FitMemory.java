package io.github.deepimageprior.prior;

import ai.djl.Device;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.engine.AvailableMemory;
import io.github.deepimageprior.engine.Precision;

import java.util.Collections;

/** Estimates the memory outside the Java heap that a fit needs at its peak. */
public final class FitMemory {

	/**
	 * Factor for the workspace of libtorch's kernels, in addition to the feature maps that the backward pass needs:
	 * measured on a CPU, from 128² to 512² pixels.
	 */
	private static final double WORKSPACE = 1.7;

	/** The most fits as one. */
	private static final int MOST_ON_GPU = 128, MOST_ON_CPU = 16;

	/** Numbers in the largest feature maps of all fits as one with which a GPU is about busy. */
	private static final double GPU_BUSY = 3 << 23;

	/** Numbers in the largest feature maps of one fit below which a CPU mainly waits for memory and calls. */
	private static final double CPU_SMALL = 1 << 15;

	/** Feature maps up to which a convolution on a CPU takes less time than all around it. */
	private static final int CPU_NARROW = 32;

	/**
	 * Of fits as one on a CPU, those whose pictures have a multiple of so many numbers are rounded alike, whichever of
	 * them is first: otherwise vectors of numbers begin at other places in each.
	 */
	private static final int EVEN = 16;

	private FitMemory() {}

	/** @return the most fits that are faster as one than one after the other (src/bench/README.md) */
	static int together(final Hourglass network, final int width, final int height, final boolean gpu) {
		final int widest = Math.max(Collections.max(network.down()), Collections.max(network.up()));
		final double maps = (double) width * height * widest;
		if (gpu) return (int) Math.max(1, Math.min(MOST_ON_GPU, GPU_BUSY / maps));
		final boolean even = (long) width * height * network.outputs() % EVEN == 0;
		return widest <= CPU_NARROW && maps < CPU_SMALL && even ? MOST_ON_CPU : 1;
	}

	/**
	 * For the backward pass, the output of every convolution and that of the normalisation and activation after it are
	 * kept, and its input where that is a copy with a reflected border.
	 *
	 * @param network the architecture
	 * @param width of the output picture
	 * @param height of the output picture
	 * @param settings of the fit: the precision, and what the stopping rule and the samples store
	 * @return estimated bytes
	 */
	public static long estimate(final Hourglass network, final int width, final int height,
		final FitSettings settings)
	{
		double maps = 0; // number of full-size feature maps with as many pixels as all feature maps
		double pixels = 1;
		for (int i = 0; i < network.scales(); i++, pixels /= 4) {
			final int below = i + 1 < network.scales() ? network.up().get(i + 1) : network.down().get(i);
			final int decoder = 2 * (below + network.skip().get(i))
				+ (network.pointwise() ? 4 : 2) * network.up().get(i);
			final int encoder = 2 * network.down().get(i)
				* (network.downsampling() == Hourglass.Downsampling.AVERAGE ? 5 : 2);
			final int above = i == 0 ? network.inputDepth() : network.down().get(i - 1);
			final double reflected = network.padding() == Hourglass.Padding.ZERO ? 0
				: below + network.skip().get(i) + above + network.down().get(i) / 4.0;
			maps += pixels * (decoder + 2 * network.skip().get(i) + encoder / 4.0 + reflected);
		}
		final int bytes = settings.precision() == Precision.FLOAT32 ? 4 : 2;
		final double input = 3.0 * network.inputDepth() * 4, output = 8.0 * network.outputs() * 4;
		final StoppingRule rule = settings.rule();
		// The window exists twice: in the state and in the checkpoint.
		final int window = rule.kind() == StoppingRule.Kind.WMV ? rule.window() + 1 : 0;
		final double pictures = 2 * (window + (rule.remembers() ? 3 : 0) + (settings.langevin().isOn() ? 2 : 0))
			* network.outputs() * 4.0;
		return (long) ((double) width * height * (WORKSPACE * maps * bytes + input + output + pictures)
			+ 76.0 * network.parameterCount());
	}

	/** @throws DipException if the fit needs more memory than is available now */
	static void check(final Hourglass network, final int width, final int height, final FitSettings settings,
		final Device device)
	{
		final long needed = estimate(network, width, height, settings), available = AvailableMemory.on(device);
		if (needed > available)
			throw DipException.tooLittleMemory("Fitting " + width + "x" + height + " pixels with this network", needed,
				"memory", available,
				"select a smaller region, scale the image down, choose a smaller network, or close other images "
					+ "and programs");
	}
}
