package io.github.deepimageprior.engine;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Runs several pieces of work in parallel, each on one CPU core. For small pictures this is faster than one run after
 * the other on all cores. {@link #run} does so on threads of its own, {@link #here} on the caller's threads.
 */
public final class ParallelRuns {

	private static final String NO_THREAD = "The system cannot start more threads: close other programs, or let a user "
		+ "have more of them (on Linux, ulimit -u).";

	private ParallelRuns() {}

	/**
	 * @return whether the calling thread is inside {@link #run} with several pieces at once, where the caller is
	 *         responsible for the memory of all runs together ({@link AtOnce}), so that a single run need not check
	 *         what is left
	 */
	public static boolean isMemoryChecked() {
		return Lane.isMemoryChecked() || Crew.here() != null;
	}

	/** As {@link #run(List, AtOnce, Cancellation)}, on a CPU without joint steps. */
	public static <T> List<T> run(final List<Callable<T>> work, final int lanes, final Cancellation cancellation) {
		return run(work, new AtOnce(Math.max(1, lanes), 1, false), cancellation);
	}

	/**
	 * Does several pieces of work and waits for all of them. With more than one at once on a CPU, {@link Torch#compute}
	 * within a piece computes on the piece's own thread.
	 *
	 * @param work the pieces, in the order in which they start
	 * @param atOnce how many at once; with one that is not filled they run one after the other on the calling thread
	 *        and use all cores
	 * @param cancellation is cancelled if a piece fails or the calling thread is interrupted
	 * @return the result of each piece, in their order
	 * @throws CancellationException if the pieces were cancelled
	 * @throws DipException if the system cannot start as many threads; then no piece has begun
	 */
	public static <T> List<T> run(final List<Callable<T>> work, final AtOnce atOnce, final Cancellation cancellation) {
		return run(work, atOnce, cancellation, Thread::new);
	}

	/** As above, on threads of a factory. */
	static <T> List<T> run(final List<Callable<T>> work, final AtOnce atOnce, final Cancellation cancellation,
		final ThreadFactory threads)
	{
		if (atOnce.isOneByOne(work.size())) return work.stream().map(Torch::here).toList();
		Torch.start();
		final List<FutureTask<T>> pieces = work.stream()
			.map(piece -> atOnce.gpu() ? piece : (Callable<T>) () -> Lane.call(true, 1, piece))
			.map(piece -> new FutureTask<>(endingAll(piece, cancellation))).toList();
		final AtomicInteger shared = new AtomicInteger();
		final int lanes = Math.min(atOnce.lanes(), work.size());
		final CompletableFuture<Void> complete = new CompletableFuture<>(); // a crew waits for all its members
		try {
			for (int lane = 0; lane < lanes; lane++) {
				final int first = lane;
				final Crew crew = new Crew(atOnce.together(), atOnce.filled());
				// Where rounding depends on who takes steps together, this must not depend on time.
				final boolean any = atOnce.together() == 1 || atOnce.filled();
				final List<FutureTask<T>> its = any ? pieces
					: IntStream.range(0, pieces.size()).filter(i -> i % lanes == first).mapToObj(pieces::get).toList();
				final AtomicInteger next = any ? shared : new AtomicInteger();
				for (int member = 0; member < atOnce.together(); member++)
					start(threads, complete, () -> crew.serve(its, next));
			}
		}
		catch (final OutOfMemoryError noThread) {
			pieces.forEach(piece -> piece.cancel(false));
			throw new DipException(NO_THREAD, noThread);
		}
		finally {
			complete.complete(null);
		}
		return results(pieces, cancellation);
	}

	/** A failure ends the others at once, not when it is their turn to be waited for. */
	private static <T> Callable<T> endingAll(final Callable<T> piece, final Cancellation cancellation) {
		return () -> {
			try {
				return piece.call();
			}
			catch (final Exception | Error failed) {
				cancellation.cancel();
				throw failed;
			}
		};
	}

	/** @param complete when all threads have been started, so that they may begin */
	private static void start(final ThreadFactory threads, final CompletableFuture<?> complete, final Runnable work) {
		final Thread thread = threads.newThread(() -> {
			complete.join();
			work.run();
		});
		thread.setName("libtorch lane");
		thread.setDaemon(true);
		thread.start();
	}

	private static <T> List<T> results(final List<? extends Future<T>> running, final Cancellation cancellation) {
		final List<T> results = new ArrayList<>();
		Throwable problem = null;
		for (final Future<T> one : running) {
			for (boolean done = false; !done;) {
				try {
					results.add(one.get());
					done = true;
				}
				catch (final InterruptedException now) {
					cancellation.cancel();
				}
				catch (final ExecutionException failed) {
					done = true;
					// The first failure, rather than the cancellations that follow from it.
					if (problem == null || problem instanceof CancellationException) problem = failed.getCause();
				}
			}
		}
		if (problem != null) throw Torch.unchecked(problem);
		return results;
	}

	/**
	 * Does work on the calling thread and on one core. It is meant for threads that others manage, such as those of an
	 * executor on a cluster: any number of threads may be inside this method at once, and each computes by itself,
	 * instead of taking turns on libtorch's own thread. Within the work {@link Torch#compute} computes on the calling
	 * thread, and {@link Torch#threads()} is 1; a fit gives the same bits as in {@link #run}. Calls may be nested.
	 * <p>
	 * Afterwards the thread has as many threads for libtorch's operators as before. If the process ends meanwhile, the
	 * thread is interrupted, which cancels a fit after its current step.
	 * <p>
	 * A fit inside this method checks at its start whether there is enough memory, like any other, since no other code
	 * has checked it. Fits that start at the same moment do not know of each other: for large pictures use no more
	 * threads than {@link AtOnce#of} recommends.
	 *
	 * @param work what to do
	 * @return the result of the work
	 * @throws io.github.deepimageprior.DipException if libtorch cannot be loaded or runs out of memory
	 * @throws CancellationException if the process is about to end
	 * @throws RuntimeException as the work throws it; a checked exception as the cause of an
	 *         {@link IllegalStateException}
	 */
	public static <T> T here(final Callable<T> work) {
		return here(1, work);
	}

	/**
	 * As {@link #here(Callable)}, but on several cores: {@link Torch#threads()} is their number. With another number a
	 * fit gives other rounding errors.
	 *
	 * @param cores at least 1
	 */
	public static <T> T here(final int cores, final Callable<T> work) {
		Torch.start();
		return Torch.here(() -> Lane.call(false, cores, work));
	}
}
