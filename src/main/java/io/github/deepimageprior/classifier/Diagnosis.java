package io.github.deepimageprior.classifier;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.engine.Torch;

import java.util.Map;
import java.util.TreeMap;

/** Finds out what kind of input a module takes that rejects RGB images of 32-bit numbers. */
final class Diagnosis {

	/** Names of libtorch's types of numbers, by their numbers. */
	private static final Map<Integer, String> TYPES = new TreeMap<>(
		Map.of(5, "16 bits (float16)", 7, "64 bits (float64)", 15, "16 bits (bfloat16)"));

	private Diagnosis() {}

	/**
	 * @param network of the module
	 * @param rejected how libtorch rejected its input
	 * @return the sentence that names the cause
	 */
	static DipException of(final ClassifierNetwork network, final Device device, final EngineException rejected) {
		final ModelCard card = network.card();
		try (NDManager manager = Torch.manager(device)) {
			final NDArray grey = manager.ones(new Shape(1, 3, card.height(), card.width())).mul(0.5);
			for (final Map.Entry<Integer, String> type : TYPES.entrySet())
				if (takes(network, grey, 3, type.getKey()))
					return new DipException("The weights of the model " + network.name() + " are of " + type.getValue()
						+ ": call model.float() before its export.", rejected);
			if (takes(network, grey, 1, 6))
				return new DipException("The model " + network.name()
					+ " takes images of one channel: wrap it in a module " + "that takes RGB images and converts them.",
					rejected);
		}
		return new DipException(
			"The model " + network.name() + " cannot classify an RGB image of " + card.width() + "x" + card.height()
				+ " pixels: check width and height in its JSON file (" + ClassifierNetwork.reason(rejected) + ").",
			rejected);
	}

	private static boolean takes(final ClassifierNetwork network, final NDArray pixels, final int channels,
		final int type)
	{
		try {
			final NDArray kind = pixels.getManager().create(new long[] { channels, type });
			network.module().infer("forward",
				network.program().infer("converted", network.input(pixels), kind).singletonOrThrow());
			return true;
		}
		catch (final EngineException | UnsupportedOperationException rejected) {
			return false;
		}
	}
}
