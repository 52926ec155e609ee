package io.github.deepimageprior.engine;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;

import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Starts libtorch for a user who waits: the first time it has to be unpacked, which can take a minute, and later a
 * model that was cancelled may still be computing.
 */
public final class EngineStart {

	/** Time between two looks, in milliseconds. */
	private static final int LOOK_EVERY = 200;

	private EngineStart() {}

	/** Receives news, on the thread that waits. */
	@FunctionalInterface
	public interface Listener {

		/**
		 * @param fraction of what can be measured, 0..1
		 * @param what goes on, in words
		 */
		void progress(double fraction, String what);
	}

	/**
	 * Loads libtorch if it is not loaded yet, and waits until it is; waits some seconds for a call that was given up.
	 *
	 * @param listener is told several times a second what goes on
	 * @param cancellation a stop or a cancel ends the wait; the start goes on, so that the next one finds it done
	 * @throws DipException if libtorch cannot be loaded
	 * @throws CancellationException after a stop or a cancel
	 */
	public static void await(final Listener listener, final Cancellation cancellation) {
		if (!Torch.isRunning()) load(listener, cancellation);
		while (ModuleCall.isWaitedFor()) {
			listener.progress(0, "waiting for the end of a model that was cancelled");
			pause(cancellation);
		}
	}

	private static void load(final Listener listener, final Cancellation cancellation) {
		RequiredJars.check();
		final Unpacking unpacking = Unpacking.next();
		final CompletableFuture<Void> started = new CompletableFuture<>();
		final Thread start = new Thread(() -> {
			try {
				Torch.start();
				started.complete(null);
			}
			catch (final Throwable problem) {
				started.completeExceptionally(problem);
			}
		}, "start of libtorch");
		start.setDaemon(true);
		start.start();
		while (!isThere(started)) {
			requireWanted(cancellation);
			if (unpacking.all() == 0) listener.progress(0, "loading");
			else
				listener.progress((double) unpacking.done() / unpacking.all(),
					String.format(Locale.ROOT, "unpacking (only the first time), %.0f of %.0f MB",
						unpacking.done() / 1e6, unpacking.all() / 1e6));
		}
	}

	private static void pause(final Cancellation cancellation) {
		try {
			Thread.sleep(LOOK_EVERY);
		}
		catch (final InterruptedException cancelled) {
			Thread.currentThread().interrupt(); // counts as a cancel
		}
		requireWanted(cancellation);
	}

	private static void requireWanted(final Cancellation cancellation) {
		if (cancellation.isRequested()) cancellation.cancel(); // there is no result yet to keep
		cancellation.requireNotCancelled();
	}

	/** @return whether libtorch is there, after a short wait */
	private static boolean isThere(final CompletableFuture<Void> started) {
		try {
			started.get(LOOK_EVERY, TimeUnit.MILLISECONDS);
			return true;
		}
		catch (final TimeoutException goesOn) {
			return false;
		}
		catch (final InterruptedException cancelled) {
			Thread.currentThread().interrupt(); // counts as a cancel
			return false;
		}
		catch (final ExecutionException failed) {
			throw Torch.unchecked(failed.getCause());
		}
	}
}
