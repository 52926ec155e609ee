package io.github.deepimageprior.spark;

/** Prints progress, not more often than every ten seconds. */
final class Ticker {

	private static final long PAUSE = 10_000_000_000L;

	private long last = System.nanoTime();

	void say(final String sentence) {
		if (System.nanoTime() - last < PAUSE) return;
		last = System.nanoTime();
		Application.say(sentence);
	}
}
