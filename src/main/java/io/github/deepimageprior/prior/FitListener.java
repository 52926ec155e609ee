package io.github.deepimageprior.prior;

import java.util.function.Supplier;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;

/** Follows a fit. Every method is called on the thread that fits, which waits for it. */
public interface FitListener {

	/** Looks on and does nothing. */
	FitListener NONE = new FitListener() {};

	/**
	 * Called about twice a second, and at least after every hundredth and after the last step.
	 *
	 * @param step steps done so far; falls when the fit goes back to a checkpoint
	 * @param iterations steps asked for
	 * @param loss of the last step
	 * @param averaged copies the average of the outputs so far, x × y × channels; to be called before this method
	 *        returns
	 */
	default void progress(final int step, final int iterations, final double loss,
		final Supplier<Img<FloatType>> averaged)
	{}

	/**
	 * Called at each of {@link FitSettings#snapshots()}; once more for the same step if the fit had to go back before
	 * it, and then the later one counts.
	 */
	default void snapshot(final Snapshot snapshot) {}
}
