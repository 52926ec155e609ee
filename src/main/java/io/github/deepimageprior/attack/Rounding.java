package io.github.deepimageprior.attack;

/** How an adversary becomes a picture of whole grey levels. It stays within ε in any case. */
public enum Rounding {

	/** To the nearest level. */
	ROUND,

	/** Down, as the code of the paper does. */
	TRUNCATE,

	/** Not at all. */
	NONE
}
