package io.github.deepimageprior.prior;

import io.github.deepimageprior.Picture;

/**
 * The result of a fit.
 *
 * @param last the output after the last step
 * @param best the output that the stopping rule selects; the last one if it selects none or the user stopped the fit
 * @param mean mean of the Langevin samples; null without samples
 * @param deviation standard deviation of the samples, in units of the picture; null with fewer than two
 * @param losses the loss before each step
 * @param variances what the stopping rule monitored at each step: the variance of the outputs, or the loss
 * @param parameters of the network at the best step, in the order of {@link Hourglass#parameters()}: a similar picture
 *        can start from them
 * @param summary how the fit was made and why it stopped
 */
public record FitResult(Snapshot last, Snapshot best, Picture mean, Picture deviation, double[] losses,
	double[] variances, float[] parameters, FitSummary summary)
{

	/**
	 * @param averaged whether to take the moving average of the outputs, rather than the output of a single step
	 * @return the fitted picture: the mean of the samples if there are any, otherwise the picture of the best step
	 */
	public Picture picture(final boolean averaged) {
		return mean != null ? mean : best.picture(averaged);
	}
}
