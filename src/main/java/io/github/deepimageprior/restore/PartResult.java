package io.github.deepimageprior.restore;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.prior.FitResult;

import java.util.List;

/**
 * The result of one part of a picture.
 *
 * @param picture the restored part: the mean of an ensemble
 * @param deviation standard deviation of the samples or of the ensemble; null if there is only one fit
 * @param fits the fits of the ensemble
 */
record PartResult(Picture picture, Picture deviation, List<FitResult> fits) {

	/** @param averaged whether to take the moving average of the outputs, rather than the output of a single step */
	static PartResult of(final List<FitResult> fits, final boolean averaged) {
		final List<Picture> pictures = fits.stream().map(fit -> fit.picture(averaged)).toList();
		if (pictures.size() == 1) return new PartResult(pictures.get(0), fits.get(0).deviation(), fits);
		final Picture mean = mean(pictures);
		return new PartResult(mean, deviation(pictures, mean.values()), fits);
	}

	private static Picture mean(final List<Picture> pictures) {
		final float[] mean = new float[pictures.get(0).values().length];
		for (int i = 0; i < mean.length; i++) {
			double sum = 0;
			for (final Picture picture : pictures) sum += picture.values()[i];
			mean[i] = (float) (sum / pictures.size());
		}
		return pictures.get(0).with(mean);
	}

	private static Picture deviation(final List<Picture> pictures, final float[] mean) {
		final float[] deviation = new float[mean.length];
		for (int i = 0; i < mean.length; i++) {
			double squares = 0;
			for (final Picture picture : pictures) squares += Math.pow((double) picture.values()[i] - mean[i], 2);
			deviation[i] = (float) Math.sqrt(squares / (pictures.size() - 1));
		}
		return pictures.get(0).with(deviation);
	}
}
