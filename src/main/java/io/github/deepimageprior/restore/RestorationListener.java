package io.github.deepimageprior.restore;

import io.github.deepimageprior.Picture;

import java.util.function.Supplier;

/** Follows the restoration of one picture. */
@FunctionalInterface
public interface RestorationListener {

	/** Ignores all updates. */
	RestorationListener NONE = (progress, picture) -> {};

	/**
	 * Called about twice a second by each fit, on the thread of the fit, never by two threads at once.
	 *
	 * @param progress how far the restoration is
	 * @param picture copies the picture so far, in 0..1; may be called only before this method returns
	 */
	void progress(RestorationProgress progress, Supplier<Picture> picture);
}
