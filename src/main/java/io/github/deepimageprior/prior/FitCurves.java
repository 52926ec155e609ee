package io.github.deepimageprior.prior;

import java.util.Arrays;

/** The steps that a fit has done: for each of them the loss before it and what the stopping rule monitors. */
final class FitCurves {

	private double[] losses = new double[128], variances = new double[128];
	private int steps;

	/** @return number of steps done */
	int steps() {
		return steps;
	}

	/** Appends steps. */
	void add(final double[] moreLosses, final double[] moreVariances) {
		final int more = moreLosses.length;
		if (steps + more > losses.length) {
			losses = Arrays.copyOf(losses, 2 * (steps + more));
			variances = Arrays.copyOf(variances, losses.length);
		}
		System.arraycopy(moreLosses, 0, losses, steps, more);
		System.arraycopy(moreVariances, 0, variances, steps, more);
		steps += more;
	}

	/** Forgets all steps after a number of them. */
	void rollback(final int remaining) {
		steps = remaining;
	}

	/** @return the loss of a step, counted from 1 */
	double loss(final int step) {
		return losses[step - 1];
	}

	/** @return the loss of every step */
	double[] losses() {
		return Arrays.copyOf(losses, steps);
	}

	/** @return what the stopping rule monitored at every step */
	double[] variances() {
		return Arrays.copyOf(variances, steps);
	}
}
