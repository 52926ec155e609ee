package io.github.deepimageprior.prior;

import io.github.deepimageprior.Picture;

import java.util.function.Supplier;

/** Receives progress updates of a fit. All methods are called on the fitting thread, which waits for them. */
public interface FitListener {

	/** Ignores all updates. */
	FitListener NONE = new FitListener() {};

	/**
	 * Called about twice a second, and at least after every hundredth and after the last step.
	 *
	 * @param step number of steps done; decreases when the fit returns to a checkpoint
	 * @param iterations number of steps requested
	 * @param loss of the last step
	 * @param averaged copies the average of the outputs so far; to be called before this method returns
	 */
	default void progress(final int step, final int iterations, final double loss, final Supplier<Picture> averaged) {}

	/**
	 * Called at each of {@link FitSettings#snapshots()}. It is called again for the same step if the fit had to return
	 * to an earlier checkpoint; the later snapshot counts.
	 */
	default void snapshot(final Snapshot snapshot) {}
}
