package io.github.deepimageprior.attack;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.Prediction;

/**
 * An attacked picture and what the attack achieved, measured on the picture as it is, after rounding.
 *
 * @param picture the adversary
 * @param clean what the classifier says of the picture before
 * @param attacked what it says of the adversary
 * @param label the class that the picture had
 * @param target the class whose cross-entropy was changed: the label, or LLCI's least likely class
 * @param steps made
 * @param largest change of a value (L∞), in grey levels of 255
 * @param length of the change (L2), in grey levels of 255
 * @param changed share of the pixels that changed, 0..1
 */
public record Adversary(Picture picture, Prediction clean, Prediction attacked, int label, int target, int steps,
	double largest, double length, double changed)
{

	private static final double GREY_LEVELS = 255;

	/** Measures an adversary against the picture that it was made of. */
	static Adversary of(final Classifier classifier, final Picture before, final Picture after, final Prediction clean,
		final int label, final int target, final int steps)
	{
		final int area = before.width() * before.height();
		double largest = 0, squares = 0;
		int changed = 0;
		for (int p = 0; p < area; p++) {
			boolean differs = false;
			for (int c = 0; c < before.channels(); c++) {
				final double difference = GREY_LEVELS
					* Math.abs((double) after.values()[c * area + p] - before.values()[c * area + p]);
				largest = Math.max(largest, difference);
				squares += difference * difference;
				differs |= difference > 0;
			}
			if (differs) changed++;
		}
		return new Adversary(after, clean, classifier.classify(after), label, target, steps, largest,
			Math.sqrt(squares), (double) changed / area);
	}

	/**
	 * @return the same, for the picture as it was stored: in an image that keeps the pixels outside a selection, say
	 */
	public Adversary stored(final Classifier classifier, final Picture before, final Picture after) {
		return of(classifier, before, after, clean, label, target, steps);
	}

	/** @return whether the classifier takes the adversary for something else than the picture */
	public boolean succeeds() {
		return attacked.best() != label;
	}

	/** @return the change of every value */
	public Picture perturbation(final Picture before) {
		final float[] change = picture.values().clone();
		for (int i = 0; i < change.length; i++) change[i] -= before.values()[i];
		return picture.with(change);
	}
}
