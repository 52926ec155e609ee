package io.github.deepimageprior.restore;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.prior.FitListener;

import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Adds up the progress of all parts of a picture, which may be restored side by side. */
final class ProgressSum {

	private final double[] fractions;
	private final int members;
	private final RestorationListener listener;

	ProgressSum(final int parts, final int members, final RestorationListener listener) {
		fractions = new double[parts * members];
		this.members = members;
		this.listener = listener;
	}

	/** @param preview makes the whole picture of a part's number and the part's picture */
	FitListener of(final int part, final int member, final BiFunction<Integer, Picture, Picture> preview) {
		return new FitListener() {

			@Override
			public void progress(final int step, final int iterations, final double loss,
				final Supplier<Picture> averaged)
			{
				tell(part, member, (double) step / iterations, step, iterations,
					() -> preview.apply(part, averaged.get()));
			}
		};
	}

	/** @param whole makes the picture so far */
	void reached(final int part, final double fraction, final Supplier<Picture> whole) {
		tell(part, 0, fraction, 0, 0, whole);
	}

	private synchronized void tell(final int part, final int member, final double fraction, final int step,
		final int steps, final Supplier<Picture> whole)
	{
		fractions[part * members + member] = fraction;
		listener.progress(new RestorationProgress(Arrays.stream(fractions).sum() / fractions.length, part + 1,
			fractions.length / members, member + 1, members, step, steps), whole);
	}

	synchronized void done(final int part, final int member) {
		fractions[part * members + member] = 1;
	}

	/** Counts a part that is done from the start. */
	void done(final int part) {
		for (int member = 0; member < members; member++) done(part, member);
	}
}
