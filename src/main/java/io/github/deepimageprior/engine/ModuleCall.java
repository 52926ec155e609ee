package io.github.deepimageprior.engine;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Work on libtorch's thread. Some of it calls a user's module, which may never return, and libtorch has no means to end
 * it: after a cancel, such a call is given up.
 */
final class ModuleCall<T> implements Callable<T> {

	private static final int POLL_MS = 100;

	/** How long a call may go on after a cancel. */
	private static final long GRACE_NS = 2_000_000_000L;

	/** How long the next command waits for such a call, counted from the cancel: most are only slow. */
	private static final long PATIENCE_NS = 20_000_000_000L;

	/** The call that was given up last; null if none was. */
	private static volatile ModuleCall<?> givenUp;

	private final String module; // null for work of this plugin's own
	private final Cancellation cancellation;
	private final Callable<T> work;
	private volatile boolean begun, ended;
	private volatile long cancelled; // when; 0 for never

	/**
	 * @param module name of the user's module; null if the work calls none
	 * @param cancellation of the computation that needs the result; null if the work calls no user's module
	 */
	ModuleCall(final String module, final Cancellation cancellation, final Callable<T> work) {
		this.module = module;
		this.cancellation = cancellation;
		this.work = work;
	}

	@Override
	public T call() throws Exception {
		begun = true;
		try {
			return work.call();
		}
		finally {
			ended = true;
		}
	}

	/** @return whether libtorch's thread is inside a call that was given up */
	static boolean isBusy() {
		return running() != null;
	}

	/** @return the call that was given up and has not ended; null for none */
	private static ModuleCall<?> running() {
		final ModuleCall<?> last = givenUp;
		return last == null || last.ended ? null : last;
	}

	/** @return whether it is, and the call may still be expected to end */
	static boolean isWaitedFor() {
		final ModuleCall<?> last = running();
		return last != null && System.nanoTime() - last.cancelled < PATIENCE_NS;
	}

	/** @throws DipException if libtorch's thread is inside a call that was given up */
	static void requireFree() {
		requireFree(null);
	}

	/** @param waiting what is cancelled before the exception is thrown, since nobody will take its result */
	private static void requireFree(final Future<?> waiting) {
		final ModuleCall<?> last = running();
		if (last == null) return;
		if (waiting != null) waiting.cancel(false);
		throw new DipException("libtorch is still busy with the model " + last.module
			+ ", which did not return after a cancel: try again in a minute; if it never returns, only a restart of "
			+ "ImageJ ends it.");
	}

	/**
	 * Waits for the result. An interruption does not end the wait, except as a cancel of a call of a user's module.
	 *
	 * @param running this call, as libtorch's thread does it
	 * @throws CancellationException if the call was given up
	 * @throws DipException if libtorch's thread is inside another call that was given up
	 */
	T await(final Future<T> running) throws ExecutionException {
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return running.get(POLL_MS, TimeUnit.MILLISECONDS);
				}
				catch (final InterruptedException later) {
					interrupted = true;
					if (cancellation != null) cancellation.cancel();
				}
				catch (final TimeoutException goesOn) {
					if (givenUp != this) requireFree(running);
					if (cancellation == null || !cancellation.isCancelled()) continue;
					if (cancelled == 0) cancelled = System.nanoTime();
					if (System.nanoTime() - cancelled > GRACE_NS) giveUp(running);
				}
			}
		}
		finally {
			if (interrupted) Thread.currentThread().interrupt();
		}
	}

	private void giveUp(final Future<T> running) {
		if (begun) givenUp = this;
		else running.cancel(false);
		throw new CancellationException("The model " + module + " did not return");
	}
}
