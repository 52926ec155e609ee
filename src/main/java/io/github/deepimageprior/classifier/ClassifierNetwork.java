package io.github.deepimageprior.classifier;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.deepimageprior.engine.MemoryOrder;
import io.github.deepimageprior.engine.Program;
import io.github.deepimageprior.engine.Torch;

import java.util.function.ToIntFunction;

/**
 * A classifier in tensors: the TorchScript module, preceded by cropping, resizing and normalisation as its
 * {@link ModelCard} describes them. Its methods are to be called within {@link Torch#compute}, except {@link #close}.
 * <p>
 * Pixels are a tensor of pictures × channels × height × width in 0..1, with 1 or 3 channels.
 */
final class ClassifierNetwork implements AutoCloseable {

	private final Program program, module;
	private final ModelCard card;
	private final MemoryOrder order;

	/**
	 * @param program that of {@code classifier.py}
	 * @param module the classifier's own, in evaluation mode; closed with this network
	 * @param order in which the module receives its input
	 */
	ClassifierNetwork(final Program program, final Program module, final ModelCard card, final MemoryOrder order) {
		this.program = program;
		this.module = module;
		this.card = card;
		this.order = order;
	}

	/** @return the same module with another card; closing one of them closes the module of both */
	ClassifierNetwork withCard(final ModelCard other) {
		return new ClassifierNetwork(program, module, other, order);
	}

	/** @return what the module sees of one picture before it is normalised: 3 × height × width */
	float[] input(final NDArray pixels) {
		final NDArray[] arguments = new ClassifierNetwork(program, module, card, MemoryOrder.CONTIGUOUS)
			.prepared(pixels);
		arguments[2] = pixels.getManager().create(new float[] { 0, 0, 0, 1, 1, 1 }, new Shape(2, 3));
		return program.infer("prepare", arguments).get(1).toFloatArray();
	}

	/** @return all outputs of the module for a batch of pictures */
	NDList outputs(final NDArray pixels) {
		return module.infer("forward", program.infer("prepare", prepared(pixels)).get(1));
	}

	/**
	 * @param output of the module for one picture
	 * @return its logits; if the module returns probabilities, their natural logarithms
	 */
	float[] logits(final NDArray output) {
		try (NDArray how = output.getManager().create(new long[] { card.probabilities() ? 1 : 0 });
			NDList logits = program.infer("logits", output, how))
		{
			return logits.singletonOrThrow().toFloatArray();
		}
	}

	/**
	 * Differentiates the score of a class with respect to every pixel, separately for each picture of a batch.
	 *
	 * @param target chooses the class from the output of the module
	 * @return the gradients, in the shape of the pixels
	 */
	NDArray gradients(final NDArray pixels, final ClassScore score, final ToIntFunction<NDArray> target) {
		try (NDList prepared = program.call("prepare", prepared(pixels));
			NDList output = module.call("forward", prepared.get(1)); NDArray how = pixels.getManager()
				.create(new long[] { card.probabilities() ? 1 : 0, target.applyAsInt(output.get(0)), score.ordinal() }))
		{
			return program.call("gradient", output.get(0), prepared.get(0), how).singletonOrThrow();
		}
	}

	private NDArray[] prepared(final NDArray pixels) {
		final NDManager manager = pixels.getManager();
		final int width = (int) pixels.getShape().get(3), height = (int) pixels.getShape().get(2);
		final int[] part = card.part(width, height);
		final NDArray crop = manager.create(new long[] { part[0], part[1], part[2], part[3], card.width(),
			card.height(), card.bicubic() ? 1 : 0, order.number() });
		final float[] norm = new float[6];
		System.arraycopy(card.mean(), 0, norm, 0, 3);
		System.arraycopy(card.std(), 0, norm, 3, 3);
		return new NDArray[] { pixels, crop, manager.create(norm, new Shape(2, 3)) };
	}

	@Override
	public void close() {
		Torch.compute(() -> {
			module.close();
			return null;
		});
	}
}
