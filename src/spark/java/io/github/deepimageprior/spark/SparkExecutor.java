package io.github.deepimageprior.spark;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.data.Encoding;
import io.github.deepimageprior.study.Executor;
import io.github.deepimageprior.study.Outcome;
import io.github.deepimageprior.study.Settings;
import io.github.deepimageprior.study.WorkItem;
import io.github.deepimageprior.study.Worker;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

import org.apache.spark.api.java.JavaSparkContext;

/**
 * Computes the items of a study on Spark's executors, with the same rows as
 * {@link io.github.deepimageprior.study.Lanes} give. The driver reads the pictures and receives the outcomes, so
 * executors need no disk that all of them share.
 */
final class SparkExecutor implements Executor {

	private final JavaSparkContext spark;

	/** @throws DipException if the executors do not have the memory for items that need so many bytes each */
	SparkExecutor(final JavaSparkContext spark, final long bytes) {
		this.spark = spark;
		new ExecutorMemory(spark).require(bytes);
	}

	/**
	 * An item with its picture.
	 *
	 * @param png the picture as the study uses it
	 */
	private record Task(WorkItem item, byte[] png) implements Serializable {}

	@Override
	public int lanes() {
		return Pieces.slots(spark);
	}

	@Override
	public void run(final Worker worker, final List<WorkItem> items, final Receiver receiver,
		final Cancellation cancellation)
	{
		final Settings settings = ModelShipment.of(worker.settings(), spark);
		new Pieces<>(spark, work(settings, spark.getConf().getInt("spark.task.cpus", 1)), new Pieces.Results<>() {

			@Override
			public void done(final Task task, final Outcome outcome) {
				receiver.done(outcome);
			}

			@Override
			public void lost(final Task task, final String problem) {
				receiver.done(worker.failed(task.item, problem));
			}
		}).run(new Tasks(worker, items.iterator(), receiver), cancellation);
	}

	/** Static, so that nothing but its parameters travels to the executors. */
	private static Pieces.Work<Task, Outcome> work(final Settings settings, final int cores) {
		return task -> {
			final Worker worker = Workers.of(settings);
			return Workers.compute(settings.text("device"), cores,
				() -> worker.compute(task.item, () -> Encoding.ofPng(task.png), fraction -> {}, new Cancellation()));
		};
	}

	/** Reads pictures as they are needed. An item whose picture cannot be read is done, with that error. */
	private static final class Tasks implements Iterator<Task> {

		private final Worker worker;
		private final Iterator<WorkItem> items;
		private final Receiver receiver;
		private Task next;
		private String read = "";
		private byte[] png;

		Tasks(final Worker worker, final Iterator<WorkItem> items, final Receiver receiver) {
			this.worker = worker;
			this.items = items;
			this.receiver = receiver;
		}

		@Override
		public boolean hasNext() {
			while (next == null && items.hasNext()) {
				final WorkItem item = items.next();
				try {
					next = new Task(item, png(item));
				}
				catch (final DipException unreadable) {
					receiver.done(worker.failed(item, unreadable.getMessage()));
				}
			}
			return next != null;
		}

		/** Items of one picture follow each other. */
		private byte[] png(final WorkItem item) {
			final String picture = item.set() + "/" + item.sample().name();
			if (!picture.equals(read)) {
				final Picture prepared = Workers.compute("CPU", 1, () -> worker.prepared(item.sample()));
				png = Encoding.png(prepared);
				read = picture;
			}
			return png;
		}

		@Override
		public Task next() {
			if (!hasNext()) throw new NoSuchElementException();
			final Task task = next;
			next = null;
			return task;
		}
	}
}
