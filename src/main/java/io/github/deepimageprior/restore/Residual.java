package io.github.deepimageprior.restore;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.measure.GaussianFilter;
import io.github.deepimageprior.measure.NoiseLevel;
import io.github.deepimageprior.measure.Psnr;
import io.github.deepimageprior.prior.Observation;

import java.util.Arrays;

/**
 * The difference between a denoised picture and the observed one, beside the noise of the latter. If the result is the
 * picture without its noise, both are about equal.
 *
 * @param deviation root mean square of the difference
 * @param noise the estimated standard deviation of the noise
 * @param filtered the estimated root mean square error of a Gaussian filter with a standard deviation of one pixel
 */
public record Residual(double deviation, double noise, double filtered) {

	/** The least side of a picture whose noise can be estimated. */
	private static final int LEAST_SIDE = 3;

	/** A deviation of so many times the noise, or of its inverse, contradicts the estimate. */
	private static final double FACTOR = 2;

	/**
	 * How much of its noise a fit has painted at least, see {@link #error()}; and what the estimates may be wrong by.
	 */
	private static final double EXPONENT = 1.1, MARGIN_DB = 1;

	/** @return the difference; null where the noise cannot be estimated, or the result is not complete */
	static Residual of(final Observation observation, final Picture denoised) {
		final Picture target = observation.target();
		if (observation.known() != null || Math.min(target.width(), target.height()) < LEAST_SIDE) return null;
		final double deviation = Math.sqrt(Psnr.meanSquare(denoised, target)),
			noise = Math.sqrt(Arrays.stream(NoiseLevel.variances(target, null)).average().orElse(0));
		return Double.isNaN(deviation) || noise == 0 ? null
			: new Residual(deviation, noise, Math.sqrt(GaussianFilter.ONE_PIXEL.risk(target, noise * noise)));
	}

	/** @return whether the result differs so little from the input that it must contain noise */
	public boolean containsNoise() {
		return deviation * FACTOR < noise;
	}

	/** @return whether the result differs so much from the input that it must lack more than noise */
	public boolean lacksDetail() {
		return deviation > FACTOR * noise;
	}

	/**
	 * @return by how many dB a Gaussian filter comes closer to the picture without noise, as far as can be told; 0
	 *         unless it is more than the error of the estimates
	 */
	public double lossToFilter() {
		final double loss = 10 * Math.log10(Math.max(error(), Double.MIN_NORMAL) / (filtered * filtered));
		return loss > MARGIN_DB ? loss : 0;
	}

	/**
	 * The mean squared error of the result is that of its difference to the input, less the variance of the noise, plus
	 * twice the covariance of the result and the noise. The last is not known, but at least as large as if all
	 * frequencies were fitted alike.
	 */
	private double error() {
		final double variance = noise * noise,
			painted = deviation < noise ? 1 - Math.pow(deviation / noise, EXPONENT) : 0;
		return deviation * deviation - variance + 2 * variance * painted;
	}
}
