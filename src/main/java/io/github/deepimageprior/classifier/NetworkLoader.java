package io.github.deepimageprior.classifier;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.engine.MemoryOrder;
import io.github.deepimageprior.engine.Program;
import io.github.deepimageprior.engine.Torch;

import java.io.ByteArrayInputStream;

/**
 * Opens the TorchScript module of a classifier and checks that it fits its card and its labels, by classifying a grey
 * image.
 *
 * @param name of the model, for messages
 * @param card describes the input and output of the module
 * @param classes how many labels there are
 * @param device on which it is to run
 */
record NetworkLoader(String name, ModelCard card, int classes, Device device) {

	/**
	 * @param file the content of a TorchScript file
	 * @return the network, to be closed after use
	 * @throws DipException if the file is not a TorchScript module, or does not fit card and labels
	 */
	ClassifierNetwork load(final byte[] file) {
		final Program module = read(file);
		try {
			return network(Torch.compute(() -> Program.of(Classifier.class, "Classifier", device)), module);
		}
		catch (final RuntimeException unfit) {
			Torch.compute(() -> {
				module.close();
				return null;
			});
			throw unfit;
		}
	}

	private Program read(final byte[] file) {
		try {
			return Torch.compute(() -> Program.read(new ByteArrayInputStream(file), device));
		}
		catch (final EngineException foreign) {
			throw new DipException(
				"The file " + name + " is not a TorchScript module: save the model with torch.jit.save.", foreign);
		}
	}

	/** Channels-last order is faster, but a module that reshapes its feature maps with {@code view} rejects it. */
	private ClassifierNetwork network(final Program program, final Program module) {
		try {
			return checked(new ClassifierNetwork(program, module, card, MemoryOrder.CHANNELS_LAST));
		}
		catch (final EngineException | UnsupportedOperationException rejected) {
			try {
				return checked(new ClassifierNetwork(program, module, card, MemoryOrder.CONTIGUOUS));
			}
			catch (final EngineException | UnsupportedOperationException unfit) {
				throw new DipException("The model " + name + " cannot classify an RGB image of " + card.width() + "x"
					+ card.height() + " pixels and return one tensor: check width and height in its JSON file ("
					+ reason(unfit) + ").", unfit);
			}
		}
	}

	private ClassifierNetwork checked(final ClassifierNetwork network) {
		return Torch.compute(() -> {
			try (NDManager manager = Torch.manager(device)) {
				final NDArray grey = manager.ones(new Shape(1, 3, card.height(), card.width())).mul(0.5);
				final NDList output = network.outputs(grey);
				final Shape shape = output.isEmpty() ? new Shape() : output.get(0).getShape();
				if (output.size() == 1 && shape.dimension() == 2 && shape.get(1) == classes) return network;
				throw new DipException("The model " + name + " returns "
					+ (output.size() != 1 ? output.size() + " outputs" : "an output of shape " + shape) + " and has "
					+ classes + " labels: it must return one row of scores, and its labels file must have one line"
					+ " for each score.");
			}
		});
	}

	/** The last line of libtorch's message; the others are a trace of its code. */
	private static String reason(final Throwable problem) {
		return String.valueOf(problem.getMessage()).strip().lines().reduce((first, last) -> last).orElse("");
	}
}
