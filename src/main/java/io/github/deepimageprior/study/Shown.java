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
 * @param stopped for the step of a stopping rule: whether the rule has found it, or the fit was too short; else null
 */
record Shown(String defence, int step, Prediction prediction, Picture picture, double psnr, double seconds,
	Boolean stopped)
{

	/** As above, of a step that no rule has chosen. */
	Shown(final String defence, final int step, final Prediction prediction, final Picture picture, final double psnr,
		final double seconds)
	{
		this(defence, step, prediction, picture, psnr, seconds, null);
	}

	/** Column: 1 if a stopping rule has found the step of the row, 0 if the fit was too short for it to find one. */
	static final String STOPPED = "stopped";

	/** @return the row of it: a heading with these cells added */
	Row row(final Row heading, final int target) {
		final int best = prediction.best();
		return heading.with("defence", defence, "step", step, "predicted", prediction.label(best), "right",
			best == target ? 1 : 0, "p_true", prediction.probability(target), "p_predicted",
			prediction.probability(best), "psnr", psnr, "seconds", seconds, STOPPED,
			stopped == null ? "" : stopped ? 1 : 0);
	}
}
