package io.github.deepimageprior.attack;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.Prediction;

/**
 * An adversarial example and what it achieves. All figures are measured on the picture as it is stored, after rounding.
 *
 * @param picture the adversary as it is stored, of the size of the original, in 0..1
 * @param clean the prediction for the original
 * @param attacked the prediction for the adversary
 * @param label the class of the original: the given one, else the predicted one
 * @param target the class whose cross-entropy the attack changed: the label, or the least likely class for LLCI
 * @param steps the number of gradient steps made, fewer than planned after a stop
 * @param largest L∞ norm of the change, in grey levels on the 0-255 scale
 * @param length L2 norm of the change, in grey levels on the 0-255 scale
 * @param changed the share of pixels that changed in any channel, 0..1
 * @param flat whether the gradient was 0 in every pixel, at every step, so that nothing could change
 */
public record Adversary(Picture picture, Prediction clean, Prediction attacked, int label, int target, int steps,
	double largest, double length, double changed, boolean flat)
{

	/** Classifies an adversary and measures its change from the original. */
	static Adversary of(final Classifier classifier, final Picture before, final Picture after, final Prediction clean,
		final int label, final int target, final int steps, final boolean flat)
	{
		final int area = before.width() * before.height();
		double largest = 0, squares = 0;
		int changed = 0;
		for (int p = 0; p < area; p++) {
			boolean differs = false;
			for (int c = 0; c < before.channels(); c++) {
				final double difference = Space.GREY_LEVELS
					* Math.abs((double) after.values()[c * area + p] - before.values()[c * area + p]);
				largest = Math.max(largest, difference);
				squares += difference * difference;
				differs |= difference > 0;
			}
			if (differs) changed++;
		}
		return new Adversary(after, clean, classifier.classify(after), label, target, steps, largest,
			Math.sqrt(squares), (double) changed / area, flat);
	}

	/** @return whether the classifier predicts {@link #label} for the original, and another class for the adversary */
	public boolean succeeds() {
		return clean.best() == label && attacked.best() != label;
	}

	/**
	 * @param before the original
	 * @return the change of every value, adversary minus original, in -1..1
	 */
	public Picture perturbation(final Picture before) {
		return perturbation(before, picture);
	}

	/**
	 * The change between two pictures of the same size, for an adversary that is still to be stored.
	 *
	 * @param before the original
	 * @param after the adversary
	 * @return the change of every value, adversary minus original, in -1..1
	 */
	public static Picture perturbation(final Picture before, final Picture after) {
		final float[] change = after.values().clone();
		for (int i = 0; i < change.length; i++) change[i] -= before.values()[i];
		return after.with(change);
	}
}
