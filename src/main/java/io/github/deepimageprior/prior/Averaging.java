package io.github.deepimageprior.prior;

/**
 * The moving average of the outputs, which starts at the first one: {@code average = w average + (1 - w) output}.
 *
 * @param decay weight w of the decay, 0 up to but not 1
 * @param growth how the average grows to its length: at step t, w is at most {@code 1 - growth / t}, so that what the
 *        first steps painted does not linger; 0 for the same weight in all steps
 */
public record Averaging(double decay, double growth) {

	/** That of the paper's author: about the last hundred outputs. */
	public static final Averaging CONSTANT = new Averaging(0.99, 0);

	/** About the last fifth of all outputs, until that are a hundred; from step 500 on like {@link #CONSTANT}. */
	public static final Averaging GROWING = new Averaging(0.99, 5);

	/** Checks the values. */
	public Averaging {
		if (!(decay >= 0 && decay < 1) || !(growth >= 0))
			throw new IllegalArgumentException("Weight of the past " + decay + ", growth " + growth);
	}

	/** @return after how many steps 86 % of the weight lie on what has come since, if the weight is constant */
	long lag() {
		return Math.round(2 / (1 - decay));
	}

	/** @return the same while the average grows, as a share of the step since which it is counted */
	double relativeLag() {
		return Math.exp(2 / growth) - 1; // the weight falls with the power -growth of the step
	}

	@Override
	public String toString() {
		return "weight " + decay + (growth > 0 ? ", at step t at most 1 - " + growth + "/t" : "");
	}
}
