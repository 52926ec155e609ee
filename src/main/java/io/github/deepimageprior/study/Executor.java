package io.github.deepimageprior.study;

import io.github.deepimageprior.Cancellation;

import java.util.List;

/** Computes work items, in any order and anywhere. */
public interface Executor {

	/** Receives what becomes of the items. Its methods are called on any thread, several at once. */
	interface Receiver {

		/**
		 * @param item that is being computed
		 * @param fraction of it that is done, 0..1
		 */
		void progress(WorkItem item, double fraction);

		/** @param outcome of an item that is done; an item that a stop or a cancel ended has none */
		void done(Outcome outcome);
	}

	/** Makes an executor for what a study asks of it. */
	@FunctionalInterface
	interface Factory {

		/**
		 * @param items how many there are to compute
		 * @param bytes outside the Java heap that an item needs; on a CPU, that the items need that are taken as one
		 * @param device where it computes, see {@link io.github.deepimageprior.engine.Torch#device}
		 * @param together how many items one core or one GPU takes as one with gain: on a GPU at most so many, on a CPU
		 *        {@linkplain io.github.deepimageprior.engine.AtOnce#filled as many}
		 * @return what computes them
		 * @throws io.github.deepimageprior.DipException if it cannot, such as for want of memory
		 */
		Executor of(int items, long bytes, String device, int together);
	}

	/** @return how many items take about as long as one */
	int lanes();

	/**
	 * Computes items and returns when they are done, or after a stop or a cancel.
	 *
	 * @param worker computes one item; elsewhere, {@link Worker#settings()} make another of the same kind
	 * @param items independent of each other
	 * @param receiver of progress and outcomes; an exception of its ends the study
	 * @param cancellation ends the study; what is not complete is dropped
	 */
	void run(Worker worker, List<WorkItem> items, Receiver receiver, Cancellation cancellation);
}
