package io.github.deepimageprior.study;

/** Measures how long work takes that a study does many times. */
final class Trial {

	private Trial() {}

	/** @return seconds of the second of two runs: the first one also does what is slow only once */
	static double seconds(final Runnable work) {
		work.run();
		final long start = System.nanoTime();
		work.run();
		return (System.nanoTime() - start) / 1e9;
	}
}
