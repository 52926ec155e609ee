package io.github.deepimageprior.prior;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;

/**
 * What a fit has made of the picture at one step.
 *
 * @param step the number of the step, from 1
 * @param loss mean squared error of the raw output against the observed picture
 * @param raw the network's output, x × y × channels, in 0..1
 * @param averaged the moving average of all outputs so far, likewise
 * @param rawPsnr peak signal-to-noise ratio of the raw output to the observed picture, in dB
 * @param averagedPsnr that of the average
 */
public record Snapshot(int step, double loss, Img<FloatType> raw, Img<FloatType> averaged, double rawPsnr,
	double averagedPsnr)
{

	/** Peak signal-to-noise ratio, in dB, of two pictures in 0..1 whose mean squared difference is {@code error}. */
	public static double psnr(final double error) {
		return -10 * Math.log10(error);
	}

	/** @return the average or the raw output */
	public Img<FloatType> picture(final boolean average) {
		return average ? averaged : raw;
	}

	/** @return the ratio of the average or of the raw output */
	public double psnr(final boolean average) {
		return average ? averagedPsnr : rawPsnr;
	}
}
