package io.github.deepimageprior;

/** Is told how far a computation is. */
@FunctionalInterface
public interface Progress {

	/** Is told and does nothing. */
	Progress NONE = fraction -> {};

	/**
	 * @param fraction of the work that is done, 0..1
	 * @throws java.util.concurrent.CancellationException to end the work without a result
	 */
	void reached(double fraction);
}
