package io.github.deepimageprior.measure;

/**
 * McNemar's exact test (1947) for two methods that were tried on the same pictures: are they right equally often? Only
 * the pictures on which they differ count; if the methods are equally good, each of the two is the right one with a
 * probability of one half.
 */
public final class McNemar {

	private McNemar() {}

	/**
	 * @param onlyFirst number of pictures on which only the first method is right
	 * @param onlySecond number of pictures on which only the second method is right
	 * @return the two-sided p-value: how probable a difference at least as large is if the methods are equally good; 1
	 *         if they differ on no picture
	 */
	public static double exact(final int onlyFirst, final int onlySecond) {
		final int n = onlyFirst + onlySecond, least = Math.min(onlyFirst, onlySecond);
		double tail = 0;
		double logTerm = -n * Math.log(2); // of C(n, i) / 2^n, which itself may be too small for a double
		for (int i = 0; i <= least; i++) {
			tail += Math.exp(logTerm);
			logTerm += Math.log((double) (n - i) / (i + 1));
		}
		return Math.min(1, 2 * tail);
	}
}
