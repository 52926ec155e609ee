package io.github.deepimageprior.attack;

/** Where an attack measures its steps. */
public enum Space {

	/** In the grey levels of the picture, clipped to its range after every step. */
	PIXELS,

	/**
	 * As the code of the paper does: after subtraction of ImageNet's mean and division by its standard deviation,
	 * without a range, so that ε is 0.229, 0.224, 0.225 of its grey levels in red, green, blue (grey: their mean).
	 * Clipped to the range at the end.
	 */
	NORMALISED
}
