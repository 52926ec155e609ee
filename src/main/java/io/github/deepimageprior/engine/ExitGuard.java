package io.github.deepimageprior.engine;

/**
 * On Linux, ends the process at once when C's {@code exit} is called, with the same exit code. Xlib does so when the
 * display is taken away: at a logout, or when the X server ends. Java's shutdown hooks, which wait for running
 * computations, are not called then, and the destructors of libtorch's libraries would free what its threads are using:
 * the process would abort. What is registered last is called first, so libraries that are loaded, or used for the first
 * time, after the last {@link #renew} come before it.
 */
final class ExitGuard {

	/** Every registration takes 32 bytes until the end of the process. */
	private static final long INTERVAL_NS = 1_000_000_000L;

	private static boolean registered;
	private static long last;

	private ExitGuard() {}

	/** Puts it before all destructors that are registered by now. Does nothing if it did so within the last second. */
	static synchronized void renew() {
		final long now = System.nanoTime();
		if (registered && now - last < INTERVAL_NS) return;
		registered = true;
		last = now;
		final Object exit = Libc.function("_exit");
		if (exit != null) Libc.call("on_exit", exit, null); // which calls it with the exit code
	}
}
