package io.github.deepimageprior.engine;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starts libtorch for a user who waits: the first time it has to be unpacked, which can take a minute. */
public final class EngineStart {

	/** Time between two looks, in milliseconds. */
	private static final int LOOK_EVERY = 200;

	private EngineStart() {}

	/** Receives news of the start, on the thread that waits for it. */
	@FunctionalInterface
	public interface Listener {

		/**
		 * @param done bytes that are unpacked
		 * @param all bytes to unpack; 0 if libtorch is only loaded
		 */
		void unpacked(long done, long all);
	}

	/**
	 * Loads libtorch if it is not loaded yet, and waits until it is.
	 *
	 * @param listener is told several times a second how far the start is
	 * @param cancellation a stop or a cancel ends the wait; the start goes on, so that the next one finds it done
	 * @throws DipException if libtorch cannot be loaded
	 * @throws CancellationException after a stop or a cancel
	 */
	public static void await(final Listener listener, final Cancellation cancellation) {
		if (Torch.isRunning()) return;
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
			if (cancellation.isRequested()) cancellation.cancel(); // there is no result yet to keep
			cancellation.requireNotCancelled();
			listener.unpacked(unpacking.done(), unpacking.all());
		}
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
