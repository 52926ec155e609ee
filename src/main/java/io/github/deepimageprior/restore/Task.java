package io.github.deepimageprior.restore;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.prior.Observation;
import io.github.deepimageprior.prior.Recipe;

/** What is to be done with a picture, as a value: denoise, inpaint or enlarge it. */
public sealed interface Task permits Denoise, Inpaint, Enlarge {

	/**
	 * @param picture in 0..1
	 * @param known height × width, or channels × height × width if they differ: 1 where a pixel is observed, 0
	 *        where it is missing; null if all are observed
	 * @return what the network is fitted to; null if there is nothing to do in this picture
	 */
	Observation observe(Picture picture, float[] known);

	/** @return the default settings of the task */
	RestoreSettings defaults();

	/** @return the settings of Ulyanov et al. (2018) for the task, as their published notebooks have them */
	Recipe recipe();

	/**
	 * What is done after the fit.
	 *
	 * @param restored the fitted picture; NaN where it was not reached before a stop
	 * @param observation what it was fitted to
	 * @return the result; pixels that are still NaN stay as they were
	 */
	default Picture finish(final Picture restored, final Observation observation) {
		return restored;
	}

	/** @return whether the observed pixels stay exactly as they are */
	default boolean keepsKnown() {
		return false;
	}

	/** @return how many times wider and higher the result is */
	default int factor() {
		return 1;
	}

	/** @return ratio of the values of the given picture to those of the result where both show the same */
	default double gain() {
		return 1;
	}
}
