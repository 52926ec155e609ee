package io.github.deepimageprior.prior;

import ai.djl.Device;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.engine.AvailableMemory;
import io.github.deepimageprior.engine.Precision;

/** How much memory outside the Java heap a fit takes at its peak. */
public final class FitMemory {

	/**
	 * What libtorch's kernels take beside the maps that the backward pass needs: measured, on a CPU, from 128² to 512²
	 * pixels.
	 */
	private static final double WORKSPACE = 1.7;

	private FitMemory() {}

	/**
	 * An estimate: for every convolution its output and what normalisation and activation make of it are kept for the
	 * backward pass, and what it reads, where that is wider than what came before by a reflected border.
	 *
	 * @param network what is fitted
	 * @param width of the picture
	 * @param height of the picture
	 * @param settings of the fit: its precision, and how many pictures its stopping rule and samples hold
	 * @return bytes
	 */
	public static long estimate(final Hourglass network, final int width, final int height,
		final FitSettings settings)
	{
		double maps = 0; // as many full-size maps as all maps together have pixels
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
		final int window = rule.kind() == StoppingRule.Kind.WMV ? rule.window() + 1 : 0; // kept twice: now, and at the
																						 // checkpoint
		final double pictures = 2 * (window + (rule.remembers() ? 3 : 0) + (settings.langevin().isOn() ? 2 : 0))
			* network.outputs() * 4.0;
		return (long) ((double) width * height * (WORKSPACE * maps * bytes + input + output + pictures)
			+ 48.0 * network.parameterCount());
	}

	/** @throws DipException if the fit will not fit into what is available now */
	static void check(final Hourglass network, final int width, final int height, final FitSettings settings,
		final Device device)
	{
		final long needed = estimate(network, width, height, settings), available = AvailableMemory.on(device);
		if (needed > available)
			throw DipException.tooLittleMemory("Fitting " + width + "x" + height + " pixels with this network", needed,
				"memory", available,
				"select a smaller region, scale the image down, choose a narrower network, or close other images and programs");
	}
}
