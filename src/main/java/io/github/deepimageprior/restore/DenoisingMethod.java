package io.github.deepimageprior.restore;

/** How noise is removed. */
public enum DenoisingMethod {

	/**
	 * Wiener filters of groups of similar patches: better and much faster, for noise whose level is known or estimated.
	 */
	NON_LOCAL,

	/** A fit of an untrained network that is stopped in time: the deep image prior (Ulyanov et al. 2018). */
	DEEP_IMAGE_PRIOR
}
