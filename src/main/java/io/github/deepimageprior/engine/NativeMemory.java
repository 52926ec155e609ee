package io.github.deepimageprior.engine;

/**
 * Memory outside the Java heap. While an instance is open, glibc keeps what libtorch frees instead of giving it back to
 * the system and asking for it again, page by page, at every step of a loop; the last one to close gives it back and
 * leaves the thresholds that glibc itself reaches in a process that uses large blocks. A loop that needs much has its
 * large blocks given back all the same: glibc's heaps would keep up to a quarter more than is in use, and to ask for
 * them again takes an eighth of such a loop's time at most. Elsewhere than on glibc it does nothing.
 */
public final class NativeMemory implements AutoCloseable {

	// Parameters of mallopt(3).
	private static final int M_TRIM_THRESHOLD = -1, M_MMAP_THRESHOLD = -3;
	private static final int KEEP = 1 << 30, LARGEST = 32 << 20; // the second is the most that older versions take
	private static final int MUCH = 1 << 30, LARGE = 14 << 20;

	private static int open, openLarge;

	private final boolean large;

	private NativeMemory(final boolean large) {
		this.large = large;
	}

	/**
	 * @param needed bytes that the loop takes at its peak, from an estimate
	 * @return what must be closed when the loop has ended
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
