package io.github.deepimageprior.restore;

import io.github.deepimageprior.Picture;

import java.util.List;
import java.util.Map;

/**
 * What came of a picture.
 *
 * @param picture in 0..1; not a number where it was not reached before a stop
 * @param deviation how sure it is: standard deviation of samples or seeds, on the same scale; null if neither was asked
 *        for
 * @param reports of the fits, part by part
 * @param variances of the fits: what the stopping rule has looked at, step by step: the variance, or what was minimised
 * @param parameters of the fits, for a similar picture to begin with; empty if not all was reached, or they are not to
 *        be handed on
 * @param reached how many of its parts were fitted before a stop
 * @param parts how many there are
 */
public record RestorationResult(Picture picture, Picture deviation, List<Map<String, String>> reports,
	List<double[]> variances, List<float[]> parameters, int reached, int parts)
{

	/** @return that all of it was fitted */
	public boolean complete() {
		return reached == parts;
	}
}
