package io.github.deepimageprior.restore;

import io.github.deepimageprior.Picture;

import java.util.function.Supplier;

/** Follows the restoration of a series. Every picture ends with exactly one of the last three calls, in order. */
public interface SeriesListener {

	/** Called once, before the first fit: how its picture is restored, and the size of what it is fitted to. */
	default void started(final SeriesPlan plan) {}

	/**
	 * Called about twice a second, never by two threads at once.
	 *
	 * @param index of the picture
	 * @param picture copies the picture so far, in 0..1; may be called only before this method returns
	 */
	default void progress(final int index, final RestorationProgress progress, final Supplier<Picture> picture) {}

	/** A picture was restored, as far as a stop allowed. */
	void restored(int index, RestorationResult result);

	/** There was nothing to do in a picture. */
	default void unchanged(final int index) {}

	/** A stop came before a picture. */
	default void notReached(final int index) {}
}
