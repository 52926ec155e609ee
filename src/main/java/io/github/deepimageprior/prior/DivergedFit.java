package io.github.deepimageprior.prior;

import io.github.deepimageprior.DipException;

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
	 * @param which one of several, such as a slice; empty if there is only one
	 * @return the same, with a message that says to which the fit belongs: it ends the fits of the others too
	 */
	public DivergedFit of(final String which) {
		return which.isEmpty() ? this : new DivergedFit(where + " of " + which, step, this);
	}
}
