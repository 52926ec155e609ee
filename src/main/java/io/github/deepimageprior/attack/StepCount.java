package io.github.deepimageprior.attack;

/** How many steps an iterative attack makes. */
public enum StepCount {

	/** Kurakin, Goodfellow, Bengio (2017): min(ε + 4, 1.25 ε), rounded down, at least one. */
	KURAKIN {

		@Override
		int steps(final double epsilon) {
			return (int) Math.max(1, Math.min(epsilon + 4, 1.25 * epsilon));
		}
	},

	/** The code of the paper: max(ε + 4, 1.25 ε), rounded to the nearest, to the even one of two. */
	PAPER {

		@Override
		int steps(final double epsilon) {
			return (int) Math.rint(Math.max(epsilon + 4, 1.25 * epsilon));
		}
	},

	/** As many as are asked for. */
	FIXED {

		@Override
		int steps(final double epsilon) {
			throw new IllegalStateException("The attack itself knows");
		}
	};

	/** @param epsilon in grey levels of 255 */
	abstract int steps(double epsilon);
}
