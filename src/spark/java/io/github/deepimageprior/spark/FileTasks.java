package io.github.deepimageprior.spark;

import io.github.deepimageprior.Cancellation;

import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.function.BiConsumer;

import org.apache.spark.api.java.JavaSparkContext;

/**
 * Does the same with many pieces of files, each as a task, and says how far it is.
 *
 * @param spark runs the tasks
 * @param device where they compute
 * @param failures receives the errors
 */
record FileTasks(JavaSparkContext spark, String device, Failures failures) {

	/** What a task does with a piece. */
	@FunctionalInterface
	interface Work<V> extends Serializable {

		V of(Piece piece) throws IOException;
	}

	/**
	 * @param what the pieces, in the plural, with what is done to them
	 * @param count number of pieces
	 * @param found receives what the tasks found
	 */
	<V extends Serializable> void run(final String what, final Iterator<Piece> pieces, final long count,
		final Work<V> work, final BiConsumer<Piece, V> found)
	{
		final Ticker ticker = new Ticker();
		final long[] done = new long[1];
		new Pieces<>(spark, task(work, device, spark.getConf().getInt("spark.task.cpus", 1)),
			new Pieces.Results<Piece, Answer<V>>() {

				@Override
				public void done(final Piece piece, final Answer<V> answer) {
					if (answer.error() == null) found.accept(piece, answer.value());
					else failures.add(piece, answer.error());
					ticker.say(++done[0] + " of " + count + " " + what);
				}

				@Override
				public void lost(final Piece piece, final String problem) {
					done(piece, new Answer<>(null, problem));
				}
			}).run(pieces, new Cancellation());
	}

	/** Static, so that nothing but its parameters travels to the executors. */
	private static <V extends Serializable> Pieces.Work<Piece, Answer<V>> task(final Work<V> work, final String device,
		final int cores)
	{
		return piece -> Workers.compute(device, cores, () -> Answer.of(() -> work.of(piece)));
	}
}
