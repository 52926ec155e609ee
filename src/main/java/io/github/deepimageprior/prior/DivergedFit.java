package io.github.deepimageprior.prior;

import io.github.deepimageprior.DipException;

import java.util.function.Supplier;

/** A fit whose loss is no longer a number. */
public final class DivergedFit extends DipException {

	private static final long serialVersionUID = 1L;

	private final String where;
	private final int step;

	/** @param step number of the step, from 1 */
	DivergedFit(final int step) {
		this("", step, null);
	}

	private DivergedFit(final String where, final int step, final Throwable cause) {
		super("The fit" + where + " diverged at step " + step + ": try another seed, or precision float32.", cause);
		this.where = where;
		this.step = step;
	}

	/**
	 * Fits one of several pictures or parts. If it diverges, the message says which one, since it ends the others too.
	 *
	 * @param which the one, such as a slice; empty if there is only one
	 * @return what the fit gives
	 */
	public static <T> T naming(final String which, final Supplier<T> fit) {
		try {
			return fit.get();
		}
		catch (final DivergedFit diverged) {
			throw which.isEmpty() ? diverged
				: new DivergedFit(diverged.where + " of " + which, diverged.step, diverged);
		}
	}
}
