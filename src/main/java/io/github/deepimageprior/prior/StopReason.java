package io.github.deepimageprior.prior;

/** Why a fit stopped. */
public enum StopReason {

	/** The user stopped it before the last iteration. */
	STOPPED,

	/** All iterations were done. */
	ITERATIONS,

	/** The loss reached the noise level. */
	NOISE_LEVEL,

	/** The averaged output left no more of the picture than white noise. */
	RESIDUAL,

	/** The variance of the outputs had no new minimum during the rule's patience. */
	VARIANCE
}
