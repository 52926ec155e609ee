package io.github.deepimageprior.spark;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.data.Encoding;
import io.github.deepimageprior.engine.AtOnce;
import io.github.deepimageprior.engine.ParallelRuns;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.study.Executor;
import io.github.deepimageprior.study.Outcome;
import io.github.deepimageprior.study.Settings;
import io.github.deepimageprior.study.WorkItem;
import io.github.deepimageprior.study.Worker;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;

import org.apache.spark.api.java.JavaSparkContext;

/**
 * Computes the items of a study on Spark's executors, with the same rows as
 * {@link io.github.deepimageprior.study.Lanes} give. The driver reads the pictures and receives the outcomes, so
 * executors need no disk that all of them share.
 */
final class SparkExecutor implements Executor {

	private final JavaSparkContext spark;
	private final int together;

	/**
	 * @param bytes outside the Java heap that a task needs
	 * @param together how many items a task takes as one, see {@link AtOnce#filled}
	 * @throws DipException if the executors do not have the memory
	 */
	SparkExecutor(final JavaSparkContext spark, final long bytes, final int together) {
		this.spark = spark;
		this.together = together;
		new ExecutorMemory(spark).require(bytes);
	}

	/**
	 * @return what makes such executors; on a GPU, whose rounding differs from a CPU's in any case, a task has one item
	 */
	static Factory on(final JavaSparkContext spark) {
		return (items, bytes, device, together) -> new SparkExecutor(spark, bytes, Torch.isGpu(device) ? 1 : together);
	}

	/**
	 * An item with its picture.
	 *
	 * @param png the picture as the study uses it
	 */
	private record Pictured(WorkItem item, byte[] png) implements Serializable {}

	/** What a task of Spark computes. */
	private record Task(List<Pictured> items) implements Serializable {}

	@Override
	public int lanes() {
		return Pieces.slots(spark);
	}

	@Override
	public void run(final Worker worker, final List<WorkItem> items, final Receiver receiver,
		final Cancellation cancellation)
	{
		final Settings settings = ModelShipment.of(worker.settings(), spark);
		final int cores = spark.getConf().getInt("spark.task.cpus", 1);
		new Pieces<>(spark, together == 1 ? alone(settings, cores) : asOne(settings, together),
			new Pieces.Results<Task, List<Outcome>>() {

				@Override
				public void done(final Task task, final List<Outcome> outcomes) {
					outcomes.forEach(receiver::done);
				}

				@Override
				public void lost(final Task task, final String problem) {
					task.items.forEach(lost -> receiver.done(worker.failed(lost.item, problem)));
				}
			}).run(new Tasks(worker, together, items.iterator(), receiver), cancellation);
	}

	/** Static, as the next one, so that nothing but its parameters travels to the executors. */
	private static Pieces.Work<Task, List<Outcome>> alone(final Settings settings, final int cores) {
		return task -> {
			final Worker worker = Workers.of(settings);
			return List.of(Workers.compute(settings.text("device"), cores,
				() -> compute(worker, task.items.get(0), new Cancellation())));
		};
	}

	private static Pieces.Work<Task, List<Outcome>> asOne(final Settings settings, final int together) {
		return task -> {
			final Worker worker = Workers.of(settings);
			final Cancellation cancellation = new Cancellation();
			return ParallelRuns.run(
				task.items.stream().map(item -> (Callable<Outcome>) () -> compute(worker, item, cancellation)).toList(),
				new AtOnce(1, together, false, true), cancellation);
		};
	}

	private static Outcome compute(final Worker worker, final Pictured one, final Cancellation cancellation) {
		return worker.compute(one.item, () -> Encoding.ofPng(one.png), fraction -> {}, cancellation);
	}

	/** Reads pictures as they are needed. An item whose picture cannot be read is done, with that error. */
	private static final class Tasks implements Iterator<Task> {

		private final Worker worker;
		private final int together;
		private final Iterator<WorkItem> items;
		private final Receiver receiver;
		private List<Pictured> next = new ArrayList<>();
		private String read = "";
		private byte[] png;

		Tasks(final Worker worker, final int together, final Iterator<WorkItem> items, final Receiver receiver) {
			this.worker = worker;
			this.together = together;
			this.items = items;
			this.receiver = receiver;
		}

		@Override
		public boolean hasNext() {
			while (next.size() < together && items.hasNext()) {
				final WorkItem item = items.next();
				try {
					next.add(new Pictured(item, png(item)));
				}
				catch (final DipException unreadable) {
					receiver.done(worker.failed(item, unreadable.getMessage()));
				}
			}
			return !next.isEmpty();
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
			final Task task = new Task(next);
			next = new ArrayList<>();
			return task;
		}
	}
}
