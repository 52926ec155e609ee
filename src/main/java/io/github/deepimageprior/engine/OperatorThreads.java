package io.github.deepimageprior.engine;

import ai.djl.pytorch.jni.JniUtils;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * The number of threads that libtorch's operators use on the CPU. libtorch keeps one number for every thread that calls
 * it. A thread that calls it for the first time gets the number that any thread has set last.
 */
final class OperatorThreads {

	private static final Executor NEW_THREAD = work -> new Thread(work, "libtorch threads").start();

	/** libtorch's own number, which depends on the machine; 0 as long as it is not known. */
	private static volatile int automatic;

	/** The number that a user prefers; 0 for libtorch's own. */
	private static volatile int preferred;

	private OperatorThreads() {}

	/** Gives libtorch's own thread its number, before any other thread calls libtorch. */
	static synchronized void begin() {
		automatic = get();
		if (preferred > 0) set(preferred);
	}

	/**
	 * @param threads 0 for libtorch's own number
	 * @return whether that is a new preference
	 */
	static synchronized boolean prefer(final int threads) {
		final boolean isNew = threads != preferred;
		preferred = threads;
		return isNew;
	}

	/** @return whether the number is the one that libtorch itself would choose for this machine */
	static boolean isAutomatic() {
		return get() == automatic;
	}

	/** Gives the calling thread the preferred number. */
	static void setPreferred() {
		set(preferred > 0 ? preferred : automatic);
	}

	/** @return the calling thread's number */
	static int get() {
		return JniUtils.getNumThreads();
	}

	/** Sets the number of the calling thread, and that of threads that call libtorch for the first time. */
	static synchronized void set(final int threads) {
		JniUtils.setNumThreads(threads);
	}

	/**
	 * Does work on the calling thread with another number of threads; with 1, its operators use the calling thread
	 * alone. Afterwards the thread has its former number; other threads keep theirs throughout.
	 */
	static <T> T with(final int threads, final Callable<T> work) throws Exception {
		final int before = setHereOnly(threads);
		try {
			return work.call();
		}
		finally {
			setHereOnly(before);
		}
	}

	/**
	 * The number for new threads can be read and changed only on a thread that has never called libtorch.
	 *
	 * @return the calling thread's former number
	 */
	private static synchronized int setHereOnly(final int threads) {
		final int forNewThreads = onNewThread(JniUtils::getNumThreads), before = JniUtils.getNumThreads();
		JniUtils.setNumThreads(threads);
		onNewThread(() -> {
			JniUtils.setNumThreads(forNewThreads);
			return null;
		});
		return before;
	}

	private static <T> T onNewThread(final Supplier<T> call) {
		return CompletableFuture.supplyAsync(call, NEW_THREAD).join(); // an interruption does not end this wait
	}
}
