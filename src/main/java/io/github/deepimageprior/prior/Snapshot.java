package io.github.deepimageprior.prior;

import io.github.deepimageprior.Picture;

/**
 * The pictures and figures of a fit at one step.
 *
 * @param step number of the step, from 1
 * @param loss of the raw output: mean squared error or, for photon counts, mean deviance from the observed picture
 * @param raw the network's output, in 0..1
 * @param averaged the moving average of all outputs so far, in 0..1
 * @param rawPsnr peak signal-to-noise ratio of the raw output to the observed picture, in dB
 * @param averagedPsnr peak signal-to-noise ratio of the average to the observed picture, in dB
 */
public record Snapshot(int step, double loss, Picture raw, Picture averaged, double rawPsnr, double averagedPsnr) {

	/**
	 * @param error mean squared difference of two pictures in 0..1
	 * @return their peak signal-to-noise ratio in dB
	 */
	public static double psnr(final double error) {
		return -10 * Math.log10(error);
	}

	/**
	 * @param average whether to take the moving average, rather than the raw output
	 * @return the picture
	 */
	public Picture picture(final boolean average) {
		return average ? averaged : raw;
	}

	/**
	 * @param average whether to take the moving average, rather than the raw output
	 * @return its peak signal-to-noise ratio in dB
	 */
	public double psnr(final boolean average) {
		return average ? averagedPsnr : rawPsnr;
	}
}
