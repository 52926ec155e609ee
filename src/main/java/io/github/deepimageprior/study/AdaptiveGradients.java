package io.github.deepimageprior.study;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.attack.Attack;
import io.github.deepimageprior.classifier.ClassScore;
import io.github.deepimageprior.classifier.Classifier;

import java.util.function.IntToLongFunction;

/**
 * The gradients that an attack follows which knows the defence: those of the classifier for the purified picture, taken
 * back through the purifier, and averaged over seeds of the purifier, the expectation over its transformations (EOT;
 * Athalye, Engstrom, Ilyas and Kwok, "Synthesizing robust adversarial examples", 2018).
 */
final class AdaptiveGradients implements Attack.Gradients {

	private final Classifier classifier;
	private final Purifier purifier;
	private final int samples;
	private final IntToLongFunction seeds;
	private int drawn;
	private long nonZero, all;

	/**
	 * @param samples how many seeds are averaged for each gradient
	 * @param seeds the seed of each purification, which are counted from 0
	 */
	AdaptiveGradients(final Classifier classifier, final Purifier purifier, final int samples,
		final IntToLongFunction seeds)
	{
		this.classifier = classifier;
		this.purifier = purifier;
		this.samples = samples;
		this.seeds = seeds;
	}

	@Override
	public Picture of(final Picture adversary, final int target) {
		final float[] sum = new float[adversary.values().length];
		for (int i = 0; i < samples; i++) {
			final Picture purified = purifier.apply(adversary, seeds.applyAsLong(drawn++));
			final float[] gradient = purifier.backward(classifier.gradient(purified, ClassScore.CROSS_ENTROPY, target))
				.values();
			for (int k = 0; k < sum.length; k++) sum[k] += gradient[k] / samples;
		}
		for (final float value : sum) if (value != 0) nonZero++;
		all += sum.length;
		return adversary.with(sum);
	}

	/** @return the share of all numbers in all gradients so far that were not 0; NaN before the first */
	double nonZero() {
		return (double) nonZero / all;
	}
}
