package io.github.deepimageprior.spark;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.apache.spark.api.java.JavaSparkContext;

/**
 * Does many independent pieces of work on Spark's executors, one task each. Pieces are taken as they are needed, a
 * batch for a Spark job at a time, so that neither the driver nor Spark's scheduler ever holds a million of them. Spark
 * tries a task again whose executor was lost; a piece that has failed as often as {@code spark.task.maxFailures} allows
 * is given up, and the others go on.
 *
 * @param <T> a piece
 * @param <R> its result; both are serialised by Java
 */
final class Pieces<T, R> {

	/** What an executor does with a piece, in the executor's process. An exception of its is a failed task. */
	@FunctionalInterface
	interface Work<T, R> extends Serializable {

		R of(T piece);
	}

	/** Receives what becomes of the pieces, on the thread of {@link Pieces#run}: each of them once. */
	interface Results<T, R> {

		/** A piece is done. */
		void done(T piece, R result);

		/** A piece was given up, and why: one sentence. */
		void lost(T piece, String problem);
	}

	/** Least pieces that are outstanding, since every job costs a little, and most pieces of a job. */
	private static final int LEAST = 64, BATCH = 1000;

	private static final int POLL_MILLISECONDS = 200;

	private final JavaSparkContext spark;
	private final Work<T, R> work;
	private final Results<T, R> results;
	private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
	private final Queue<T> again = new ArrayDeque<>(); // of jobs that failed; each in a job of its own
	private final Set<Batch<T, R>> running = ConcurrentHashMap.newKeySet();
	private int outstanding;
	private boolean cancelled;

	Pieces(final JavaSparkContext spark, final Work<T, R> work, final Results<T, R> results) {
		this.spark = spark;
		this.work = work;
		this.results = results;
	}

	/** @return how many tasks Spark runs at once */
	static int slots(final JavaSparkContext spark) {
		return Math.max(1, spark.defaultParallelism() / spark.getConf().getInt("spark.task.cpus", 1));
	}

	/**
	 * Does all pieces and returns when they are done, or after a stop or a cancel, which end those that are not done.
	 *
	 * @throws DipException if the executors cannot work at all, or Spark has ended the application
	 */
	void run(final Iterator<T> pieces, final Cancellation cancellation) {
		spark.setLocalProperty("spark.job.interruptOnCancel", "true");
		try {
			while (!cancellation.isRequested()) {
				submit(pieces, Math.max(LEAST, 2 * slots(spark)));
				if (outstanding == 0) return;
				final Runnable event = events.poll(POLL_MILLISECONDS, TimeUnit.MILLISECONDS);
				if (event != null) event.run();
			}
			cancelled = true;
			events.forEach(Runnable::run); // what was done before
		}
		catch (final InterruptedException now) {
			cancellation.cancel();
		}
		finally {
			running.forEach(Batch::cancel);
		}
	}

	/** Keeps so many pieces outstanding, so that no executor waits for the last pieces of a batch. */
	private void submit(final Iterator<T> pieces, final int most) {
		while (outstanding < most && !again.isEmpty()) submit(List.of(again.remove()));
		while (outstanding < most && pieces.hasNext()) {
			final List<T> batch = new ArrayList<>();
			while (batch.size() < Math.min(BATCH, (most + 1) / 2) && pieces.hasNext()) batch.add(pieces.next());
			submit(batch);
		}
	}

	private void submit(final List<T> pieces) {
		requireSpark(null);
		final Batch<T, R> batch = new Batch<>(pieces);
		outstanding += pieces.size();
		running.add(batch);
		batch.start(spark, work, (index, result) -> events.add(() -> done(batch, index, result)),
			problem -> events.add(() -> ended(batch, problem)));
	}

	private void done(final Batch<T, R> batch, final int index, final R result) {
		outstanding--;
		results.done(batch.take(index), result);
	}

	/** @param problem null if the job went well */
	private void ended(final Batch<T, R> batch, final Throwable problem) {
		running.remove(batch);
		final List<T> left = batch.left();
		outstanding -= left.size();
		if (problem == null || cancelled) return;
		for (Throwable cause = problem; cause != null; cause = cause.getCause())
			if (cause instanceof DipException) throw new DipException("On an executor: " + cause.getMessage(), problem);
		requireSpark(problem);
		if (batch.size() > 1) again.addAll(left);
		else
			left.forEach(piece -> results.lost(piece,
				DipException.oneLine("Spark gave it up: " + Objects
					.requireNonNullElse(problem.getMessage(), problem.toString()).lines().findFirst().orElse(""))
					+ "."));
	}

	private void requireSpark(final Throwable problem) {
		if (spark.sc().isStopped())
			throw new DipException(
				"Spark has ended the application: start the same command again, which goes on from where it was.",
				problem);
	}
}
