package io.github.deepimageprior;

/** Receives progress updates of a computation. */
@FunctionalInterface
public interface Progress {

	/** Ignores all updates. */
	Progress NONE = fraction -> {};

	/**
	 * @param fraction of the work that is done, 0..1
	 * @throws java.util.concurrent.CancellationException to stop the work without a result
	 */
	void reached(double fraction);
}
