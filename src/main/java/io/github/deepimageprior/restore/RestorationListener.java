package io.github.deepimageprior.restore;

import io.github.deepimageprior.Picture;

import java.util.function.Supplier;

/** Follows a restoration. */
public interface RestorationListener {

	/** Looks on and does nothing. */
	RestorationListener NONE = (fraction, text, picture) -> {};

	/**
	 * Called about twice a second by each fit, on its thread, never by two at once.
	 *
	 * @param fraction of the work that is done, if every fit takes all its iterations
	 * @param text what is being done: "part 3 of 81, step 120 of 2000"
	 * @param picture gives the picture so far; to be called before this method returns
	 */
	void progress(double fraction, String text, Supplier<Picture> picture);
}
