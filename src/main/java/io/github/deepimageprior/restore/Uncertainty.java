package io.github.deepimageprior.restore;

import io.github.deepimageprior.prior.Langevin;

/**
 * Whether and how the uncertainty of the result is estimated.
 *
 * @param kind how
 * @param ensembleSize number of fits of an ensemble, or of repetitions, which differ by their seed, at least 2
 * @param samples number of Langevin samples, at least 2
 * @param langevin when the samples are taken
 */
public record Uncertainty(Kind kind, int ensembleSize, int samples, Langevin langevin) {

	/** How the uncertainty is estimated. */
	public enum Kind {
		/** Not at all. */
		NONE,
		/**
		 * Several fits with different seeds; the result is their mean. Of non-local filtering, several repetitions on
		 * simulated noise, from which the result is not made.
		 */
		ENSEMBLE,
		/** Samples of one long fit with Langevin noise (Cheng et al. 2019); the result is their mean. */
		LANGEVIN
	}

	/** Not at all; when it is switched on, four fits or 260 samples. */
	public static final Uncertainty DEFAULTS = new Uncertainty(Kind.NONE, 4, 260, Langevin.DEFAULTS);

	/** Checks the values. */
	public Uncertainty {
		if (ensembleSize < 2 || samples < 2)
			throw new IllegalArgumentException("Ensemble of " + ensembleSize + ", " + samples + " samples");
	}

	/** @return how often non-local filtering of each part is repeated on simulated noise */
	int repetitions() {
		return kind == Kind.ENSEMBLE ? ensembleSize : 0;
	}

	/** @return the number of fits of each part */
	int members() {
		return kind == Kind.ENSEMBLE ? ensembleSize : 1;
	}
}
