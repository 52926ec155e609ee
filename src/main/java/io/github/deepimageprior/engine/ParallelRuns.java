package io.github.deepimageprior.engine;

import ai.djl.pytorch.jni.JniUtils;

import io.github.deepimageprior.Cancellation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Work side by side, each piece on one core: faster than one after the other on all cores wherever a piece is small.
 */
public final class ParallelRuns {

	private static final Set<ExecutorService> RUNNING = ConcurrentHashMap.newKeySet();

	private ParallelRuns() {}

	/** A thread that calls libtorch itself, without a team of workers. */
	private static final class Lane extends Thread {

		Lane(final Runnable work) {
			super(work, "libtorch lane");
			setDaemon(true);
		}
	}

	/** @return whether the calling thread is one of those that work side by side */
	public static boolean isLane() {
		return Thread.currentThread() instanceof Lane;
	}

	/**
	 * @param pieces of work
	 * @param bytes outside the Java heap that each of them takes
	 * @param device where they compute
	 * @return how many to do at once: on a GPU one; on a CPU one for each core, if the memory holds them
	 */
	public static int count(final int pieces, final long bytes, final String device) {
		if (pieces == 1 || Torch.device(device).isGpu()) return 1;
		final double share = 0.8 * AvailableMemory.on(Torch.device(device)) / bytes;
		return (int) Math.max(1, Math.min(Math.min(pieces, Torch.threads()), share));
	}

	/**
	 * Does several pieces of work; within them {@link Torch#compute} computes on the same thread.
	 *
	 * @param work the pieces, in the order in which they begin
	 * @param lanes how many at once; if it is one, they are done one after the other on all cores
	 * @param cancellation is cancelled if one of them fails, or if the calling thread is interrupted
	 * @return what each has given
	 */
	public static <T> List<T> run(final List<Callable<T>> work, final int lanes, final Cancellation cancellation) {
		if (lanes < 2 || work.size() < 2) return work.stream().map(Torch::here).toList();
		final int threads = Torch.threads();
		final ExecutorService pool = Executors.newFixedThreadPool(Math.min(lanes, work.size()), Lane::new);
		RUNNING.add(pool);
		try {
			return results(work.stream().map(piece -> pool.submit(() -> {
				JniUtils.setNumThreads(1); // belongs to the thread
				return piece.call();
			})).toList(), cancellation);
		}
		finally {
			pool.shutdown();
			RUNNING.remove(pool);
			Torch.setThreads(threads); // for threads that libtorch has not seen yet
		}
	}

	private static <T> List<T> results(final List<Future<T>> running, final Cancellation cancellation) {
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
					if (problem == null || problem instanceof CancellationException) problem = failed.getCause(); // not
																													 // what
																													 // followed
																													 // from
																													 // it
					cancellation.cancel();
				}
			}
		}
		if (problem != null) throw Torch.unchecked(problem);
		return results;
	}

	/** Ends all that runs, before the process does. */
	static void end() throws InterruptedException {
		final List<ExecutorService> pools = List.copyOf(RUNNING);
		pools.forEach(ExecutorService::shutdownNow); // the interruption cancels a fit after its step
		for (final ExecutorService pool : pools) pool.awaitTermination(30, TimeUnit.SECONDS);
	}
}
