package io.github.deepimageprior.engine;

/**
 * Memory outside the Java heap. While an instance is open, glibc keeps memory that libtorch frees, instead of returning
 * it to the system and requesting it again, page by page, at every step of a loop. When the last instance is closed,
 * the memory is returned, and glibc has the thresholds that it would reach by itself in a process that uses large
 * blocks.
 * <p>
 * For a loop that needs much memory, large blocks are returned all the same: glibc's heaps would keep up to a quarter
 * more than is in use, and requesting the blocks again takes at most an eighth of such a loop's time. Without glibc
 * nothing happens.
 */
public final class NativeMemory implements AutoCloseable {

	// Parameters of mallopt(3).
	private static final int M_TRIM_THRESHOLD = -1, M_MMAP_THRESHOLD = -3;
	private static final int KEEP = 1 << 30, LARGEST = 32 << 20; // the latter is the maximum of older versions
	private static final int MUCH = 1 << 30, LARGE = 14 << 20;

	private static int open, openLarge;

	private final boolean large;

	private NativeMemory(final boolean large) {
		this.large = large;
	}

	/**
	 * @param needed bytes that the loop uses at its peak, from an estimate
	 * @return to be closed at the end of the loop
	 */
	public static synchronized NativeMemory keep(final long needed) {
		final NativeMemory memory = new NativeMemory(needed > MUCH);
		open++;
		if (memory.large) openLarge++;
		setThresholds();
		return memory;
	}

	@Override
	public void close() {
		synchronized (NativeMemory.class) {
			open--;
			if (large) openLarge--;
			setThresholds();
			if (open == 0) Libc.call("malloc_trim", 0);
		}
	}

	private static void setThresholds() {
		final int threshold = open == 0 ? LARGEST : openLarge > 0 ? LARGE : KEEP;
		if (Libc.call("mallopt", M_MMAP_THRESHOLD, threshold) == 0) Libc.call("mallopt", M_MMAP_THRESHOLD, LARGEST);
		Libc.call("mallopt", M_TRIM_THRESHOLD, open == 0 ? 2 * LARGEST : KEEP);
	}
}
