package io.github.deepimageprior.study;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.classifier.Prediction;

/**
 * What a classifier was shown and what it predicted.
 *
 * @param defence what was done to the picture before
 * @param step of a fit; 0 without one
 * @param prediction of the classifier
 * @param picture that it was shown; null if it was shown several
 * @param psnr of that picture to the clean one, in dB; NaN without a picture
 * @param seconds that it took
 */
record Shown(String defence, int step, Prediction prediction, Picture picture, double psnr, double seconds) {

	/** @return the row of it: a heading with these cells added */
	Row row(final Row heading, final int target) {
		final int best = prediction.best();
		return heading.with("defence", defence, "step", step, "predicted", prediction.label(best), "right",
			best == target ? 1 : 0, "p_true", prediction.probability(target), "p_predicted",
			prediction.probability(best), "psnr", psnr, "seconds", seconds);
	}
}
