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

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The examination of a module when it is opened: it classifies two pictures of noise, a dark one and a bright one,
 * alone and together. What does not fit ends in one sentence that names the cause.
 */
final class Examination {

	/** Differences that are rounding errors: as a share of the spread of the scores, and of the largest of them. */
	private static final double REPEATED = 1e-4, BATCHED = 0.02, ROUNDED = 1e-4;

	private final String name;
	private final ModelCard card;
	private final int classes;
	private final Device device;
	private boolean likeProbabilities = true;

	/**
	 * @param name of the model, for messages
	 * @param card describes the input and output of the module
	 * @param classes how many labels there are
	 * @param device on which it runs
	 */
	Examination(final String name, final ModelCard card, final int classes, final Device device) {
		this.name = name;
		this.card = card;
		this.classes = classes;
		this.device = device;
	}

	/**
	 * Channels-last order is faster, but a module that reshapes its feature maps with {@code view} rejects it; and some
	 * modules take only one picture at a time.
	 *
	 * @param program that of {@code classifier.py}
	 * @param module in evaluation mode
	 * @return the network, used in a way that suits the module
	 * @throws DipException if the module does not fit its card and labels
	 */
	ClassifierNetwork of(final Program program, final Program module) {
		EngineException rejected = null;
		for (final boolean batches : new boolean[] { true, false }) {
			for (final MemoryOrder order : List.of(MemoryOrder.CHANNELS_LAST, MemoryOrder.CONTIGUOUS)) {
				try {
					if (fits(new ClassifierNetwork(name, card, program, module, order, batches, "")))
						return new ClassifierNetwork(name, card, program, module, order, batches, warning());
				}
				catch (final EngineException next) {
					rejected = next; // memory may suffice for one picture at a time
				}
			}
		}
		if (Torch.isOutOfMemory(rejected)) throw rejected;
		throw Diagnosis.of(new ClassifierNetwork(name, card, program, module, MemoryOrder.CONTIGUOUS, false, ""),
			device, rejected);
	}

	/** @return whether the module takes batches, if it is asked to */
	private boolean fits(final ClassifierNetwork network) {
		try (NDManager manager = Torch.manager(device)) {
			final NDArray dark = picture(manager, 0, 0.3f), bright = picture(manager, 0.4f, 0.6f);
			final float[] alone = scores(network, dark);
			requireSame(alone, scores(network, dark));
			if (!network.batches()) return scores(network, bright).length == classes;
			final NDArray together = only(network, dark.concat(bright).concat(dark));
			if (!together.getShape().equals(new Shape(3, classes))) return false;
			final float[] rows = network.scores(together);
			final float[] first = Arrays.copyOf(rows, classes);
			requireSame(first, Arrays.copyOfRange(rows, 2 * classes, 3 * classes));
			if (differ(alone, first, BATCHED))
				throw new DipException("The model " + name + " gives a picture other scores when it is in a batch with "
					+ "others, as batch normalisation in training mode does: call model.eval() before its export.");
			final float[] other = Arrays.copyOfRange(rows, classes, 2 * classes);
			network.scores().require(other);
			likeProbabilities &= Scores.areProbabilities(other);
			return true;
		}
	}

	private NDArray picture(final NDManager manager, final float least, final float range) {
		final SplittableRandom random = new SplittableRandom(1);
		final float[] values = new float[3 * card.height() * card.width()];
		for (int i = 0; i < values.length; i++) values[i] = least + range * (float) random.nextDouble();
		return manager.create(values, new Shape(1, 3, card.height(), card.width()));
	}

	/** @return the module's output for one picture, after all checks that concern a single one */
	private float[] scores(final ClassifierNetwork network, final NDArray picture) {
		final NDArray output = only(network, picture);
		final Shape shape = output.getShape();
		if (!network.isFloating(output))
			throw new DipException("The model " + name + " returns numbers of type " + output.getDataType()
				+ ": it must return the scores themselves, before rounding or argmax.");
		if (shape.equals(new Shape(1, 1)))
			throw new DipException("The model " + name + " returns a single score, so there is nothing to tell apart: "
				+ "export it with two outputs, one for each class.");
		if (!shape.equals(new Shape(1, classes)))
			throw new DipException("The model " + name + " returns an output of shape " + shape + " and has " + classes
				+ " labels: it must return one row of scores, and its labels file must have one line for each score.");
		final float[] scores = network.scores(output);
		network.scores().require(scores);
		likeProbabilities &= Scores.areProbabilities(scores);
		return scores;
	}

	/** @return a sentence about what is probably wrong although the module fits; empty if there is nothing */
	private String warning() {
		return card.probabilities() || !likeProbabilities ? ""
			: "The scores of the model " + name
				+ " are in 0..1 and their sum is 1, as those of probabilities are: if it "
				+ "ends in a softmax, set \"output\" to \"probabilities\" in its JSON file.";
	}

	private NDArray only(final ClassifierNetwork network, final NDArray pictures) {
		final String remedy = ": trace it, or wrap it in a module that returns the scores alone.";
		try {
			final NDList outputs = network.outputs(pictures);
			if (outputs.size() == 1) return outputs.get(0);
			throw new DipException("The model " + name + " returns " + outputs.size() + " tensors" + remedy);
		}
		catch (final UnsupportedOperationException other) {
			throw new DipException("The model " + name + " does not return a single tensor" + remedy, other);
		}
	}

	private void requireSame(final float[] scores, final float[] again) {
		if (differ(scores, again, REPEATED))
			throw new DipException(
				"The model " + name + " gives the same picture other scores each time, as dropout in "
					+ "training mode does: call model.eval() before its export.");
	}

	private static boolean differ(final float[] scores, final float[] others, final double share) {
		float least = scores[0], most = scores[0], largest = 0, difference = 0;
		for (int i = 0; i < scores.length; i++) {
			least = Math.min(least, scores[i]);
			most = Math.max(most, scores[i]);
			largest = Math.max(largest, Math.abs(scores[i]));
			difference = Math.max(difference, Math.abs(scores[i] - others[i]));
		}
		return difference > share * (most - least) + ROUNDED * largest;
	}
}
