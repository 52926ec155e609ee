package io.github.deepimageprior.saliency;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.classifier.ClassScore;

/**
 * How a saliency map is computed.
 *
 * @param intervals m, of the way from the baseline to the picture
 * @param samples N, noisy copies at every point
 * @param noise σ of the noise, as a share of the picture's range (its largest value minus its smallest)
 * @param rule at which points of the way, and with which weights
 * @param absolute whether the map is without sign, else positive speaks for the class and negative against it; MIG-SG's
 *        always is
 * @param baseline where the way begins
 * @param baselines T, how many random baselines; the map is the mean over them
 * @param score what of the class is differentiated
 * @param batch how many gradients are computed at once, 0 for a number that suits the memory
 * @param seed of noise and random baselines
 */
public record SaliencySettings(int intervals, int samples, double noise, Quadrature rule, boolean absolute,
	Baseline baseline, int baselines, ClassScore score, int batch, long seed)
{

	/** Those of the paper's code where it is not clear, and the usual ones elsewhere. */
	public static final SaliencySettings DEFAULTS = new SaliencySettings(30, 5, 0.15, Quadrature.LEFT, true,
		Baseline.RANDOM, 10, ClassScore.PROBABILITY, 0, 0);

	/** A tenth of the work, for a map of every picture of a series. */
	public static final SaliencySettings QUICK = new SaliencySettings(10, 5, 0.15, Quadrature.LEFT, true,
		Baseline.RANDOM, 3, ClassScore.PROBABILITY, 0, 0);

	/** @throws DipException if a number is out of its range */
	public SaliencySettings {
		require("intervals", intervals, 1, 10_000);
		require("samples", samples, 1, 10_000);
		require("trials", baselines, 1, 10_000);
		require("batch", batch, 0, 1024);
		if (!(noise >= 0 && noise <= 10))
			throw new DipException("The noise is " + noise + ": write its share of the picture's range, from 0 to 10.");
	}

	private static void require(final String name, final int value, final int least, final int most) {
		if (value < least || value > most)
			throw new DipException(
				"The value of " + name + " is " + value + ": write a whole number from " + least + " to " + most + ".");
	}
}
