package io.github.deepimageprior.saliency;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.classifier.ClassScore;

/**
 * The parameters of a saliency map. Symbols are those of equation 1 of the paper (appendix A.1).
 *
 * @param intervals m, the number of intervals of the integration path, 1..10000
 * @param samples N, the number of noisy copies at every point of the path, 1..10000
 * @param noise σ, the standard deviation of the noise as a share of the range of the image (its largest value minus its
 *        smallest), 0..10; Smilkov et al. (2017) recommend 0.1 to 0.2
 * @param quadrature at which points of the path gradients are taken, and with which weights
 * @param absolute whether the map has no sign; otherwise positive values contribute to the class and negative values
 *        against it. A MIG-SG map never has a sign
 * @param baseline x0, the start of the integration path
 * @param baselines T, the number of random baselines, 1..10000; the map is the mean over them
 * @param score F, the score of the class that is differentiated
 * @param batch the number of gradients computed at once, up to 1024; 0 for a number that suits the memory
 * @param seed of the noise and of random baselines
 */
public record SaliencySettings(int intervals, int samples, double noise, Quadrature quadrature, boolean absolute,
	Baseline baseline, int baselines, ClassScore score, int batch, long seed)
{

	/**
	 * MIG-SG as in the research code of the paper's first author: the paper leaves m, N, the quadrature, the baseline
	 * and the score open. The noise is that of Smilkov et al. (2017).
	 */
	public static final SaliencySettings DEFAULTS = new SaliencySettings(30, 5, 0.15, Quadrature.LEFT, true,
		Baseline.RANDOM, 10, ClassScore.PROBABILITY, 0, 0);

	/** A tenth of the work, for maps of many images, such as those of a series. */
	public static final SaliencySettings QUICK = new SaliencySettings(10, 5, 0.15, Quadrature.LEFT, true,
		Baseline.RANDOM, 3, ClassScore.PROBABILITY, 0, 0);

	/** @throws DipException if a number is out of its range */
	public SaliencySettings {
		require("number of intervals", intervals, 1, 10_000);
		require("number of noise samples", samples, 1, 10_000);
		require("number of random baselines", baselines, 1, 10_000);
		require("batch size", batch, 0, 1024);
		if (!(noise >= 0 && noise <= 10))
			throw new DipException("The noise share is " + noise
				+ ": enter the standard deviation as a share of the image's range, from 0 to 10.");
	}

	private static void require(final String name, final int value, final int least, final int most) {
		if (value < least || value > most)
			throw new DipException(
				"The " + name + " is " + value + ": enter a whole number from " + least + " to " + most + ".");
	}
}
