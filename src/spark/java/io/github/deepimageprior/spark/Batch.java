package io.github.deepimageprior.spark;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.apache.spark.SimpleFutureAction;
import org.apache.spark.api.java.JavaSparkContext;

import scala.Function1;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.concurrent.ExecutionContext;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

/** Pieces of work that are one job of Spark, one task each. Spark's Scala interface gives results as they come. */
final class Batch<T, R> {

	private final AtomicReferenceArray<T> pieces;
	private SimpleFutureAction<Void> job;

	Batch(final List<T> pieces) {
		this.pieces = new AtomicReferenceArray<>(pieces.size());
		for (int i = 0; i < pieces.size(); i++) this.pieces.set(i, pieces.get(i));
	}

	int size() {
		return pieces.length();
	}

	/** @return a piece, which from then on is not left */
	T take(final int index) {
		return pieces.getAndSet(index, null);
	}

	/** @return the pieces that have not been taken */
	List<T> left() {
		return IntStream.range(0, size()).mapToObj(pieces::get).filter(Objects::nonNull).toList();
	}

	/**
	 * Starts the job. Both receivers are called on threads of Spark's: the first once for each piece that is done,
	 * whatever was tried twice, then the second with the problem that ended the job, or null.
	 */
	@SuppressWarnings("unchecked")
	void start(final JavaSparkContext spark, final Pieces.Work<T, R> work, final BiConsumer<Integer, R> done,
		final Consumer<Throwable> ended)
	{
		final var all = spark.parallelize(left(), size()).rdd();
		final Function1<Iterator<T>, R> task = (Function1<Iterator<T>, R> & Serializable) pair -> work.of(pair.next());
		final List<Integer> numbers = IntStream.range(0, size()).boxed().toList();
		job = spark.sc().submitJob(all, task, (Seq<Object>) (Seq<?>) CollectionConverters.asScala(numbers).toSeq(),
			(index, result) -> {
				done.accept((Integer) index, result);
				return BoxedUnit.UNIT;
			}, () -> null);
		job.onComplete(outcome -> {
			ended.accept(outcome.isFailure() ? outcome.failed().get() : null);
			return null;
		}, ExecutionContext.fromExecutor(Runnable::run));
	}

	void cancel() {
		job.cancel();
	}
}
