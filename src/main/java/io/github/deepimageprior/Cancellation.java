package io.github.deepimageprior;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Ends a computation early, from any thread and within one step's time. Two verbs: to <em>stop</em> keeps what there
 * is, to <em>cancel</em> discards it. One instance serves one computation, which may consist of many fits.
 */
public final class Cancellation {

	private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
	private volatile boolean requested, cancelled;

	/** Asks for an early end with what there is. */
	public void stop() {
		requested = true;
		watchers.forEach(Runnable::run);
	}

	/** Asks for an early end without a result. */
	public void cancel() {
		cancelled = true;
		stop();
	}

	/** @return whether an early end was asked for; for the computing thread, whose interruption counts as a cancel */
	public boolean isRequested() {
		return isCancelled() || requested;
	}

	/**
	 * @return whether the result is to be discarded; for the computing thread, whose interruption counts as a cancel
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
	 * @param watcher runs when an end is asked for, at once if that has happened already; possibly more than once
	 * @return ends the watch
	 */
	public Watch watch(final Runnable watcher) {
		watchers.add(watcher);
		if (requested) watcher.run();
		return () -> watchers.remove(watcher);
	}

	/** What ends a watch when it is closed. */
	public interface Watch extends AutoCloseable {

		@Override
		void close();
	}
}
