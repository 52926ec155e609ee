package io.github.deepimageprior.saliency;

import ai.djl.Device;

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
		size = of(given, Math.max(classifier.inputSize(), picture.values().length), classifier.device());
	}

	/**
	 * @param given number of gradients; 0 for a number that suits the memory
	 * @param numbers in the picture, or in the input of the classifier, whichever is larger
	 */
	static int of(final int given, final long numbers, final Device device) {
		if (given > 0) return given;
		return (int) Math.max(1, Math.min(LARGEST, AvailableMemory.on(device) / bytes(numbers)));
	}

	/** @return the memory of one gradient, an estimate */
	static long bytes(final long numbers) {
		return BYTES_PER_BYTE * Float.BYTES * numbers;
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
