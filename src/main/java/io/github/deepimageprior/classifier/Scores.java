package io.github.deepimageprior.classifier;

import io.github.deepimageprior.DipException;

/**
 * Checks a model's scores of one picture.
 *
 * @param model its name, for messages
 * @param probabilities whether they are probabilities, otherwise logits
 */
record Scores(String model, boolean probabilities) {

	/** How far a sum of probabilities may be from 1: that of 16-bit numbers is not exact. */
	private static final double TOLERANCE = 0.02;

	/** @throws DipException if the scores are not finite, or are not probabilities although they should be */
	void require(final float[] row) {
		for (final float score : row)
			if (!Float.isFinite(score))
				throw new DipException("The model " + model + " returns scores that are infinite or not a number: check"
					+ " its weights, and mean and std in its JSON file.");
		if (!probabilities || areProbabilities(row)) return;
		throw new DipException(inUnitRange(row)
			? "The probabilities that the model " + model + " returns have the sum " + sum(row)
				+ " instead of 1, as those"
				+ " of independent labels (sigmoid) do: classes must exclude each other (softmax)."
			: "The model " + model
				+ " returns scores below 0 or above 1, which are not probabilities: set \"output\" to"
				+ " \"logits\" in its JSON file.");
	}

	/** @return whether the numbers are in 0..1 and have the sum 1 */
	static boolean areProbabilities(final float[] row) {
		return inUnitRange(row) && Math.abs(sum(row) - 1) <= TOLERANCE;
	}

	private static boolean inUnitRange(final float[] row) {
		for (final float score : row) if (score < -1e-6 || score > 1 + 1e-3) return false;
		return true;
	}

	/** @return the sum of the numbers, for messages to three digits */
	private static double sum(final float[] row) {
		double sum = 0;
		for (final float score : row) sum += score;
		return Math.rint(1000 * sum) / 1000;
	}
}
