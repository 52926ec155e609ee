package io.github.deepimageprior.attack;

/**
 * How many steps an iterative attack makes. The paper does not state the number; its source and the research code of
 * its first author disagree.
 */
public enum StepCount {

	/**
	 * min(ε + 4, 1.25 ε), rounded down, at least one: Kurakin, Goodfellow and Bengio (2017), section 2.2, who do not
	 * say how they round. For ε = 10 this gives 12 steps.
	 */
	KURAKIN {

		@Override
		int steps(final double epsilon, final int fixed) {
			return (int) Math.max(1, Math.min(epsilon + 4, 1.25 * epsilon));
		}
	},

	/**
	 * max(ε + 4, 1.25 ε), rounded to the nearest whole number, ties to even: the research code of the paper's first
	 * author. For ε = 10 this gives 14 steps.
	 */
	PAPER {

		@Override
		int steps(final double epsilon, final int fixed) {
			return (int) Math.rint(Math.max(epsilon + 4, 1.25 * epsilon));
		}
	},

	/** The number that the attack gives. */
	FIXED {

		@Override
		int steps(final double epsilon, final int fixed) {
			return fixed;
		}
	};

	/**
	 * @param epsilon ε, in grey levels on the 0-255 scale
	 * @param fixed the number of steps for {@link #FIXED}
	 */
	abstract int steps(double epsilon, int fixed);
}
