package io.github.deepimageprior.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import io.github.deepimageprior.engine.MemoryOrder;
import io.github.deepimageprior.engine.Program;

import java.util.List;
import java.util.SplittableRandom;

/**
 * The start of a fit: the latent, which is the network's input, and the initial parameters. Both follow from a seed.
 */
class Initialization {

	private final long seed;
	private final float[] warm;

	/**
	 * @param seed of the random numbers
	 * @param warm parameters of a similar picture, used instead of random ones; may be null
	 */
	Initialization(final long seed, final float[] warm) {
		this.seed = seed;
		this.warm = warm;
	}

	/**
	 * @return the warm parameters if there are any; otherwise random ones, one behind the other, uniformly distributed
	 *         within the bounds of each
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

	/**
	 * @param program that makes it
	 * @param manager of the device that is to hold it
	 * @param order how it, and with it every feature map of the network, lies in memory
	 * @return the latent, 1 × channels × height × width
	 */
	NDArray latent(final Program program, final NDManager manager, final Hourglass network, final int width,
		final int height, final MemoryOrder order)
	{
		try (NDArray numbers = manager.create(FitProtocol.latent(network, width, height, noiseSeed(-1), order))) {
			return program.call(network.input() == Hourglass.Input.GRID ? "grid" : "uniform", numbers)
				.singletonOrThrow();
		}
	}

	/**
	 * @param attempt number of rollbacks so far: with the same noise the repeated steps would end as before
	 * @return the seed of the input noise, to which the program adds the number of the step
	 */
	long noiseSeed(final int attempt) {
		return new SplittableRandom(seed).longs(attempt + 3, 0, Integer.MAX_VALUE).skip(attempt + 2).findFirst()
			.getAsLong();
	}
}
