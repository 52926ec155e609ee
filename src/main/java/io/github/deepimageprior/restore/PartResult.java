package io.github.deepimageprior.restore;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.prior.FitResult;

import java.util.List;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;

/**
 * What came of one part of a picture.
 *
 * @param picture the result: of several seeds the mean
 * @param deviation how much samples or seeds differ: their standard deviation; null if there is but one
 * @param fits the fits, one a seed
 */
record PartResult(Picture picture, Picture deviation, List<FitResult> fits) {

	/** @param averaged whether the moving average of the outputs is the result, else the output of one step */
	static PartResult of(final List<FitResult> fits, final boolean averaged) {
		final List<Picture> pictures = fits.stream().map(fit -> Picture.of(fit.picture(averaged))).toList();
		if (pictures.size() > 1) {
			final Picture mean = mean(pictures);
			return new PartResult(mean, deviation(pictures, mean.values()), fits);
		}
		final Img<FloatType> deviation = fits.get(0).deviation();
		return new PartResult(pictures.get(0), deviation == null ? null : Picture.of(deviation), fits);
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
