package io.github.deepimageprior.saliency;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.engine.AvailableMemory;

/** How many gradients are computed at once: a given number, or one that suits the memory; less if that is too many. */
final class BatchSize {

	/** On a CPU larger batches are no faster. */
	private static final int LARGEST = 8;

	/** Memory of one gradient of a large network, in bytes per byte of its input: an estimate on the safe side. */
	private static final long BYTES_PER_BYTE = 400;

	private int size;

	/** @param given number of gradients; 0 for a number that suits the memory */
	BatchSize(final int given, final Classifier classifier, final Picture picture) {
		size = given > 0 ? given : suitable(classifier, picture);
	}

	private static int suitable(final Classifier classifier, final Picture picture) {
		final long numbers = Math.max(classifier.inputSize(), picture.values().length);
		final long fitting = AvailableMemory.on(classifier.device()) / (BYTES_PER_BYTE * Float.BYTES * numbers);
		return (int) Math.max(1, Math.min(LARGEST, fitting));
	}

	/** @return the number of gradients to compute at once */
	int size() {
		return size;
	}

	/** Halves the size, after memory ran out; it stays smaller from then on. */
	void halve() {
		size = Math.max(1, size / 2);
	}
}
