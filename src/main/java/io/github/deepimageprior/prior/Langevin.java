package io.github.deepimageprior.prior;

import io.github.deepimageprior.DipException;

/**
 * Samples of the posterior by stochastic gradient Langevin dynamics (Cheng et al., A Bayesian Perspective on the Deep
 * Image Prior, CVPR 2019): after each step, noise with a standard deviation of twice the learning rate is added to the
 * weights of the convolutions; after a burn-in, outputs are samples. Their mean is the resulting picture, their
 * standard deviation estimates its uncertainty.
 *
 * @param burnIn number of steps before sampling begins
 * @param spacing steps between two samples; 0 for no noise and no samples
 */
public record Langevin(int burnIn, int spacing) {

	/** No noise and no samples. */
	public static final Langevin NONE = new Langevin(0, 0);

	/** The settings of the authors' code: 7000 steps of burn-in, then a sample every 50 steps. */
	public static final Langevin DEFAULTS = new Langevin(7000, 50);

	/** Weight decay in the authors' code: the prior of the parameters. */
	static final double WEIGHT_DECAY = 5e-8;

	/** Checks the values. */
	public Langevin {
		if (burnIn < 0 || spacing < 0) throw new IllegalArgumentException("Burn-in " + burnIn + ", spacing " + spacing);
	}

	/** @return whether there are samples at all */
	public boolean isOn() {
		return spacing > 0;
	}

	/** @return number of samples after a number of steps */
	public int samples(final int steps) {
		return isOn() ? Math.max(0, steps - burnIn) / spacing : 0;
	}

	/**
	 * @return number of steps after which there is a number of samples
	 * @throws DipException if it is too large
	 */
	public int steps(final int samples) {
		final long steps = burnIn + (long) samples * spacing;
		if (steps > Integer.MAX_VALUE)
			throw new DipException(samples + " samples, " + spacing + " steps apart, after a burn-in of " + burnIn
				+ " steps add up to too many steps: reduce one of these numbers.");
		return (int) steps;
	}
}
