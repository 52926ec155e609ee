package io.github.deepimageprior.prior;

import java.util.ArrayList;
import java.util.List;

/** Lists the parameters of a network in the order in which {@code hourglass.py} uses them. */
final class ParameterList {

	private final List<Parameter> all = new ArrayList<>();

	private ParameterList() {}

	/** @return the parameters of {@link Hourglass#parameters()} */
	static List<Parameter> of(final Hourglass network) {
		final ParameterList list = new ParameterList();
		int maps = network.inputDepth();
		for (int i = 0; i < network.scales(); i++) {
			final int down = network.down().get(i), skip = network.skip().get(i);
			if (skip > 0) list.block("scale" + i + ".skip", maps, skip, network.kernelSkip());
			list.block("scale" + i + ".down1", maps, down, network.kernelDown());
			list.block("scale" + i + ".down2", down, down, network.kernelDown());
			maps = down;
		}
		for (int i = network.scales() - 1; i >= 0; i--) {
			maps += network.skip().get(i);
			list.normalisation("scale" + i + ".join", maps);
			list.block("scale" + i + ".up1", maps, network.up().get(i), network.kernelUp());
			maps = network.up().get(i);
			if (network.pointwise()) list.block("scale" + i + ".up2", maps, maps, 1);
		}
		list.convolution("out", maps, network.outputs(), 1);
		return list.all;
	}

	private void block(final String name, final int in, final int out, final int kernel) {
		convolution(name, in, out, kernel);
		normalisation(name, out);
	}

	private void convolution(final String name, final int in, final int out, final int kernel) {
		// PyTorch's default: uniform within one over the square root of the number of inputs that an output sums.
		final float bound = (float) (1 / Math.sqrt((double) in * kernel * kernel));
		all.add(new Parameter(name + ".weight", -bound, bound, out, in, kernel, kernel));
		all.add(new Parameter(name + ".bias", -bound, bound, out));
	}

	private void normalisation(final String name, final int maps) {
		all.add(new Parameter(name + ".gamma", 1, 1, maps));
		all.add(new Parameter(name + ".beta", 0, 0, maps));
	}
}
