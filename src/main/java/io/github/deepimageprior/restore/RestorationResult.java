package io.github.deepimageprior.restore;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.prior.FitSummary;

import java.util.List;

/**
 * The result of restoring one picture.
 *
 * @param picture in 0..1; NaN where a stop came before the pixel's part was fitted
 * @param deviation the estimated uncertainty: standard deviation of Langevin samples or of an ensemble, on the same
 *        scale; NaN where a stop came before; null if neither was requested
 * @param summaries of the fits, part by part
 * @param curves of the fits: what the stopping rule monitored at each step, the variance or the loss
 * @param parameters of the fits, from which a similar picture can start; empty if not all parts were fitted, or if they
 *        were not requested
 * @param reached number of parts that were fitted
 * @param parts number of parts
 * @param noise the noise level of each channel that was estimated for the stopping rule: standard deviations on the
 *        scale of the picture; empty if none was estimated
 * @param nonLocal how it was filtered; null if it was fitted
 * @param residual how the picture differs from the input; null unless it was denoised by a fit, and where the noise
 *        cannot be estimated
 */
public record RestorationResult(Picture picture, Picture deviation, List<FitSummary> summaries, List<double[]> curves,
	List<float[]> parameters, int reached, int parts, List<Double> noise, NonLocalSummary nonLocal, Residual residual)
{

	/** @return the result where there was nothing to do */
	static RestorationResult unchanged(final Picture picture) {
		return new RestorationResult(picture, null, List.of(), List.of(), List.of(), 0, 0, List.of(), null, null);
	}

	/** @return whether all parts were fitted */
	public boolean isComplete() {
		return reached == parts;
	}

	/** @return the same with another picture */
	RestorationResult with(final Picture other) {
		return new RestorationResult(other, deviation, summaries, curves, parameters, reached, parts, noise, nonLocal,
			residual);
	}

	/** @return the same with the noise level that was estimated */
	RestorationResult withNoise(final List<Double> estimated) {
		return new RestorationResult(picture, deviation, summaries, curves, parameters, reached, parts, estimated,
			nonLocal, residual);
	}

	/** @return the same with its difference to the input */
	RestorationResult with(final Residual difference) {
		return new RestorationResult(picture, deviation, summaries, curves, parameters, reached, parts, noise, nonLocal,
			difference);
	}

	/** @return the same, denoised by non-local filtering */
	RestorationResult with(final NonLocalSummary filtered) {
		return new RestorationResult(picture, deviation, summaries, curves, parameters, reached, parts, noise, filtered,
			residual);
	}
}
