package io.github.deepimageprior.classifier;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The prediction of a classifier for one picture: a score for every class. Classes are numbered from 0.
 *
 * @param logits the score of every class, before the softmax
 * @param labels the names of the classes, in the same order
 */
public record Prediction(float[] logits, List<String> labels) {

	/** @return the predicted class: that of the highest logit, the first of equal ones */
	public int best() {
		return top(1)[0];
	}

	/** @return the least likely class: that of the lowest logit, the first of equal ones */
	public int least() {
		int least = 0;
		for (int i = 1; i < logits.length; i++) if (logits[i] < logits[least]) least = i;
		return least;
	}

	/** @return the {@code count} most likely classes, most likely first; all classes if there are fewer */
	public int[] top(final int count) {
		return IntStream.range(0, logits.length).boxed().sorted(Comparator.comparingDouble(i -> -logits[i]))
			.limit(count).mapToInt(i -> i).toArray();
	}

	/** @return the softmax probability of a class, 0..1 */
	public double probability(final int target) {
		double sum = 0;
		// Relative to the largest logit, no exponential overflows.
		final double largest = IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).max().getAsDouble();
		for (final float logit : logits) sum += Math.exp(logit - largest);
		return Math.exp(logits[target] - largest) / sum;
	}

	/** @return the name of a class */
	public String label(final int target) {
		return labels.get(target);
	}

	@Override
	public boolean equals(final Object other) {
		return other instanceof Prediction prediction && Arrays.equals(logits, prediction.logits)
			&& labels.equals(prediction.labels);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(logits);
	}
}
