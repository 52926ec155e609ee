package io.github.deepimageprior.attack;

/**
 * How an adversary is converted to whole grey levels. An attack computes real numbers, but an 8-bit image stores whole
 * ones, and the classifier sees what is stored. The original image consists of whole levels already, so the change is
 * rounded rather than the value: a value that the attack did not change stays exactly the same.
 */
public enum Rounding {

	/** Each change is rounded to the nearest whole number of levels that does not exceed ε. */
	ROUND {

		@Override
		double apply(final double before, final double after, final double ball, final double levels) {
			final double whole = Math.rint((after - before) * levels), most = Math.floor(ball * levels + ON_GRID);
			return before + Math.min(most, Math.max(-most, whole)) / levels;
		}
	},

	/**
	 * Each value is rounded down to a whole level, as by the research code of the paper's first author, which casts to
	 * unsigned bytes. A decrease may therefore exceed ε, by less than one level.
	 */
	TRUNCATE {

		@Override
		double apply(final double before, final double after, final double ball, final double levels) {
			return before + Math.floor((after - before) * levels + ON_GRID) / levels;
		}
	},

	/** Values stay real numbers, for 32-bit images. */
	NONE {

		@Override
		double apply(final double before, final double after, final double ball, final double levels) {
			return after;
		}
	};

	/** Tolerance in levels: a float does not hold a whole level exactly. */
	static final double ON_GRID = 1e-3;

	/**
	 * @param before the value in the original, a whole level, 0..1
	 * @param after the value in the adversary, 0..1
	 * @param ball the largest change that ε allows, on the same scale
	 * @param levels how many grey levels lie between 0 and 1
	 * @return the value to store, 0..1
	 */
	abstract double apply(double before, double after, double ball, double levels);
}
