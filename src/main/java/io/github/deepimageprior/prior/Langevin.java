package io.github.deepimageprior.prior;

import io.github.deepimageprior.DipException;

/**
 * Samples of the posterior by stochastic gradient Langevin dynamics (Cheng et al., A Bayesian Perspective on the Deep
 * Image Prior, CVPR 2019): after each step noise of twice the learning rate is added to the weights of the
 * convolutions, and the outputs that follow a burn-in are samples. Their mean is the picture, their standard deviation
 * says how sure it is.
 *
 * @param burnIn steps before the first sample is due
 * @param spacing steps from one sample to the next; 0 for no noise and no samples
 */
public record Langevin(int burnIn, int spacing) {

	/** No noise and no samples. */
	public static final Langevin NONE = new Langevin(0, 0);

	/** The settings of its authors' code: 7000 steps, then a sample every 50. */
	public static final Langevin DEFAULTS = new Langevin(7000, 50);

	/** The authors' weight decay, the prior of the parameters. */
	static final double DECAY = 5e-8;

	/** Checks the values. */
	public Langevin {
		if (burnIn < 0 || spacing < 0) throw new IllegalArgumentException("Burn-in " + burnIn + ", spacing " + spacing);
	}

	/** @return whether there are samples at all */
	public boolean isOn() {
		return spacing > 0;
	}

	/** @return how many samples there are after a number of steps */
	public int samples(final int steps) {
		return isOn() ? Math.max(0, steps - burnIn) / spacing : 0;
	}

	/**
	 * @return the steps that a number of samples take
	 * @throws DipException if they are more than can be counted
	 */
	public int steps(final int samples) {
		final long steps = burnIn + (long) samples * spacing;
		if (steps > Integer.MAX_VALUE)
			throw new DipException(samples + " samples, " + spacing + " steps apart, after " + burnIn
				+ " steps of burn-in are too many: write smaller numbers.");
		return (int) steps;
	}
}
