package io.github.deepimageprior.image;

import io.github.deepimageprior.DipException;

/** Checks before a command starts whether ImageJ's memory, the Java heap, can hold its results. */
public final class HeapMemory {

	/** Bytes of 32-bit copies of a picture while it is processed, for each value. */
	private static final long WORK_BYTES = 24;

	/** A heap that is nearly full spends its time on garbage collection. */
	private static final double HEAP_MARGIN = 1.3;

	private HeapMemory() {}

	/**
	 * @param image the image that results are made of
	 * @param results how many results of the image's type there will be of every picture
	 * @throws DipException if the free memory cannot hold them
	 */
	public static void require(final ImageSource image, final int results) {
		require(image, results, 0, 1);
	}

	/**
	 * As {@link #require(ImageSource, int)}.
	 *
	 * @param more bytes that every result takes in addition, for each pixel of the region
	 * @param factor by which pictures are enlarged
	 */
	public static void require(final ImageSource image, final int results, final int more, final int factor) {
		require(image, results, more, factor, 0, 1);
	}

	/**
	 * As {@link #require(ImageSource, int, int, int)}.
	 *
	 * @param work bytes that a picture takes in addition while it is processed, for each pixel of the region
	 * @param atOnce how many pictures are processed at once, if there are as many
	 */
	public static void require(final ImageSource image, final int results, final int more, final int factor,
		final int work, final int atOnce)
	{
		final PixelStack pixels = image.pixels();
		final long area = (long) image.width() * image.height(), pictures = (long) image.count() * results;
		final long perPicture = (long) pixels.width() * pixels.height() * pixels.pixelBytes() + more * area;
		final long kept = (long) (HEAP_MARGIN * (perPicture * pictures)),
			one = (WORK_BYTES * factor * factor * image.channels() + work) * area,
			needed = kept + one * Math.min(atOnce, image.count());
		if (needed > freeHeap()) System.gc(); // unused objects count as free
		final long free = freeHeap();
		if (needed > free)
			throw DipException.tooLittleMemory(
				"A result of " + (pictures > 1 ? pictures + " images of " : "")
					+ (factor > 1 ? factor * image.width() + "x" + factor * image.height()
						: pixels.width() + "x" + pixels.height())
					+ " pixels",
				needed, "ImageJ's memory (the Java heap)", free,
				(results > 2 ? "choose fewer steps, " : "")
					+ (needed > kept + one && kept + one <= free ? "choose fewer threads in DIP Engine, " : "")
					+ "duplicate a part of the image, close other images, or increase the limit under Edit > Options > "
					+ "Memory & Threads");
	}

	private static long freeHeap() {
		final Runtime java = Runtime.getRuntime();
		return java.maxMemory() - (java.totalMemory() - java.freeMemory());
	}
}
