package io.github.deepimageprior.attack;

/** How an adversary becomes a picture of whole grey levels. */
public enum Rounding {

	/** To the nearest level within ε. */
	ROUND,

	/** Down, as the code of the paper does; this may go beyond ε by less than a level. */
	TRUNCATE,

	/** Not at all. */
	NONE
}
