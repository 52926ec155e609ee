package io.github.deepimageprior.prior;

/**
 * The exponential moving average of the outputs, which starts with the first one:
 * {@code average = d average + (1 - d) output}.
 *
 * @param decay the factor d, at least 0 and less than 1: the larger, the more outputs have weight
 * @param growth lets the average grow to its full length: at step t, d is at most {@code 1 - growth / t}, so that the
 *        first outputs are soon forgotten; 0 for the same decay in all steps
 */
public record Averaging(double decay, double growth) {

	/** That of the code of the paper's author: about the last hundred outputs. */
	public static final Averaging CONSTANT = new Averaging(0.99, 0);

	/** About the last fifth of all outputs; from step 500, where that is a hundred, like {@link #CONSTANT}. */
	public static final Averaging GROWING = new Averaging(0.99, 5);

	/** Checks the values. */
	public Averaging {
		if (!(decay >= 0 && decay < 1) || !(growth >= 0))
			throw new IllegalArgumentException("Decay " + decay + ", growth " + growth);
	}

	/**
	 * @return with constant decay: the number of steps after which the outputs since then have 86 % of the weight,
	 *         which is 1 - exp(-2)
	 */
	long lag() {
		return Math.round(2 / (1 - decay));
	}

	/** @return the same while the average grows, as a multiple of the step from which it is counted */
	double relativeLag() {
		return Math.exp(2 / growth) - 1; // at step t, outputs up to step s have the weight (s / t)^growth
	}

	@Override
	public String toString() {
		return "decay " + decay + (growth > 0 ? ", at step t at most 1 - " + growth + "/t" : "");
	}
}
