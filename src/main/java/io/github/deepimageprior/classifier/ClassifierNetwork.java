package io.github.deepimageprior.classifier;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.engine.MemoryOrder;
import io.github.deepimageprior.engine.Program;
import io.github.deepimageprior.engine.Torch;

import java.util.function.ToIntFunction;

/**
 * A classifier in tensors: the TorchScript module, preceded by cropping, resizing and normalisation as its
 * {@link ModelCard} describes them. Its methods are to be called within {@link Classifier#compute}, except
 * {@link #close}.
 * <p>
 * Pixels are a tensor of pictures × channels × height × width in 0..1, with 1 or 3 channels.
 *
 * @param name of the model, for messages
 * @param card describes the input and output of the module
 * @param program that of {@code classifier.py}
 * @param module the classifier's own, in evaluation mode; closed with this network
 * @param order in which the module receives its input
 * @param batches whether the module takes several pictures at once
 * @param warning a sentence about what is probably wrong with the model; empty if there is nothing
 */
record ClassifierNetwork(String name, ModelCard card, Program program, Program module, MemoryOrder order,
	boolean batches, String warning) implements AutoCloseable
{

	/** @return the checks of the module's scores of one picture */
	Scores scores() {
		return new Scores(name, card.probabilities());
	}

	/** @return the same module with another card; closing one of them closes the module of both */
	ClassifierNetwork withCard(final ModelCard other) {
		return new ClassifierNetwork(name, other, program, module, order, batches, warning);
	}

	/** @return what the module sees of one picture before it is normalised: 3 × height × width */
	float[] seen(final NDArray pixels) {
		final NDArray[] arguments = new ClassifierNetwork(name, card, program, module, MemoryOrder.CONTIGUOUS, batches,
			warning).prepared(pixels);
		arguments[2] = pixels.getManager().create(new float[] { 0, 0, 0, 1, 1, 1 }, new Shape(2, 3));
		return program.infer("prepare", arguments).get(1).toFloatArray();
	}

	/** @return all outputs of the module for a batch of pictures */
	NDList outputs(final NDArray pixels) {
		return module.infer("forward", input(pixels));
	}

	/** @return the module's input for a batch of pictures */
	NDArray input(final NDArray pixels) {
		return program.infer("prepare", prepared(pixels)).get(1);
	}

	/** @return the output of the module for a batch of pictures, pictures × classes */
	NDArray output(final NDArray pixels) {
		return outputs(pixels).singletonOrThrow();
	}

	/** @return whether the output of the module is of a floating type */
	boolean isFloating(final NDArray output) {
		try (NDList floating = program.infer("floating", output)) {
			return floating.singletonOrThrow().getLong() == 1;
		}
	}

	/**
	 * @param output of the module for one picture or several
	 * @return all numbers of it
	 */
	float[] scores(final NDArray output) {
		try (NDList scores = program.infer("scores", output)) {
			return scores.singletonOrThrow().toFloatArray();
		}
	}

	/**
	 * @param output of the module for one picture
	 * @return its logits; if the module returns probabilities, their natural logarithms
	 * @throws DipException if the scores are not finite, or are not probabilities although they should be
	 */
	float[] logits(final NDArray output) {
		final float[] scores = scores(output);
		scores().require(scores);
		for (int i = 0; i < scores.length && card.probabilities(); i++)
			scores[i] = (float) Math.log(Math.max(scores[i], 1e-37));
		return scores;
	}

	/**
	 * Differentiates the score of a class with respect to every pixel, separately for each picture of a batch.
	 *
	 * @param target chooses the class from the output of the module
	 * @return the gradients, in the shape of the pixels
	 * @throws DipException if no gradient leads through the module
	 */
	NDArray gradients(final NDArray pixels, final ClassScore score, final ToIntFunction<NDArray> target) {
		if (batches || pixels.getShape().get(0) == 1) return gradientsAtOnce(pixels, score, target);
		final NDList each = new NDList();
		for (long i = 0; i < pixels.getShape().get(0); i++)
			each.add(gradientsAtOnce(pixels.get(i + ":" + (i + 1)), score, target));
		return NDArrays.concat(each);
	}

	private NDArray gradientsAtOnce(final NDArray pixels, final ClassScore score, final ToIntFunction<NDArray> target) {
		try (NDList prepared = program.call("prepare", prepared(pixels));
			NDList output = module.call("forward", prepared.get(1)); NDArray how = pixels.getManager()
				.create(new long[] { card.probabilities() ? 1 : 0, target.applyAsInt(output.get(0)), score.ordinal() }))
		{
			return gradient(output.get(0), prepared.get(0), how);
		}
	}

	private NDArray gradient(final NDArray output, final NDArray leaf, final NDArray how) {
		try {
			return program.call("gradient", output, leaf, how).singletonOrThrow();
		}
		catch (final EngineException none) {
			if (Torch.isOutOfMemory(none)) throw none;
			throw new DipException("No gradient leads through the model " + name + ", so it can only classify ("
				+ reason(none) + "): export it without no_grad, detach and rounding.", none);
		}
	}

	/** @return the last line of libtorch's message; the others are a trace of its code */
	static String reason(final Throwable problem) {
		return String.valueOf(problem.getMessage()).strip().lines().reduce((first, last) -> last).orElse("");
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
		Torch.close(module::close);
	}
}
