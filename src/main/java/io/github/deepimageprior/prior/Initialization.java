package io.github.deepimageprior.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import io.github.deepimageprior.engine.MemoryOrder;
import io.github.deepimageprior.engine.Program;

import java.util.List;
import java.util.SplittableRandom;

/** Where a fit begins: the code that the network turns into a picture, and its parameters. Both follow from a seed. */
class Initialization {

	private final long seed;
	private final float[] warm;

	/** @param warm parameters of a similar picture, which take the place of random ones; may be null */
	Initialization(final long seed, final float[] warm) {
		this.seed = seed;
		this.warm = warm;
	}

	/**
	 * @return all parameters in one vector, each uniform within its bounds: PyTorch's default for convolutions; or the
	 *         warm ones
	 */
	float[] parameters(final List<Parameter> parameters) {
		if (warm != null) return warm;
		final SplittableRandom random = new SplittableRandom(seed);
		final float[] vector = new float[parameters.stream().mapToInt(Parameter::size).sum()];
		int i = 0;
		for (final Parameter parameter : parameters) {
			for (final int end = i + parameter.size(); i < end; i++) {
				vector[i] = parameter.low() + (parameter.high() - parameter.low()) * (float) random.nextDouble();
			}
		}
		return vector;
	}

	/** @return the input code, 1 × channels × height × width; all maps of the network lie in memory as it does */
	NDArray code(final Program program, final NDManager manager, final Hourglass network, final int width,
		final int height, final MemoryOrder order)
	{
		try (NDArray size = manager
			.create(new long[] { height, width, network.inputDepth(), noiseSeed(-1), order.number() }))
		{
			return program.call(network.input() == Hourglass.Input.GRID ? "grid" : "uniform", size).singletonOrThrow();
		}
	}

	/**
	 * @param attempt how often the fit has gone back: a replay needs other noise, or it would end as before
	 * @return the seed of the input noise; the number of the step is added to it
	 */
	long noiseSeed(final int attempt) {
		return new SplittableRandom(seed).longs(attempt + 3, 0, Integer.MAX_VALUE).skip(attempt + 2).findFirst()
			.getAsLong();
	}
}
