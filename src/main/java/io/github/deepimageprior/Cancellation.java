package io.github.deepimageprior;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Ends a computation early. There are two ways: to <em>stop</em> keeps the result so far, to <em>cancel</em> discards
 * it. Both may be called from any thread and take effect within the time of one step. One instance serves one
 * computation, which may consist of many fits.
 */
public final class Cancellation {

	private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
	private volatile boolean requested, cancelled;

	/** Requests an early end that keeps the result so far. */
	public void stop() {
		requested = true;
		watchers.forEach(Runnable::run);
	}

	/** Requests an early end without a result. */
	public void cancel() {
		cancelled = true;
		stop();
	}

	/**
	 * To be called on the computing thread, whose interruption counts as a cancel.
	 *
	 * @return whether a stop or a cancel was requested
	 */
	public boolean isRequested() {
		return isCancelled() || requested;
	}

	/**
	 * To be called on the computing thread, whose interruption counts as a cancel.
	 *
	 * @return whether the result is to be discarded
	 */
	public boolean isCancelled() {
		if (Thread.interrupted()) cancel();
		return cancelled;
	}

	/** @throws CancellationException if the result is to be discarded */
	public void requireNotCancelled() {
		if (isCancelled()) throw new CancellationException("The computation was cancelled");
	}

	/**
	 * Watches for a stop or a cancel.
	 *
	 * @param watcher runs when an early end is requested, immediately if that has already happened; possibly more than
	 *        once
	 * @return ends the watch when it is closed
	 */
	public Watch watch(final Runnable watcher) {
		watchers.add(watcher);
		if (requested) watcher.run();
		return () -> watchers.remove(watcher);
	}

	/** A watch, which ends when it is closed. */
	public interface Watch extends AutoCloseable {

		@Override
		void close();
	}
}
