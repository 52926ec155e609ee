package io.github.deepimageprior.track;

import io.github.deepimageprior.Picture;

import java.util.function.Supplier;

/** Follows a classified fit. Every method is called on the thread of the fit, which waits for it. */
public interface TrackListener {

	/** Ignores all updates. */
	TrackListener NONE = new TrackListener() {};

	/**
	 * Called about twice a second.
	 *
	 * @param step steps done
	 * @param iterations steps requested
	 * @param averaged copies the average of the outputs so far; may be called only before this method returns
	 */
	default void progress(final int step, final int iterations, final Supplier<Picture> averaged) {}

	/**
	 * Called while the saliency map of a step is computed.
	 *
	 * @param fraction of the map's gradients that are done, 0..1
	 */
	default void saliency(final int step, final double fraction) {}

	/**
	 * Called at each point, with its picture, whether or not the trajectory keeps it; once more for the same step if
	 * the fit was rolled back before it, and then the later call counts.
	 */
	default void point(final TrackPoint point) {}
}
