package io.github.deepimageprior.nonlocal;

import io.github.deepimageprior.Picture;

import java.util.function.Supplier;

/** Follows the denoising of one picture. */
@FunctionalInterface
public interface NonLocalListener {

	/** Ignores all updates. */
	NonLocalListener NONE = (fraction, picture) -> {};

	/**
	 * @param fraction of the work that is done, 0..1
	 * @param picture copies the picture so far; may be called only before this method returns
	 */
	void reached(double fraction, Supplier<Picture> picture);
}
