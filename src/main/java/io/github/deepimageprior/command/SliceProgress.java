package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.host.RunMonitor;
import io.github.deepimageprior.image.ImageSource;

import java.util.Arrays;
import java.util.function.Supplier;

/** Adds up the progress of fits of several pictures, and shows the first picture that is not finished. */
final class SliceProgress {

	private final RunMonitor monitor;
	private final ImageSource image;
	private final double[] fractions;

	SliceProgress(final RunMonitor monitor, final ImageSource image) {
		this.monitor = monitor;
		this.image = image;
		fractions = new double[image.count()];
	}

	/** @param averaged gives the picture so far */
	synchronized void step(final int index, final int step, final int iterations, final Supplier<Picture> averaged) {
		fractions[index] = (double) step / iterations;
		if (!isFirst(index)) return;
		tell(index, "step " + step + " of " + iterations, () -> image.results().picture(index, averaged.get()));
	}

	/** @param what is done beside the fit */
	synchronized void beside(final int index, final String what) {
		if (isFirst(index)) tell(index, what, null);
	}

	private boolean isFirst(final int index) {
		return Arrays.stream(fractions, 0, index).allMatch(fraction -> fraction == 1);
	}

	private void tell(final int index, final String what, final Supplier<ImagePlus> picture) {
		final String which = image.label(index);
		monitor.progress(Arrays.stream(fractions).sum() / fractions.length,
			which.isEmpty() ? what : which + ", " + what, picture);
	}
}
