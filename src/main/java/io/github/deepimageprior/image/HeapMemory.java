package io.github.deepimageprior.image;

import io.github.deepimageprior.DipException;

/** Whether ImageJ's own memory, the Java heap, holds what a command makes. */
public final class HeapMemory {

	/** What copies of a picture in floats take while it is fitted, for each value. */
	private static final long WORK_BYTES = 24;

	/** A heap that is nearly full spends its time on collecting garbage. */
	private static final double HEAP_MARGIN = 1.3;

	private HeapMemory() {}

	/**
	 * Looks before the start whether the memory holds the results.
	 *
	 * @param image what they are made of
	 * @param points how many results there will be of every picture
	 * @throws DipException if it does not
	 */
	public static void require(final ImageSource image, final int points) {
		require(image, points, 0);
	}

	/**
	 * As {@link #require(ImageSource, int)}.
	 *
	 * @param more bytes that are taken beside it for every pixel of the region, of every result
	 */
	public static void require(final ImageSource image, final int points, final int more) {
		final long pixels = (long) image.stack.getWidth() * image.stack.getHeight(),
			pictures = (long) image.count() * points;
		final long results = (pixels * image.bytesPerPixel * image.planes
			+ (long) more * image.width() * image.height()) * pictures,
			work = WORK_BYTES * image.width() * image.height() * image.channels();
		final long needed = (long) (HEAP_MARGIN * results) + work;
		if (needed > freeHeap()) System.gc(); // what is no longer used counts as free
		final long free = freeHeap();
		if (needed > free)
			throw DipException.tooLittleMemory(
				"A result of " + (pictures > 1 ? pictures + " pictures, each " : "") + image.stack.getWidth() + "x"
					+ image.stack.getHeight() + " pixels,",
				needed, "ImageJ's own memory", free, (points > 2 ? "choose fewer steps, " : "")
					+ "duplicate a part of the image, close other images, or raise Edit > Options > Memory & Threads");
	}

	private static long freeHeap() {
		final Runtime java = Runtime.getRuntime();
		return java.maxMemory() - (java.totalMemory() - java.freeMemory());
	}
}
