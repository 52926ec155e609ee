package io.github.deepimageprior.restore;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Picture;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Tells a listener of pictures that are restored at once as if they were restored one after the other. */
final class InOrder {

	private final SeriesListener listener;
	private final Cancellation cancellation;
	private final Map<Integer, Consumer<SeriesListener>> waiting = new HashMap<>();
	private int next;
	private boolean begun;

	InOrder(final SeriesListener listener, final Cancellation cancellation) {
		this.listener = listener;
		this.cancellation = cancellation;
	}

	/**
	 * @param plan of the first picture that begins
	 * @return whether a picture may begin; the first may even after a stop, so that there is something to keep
	 */
	synchronized boolean begin(final int index, final Supplier<SeriesPlan> plan) {
		if (cancellation.isRequested() && (begun || index > next)) return false;
		if (!begun) listener.started(plan.get());
		begun = true;
		return true;
	}

	/** As {@link SeriesListener#progress}; only the first picture that has not ended shows its progress. */
	synchronized void progress(final int index, final RestorationProgress progress, final Supplier<Picture> picture) {
		if (index == next) listener.progress(index, progress, picture);
	}

	/** @param end tells the listener how a picture ended, when those before it have ended */
	synchronized void ended(final int index, final Consumer<SeriesListener> end) {
		waiting.put(index, end);
		while (waiting.containsKey(next)) waiting.remove(next++).accept(listener);
	}
}
