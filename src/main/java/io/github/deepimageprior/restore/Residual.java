package io.github.deepimageprior.restore;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.measure.NoiseLevel;
import io.github.deepimageprior.prior.Observation;

import java.util.Arrays;

/**
 * The difference between a denoised picture and the observed one, beside the noise of the latter. If the result is the
 * picture without its noise, both are about equal.
 *
 * @param deviation root mean square of the difference
 * @param noise the estimated standard deviation of the noise
 */
public record Residual(double deviation, double noise) {

	/** The least side of a picture whose noise can be estimated. */
	private static final int LEAST_SIDE = 3;

	/** A deviation of so many times the noise, or of its inverse, contradicts the estimate. */
	private static final double FACTOR = 2;

	/** @return the difference; null where the noise cannot be estimated, or the result is not complete */
	static Residual of(final Observation observation, final Picture denoised) {
		final Picture target = observation.target();
		if (observation.known() != null || Math.min(target.width(), target.height()) < LEAST_SIDE) return null;
		double squares = 0;
		for (int i = 0; i < target.values().length; i++)
			squares += Math.pow((double) denoised.values()[i] - target.values()[i], 2);
		final double deviation = Math.sqrt(squares / target.values().length),
			noise = Math.sqrt(Arrays.stream(NoiseLevel.variances(target, null)).average().orElse(0));
		return Double.isNaN(deviation) || noise == 0 ? null : new Residual(deviation, noise);
	}

	/** @return whether the result differs so little from the input that it must contain noise */
	public boolean containsNoise() {
		return deviation * FACTOR < noise;
	}

	/** @return whether the result differs so much from the input that it must lack more than noise */
	public boolean lacksDetail() {
		return deviation > FACTOR * noise;
	}
}
