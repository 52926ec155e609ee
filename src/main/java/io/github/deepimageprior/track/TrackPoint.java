package io.github.deepimageprior.track;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.classifier.Prediction;

/**
 * One step of a classified fit.
 *
 * @param step number of the step, from 1; 0 for the observed picture itself
 * @param loss of this step's output; NaN at step 0
 * @param psnr PSNR of the picture to the observed one, in dB; NaN at step 0
 * @param picture the network's output, raw or averaged, in 0..1; null if pictures are not kept
 * @param prediction what the classifier predicts for the picture as it is stored; null without a classifier
 * @param saliency saliency map of the true class, one channel; null if it was not requested
 */
public record TrackPoint(int step, double loss, double psnr, Picture picture, Prediction prediction, Picture saliency) {

	/**
	 * @param target index of a class
	 * @return how likely the classifier finds the class, 0..1; NaN without a classifier
	 */
	public double probability(final int target) {
		return prediction == null ? Double.NaN : prediction.probability(target);
	}

	/** @return the same without its picture */
	TrackPoint withoutPicture() {
		return new TrackPoint(step, loss, psnr, null, prediction, saliency);
	}
}
