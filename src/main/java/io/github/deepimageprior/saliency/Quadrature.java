package io.github.deepimageprior.saliency;

import io.github.deepimageprior.DipException;

import java.util.Locale;

/** At which points of the way gradients are taken, and with which weights. Of m intervals, point k lies at k/m. */
public enum Quadrature {

	/** Points 0 to m - 1, each 1/m: what the code of the paper computes. */
	LEFT(0, -1),

	/** Points 1 to m, each 1/m. */
	RIGHT(1, 0),

	/** Points 0 to m, each 1/m but the first and the last half of that. */
	TRAPEZOID(0, 0),

	/**
	 * Points 0 to m, each 1/m, as equation 1 of the paper is printed; m + 1 terms, so all weights together are a little
	 * more than 1.
	 */
	EQUATION(0, 0);

	private final int first, beyond;

	Quadrature(final int first, final int beyond) {
		this.first = first;
		this.beyond = beyond;
	}

	/** @return the points' places on the way, 0..1 */
	float[] places(final int intervals) {
		final float[] places = new float[intervals + 1 + beyond - first];
		for (int i = 0; i < places.length; i++) places[i] = (float) (first + i) / intervals;
		return places;
	}

	/** @return their weights */
	float[] weights(final int intervals) {
		final float[] weights = new float[intervals + 1 + beyond - first];
		java.util.Arrays.fill(weights, 1f / intervals);
		if (this == TRAPEZOID) weights[0] = weights[weights.length - 1] = 0.5f / intervals;
		return weights;
	}

	/** @throws DipException if there is no such rule */
	public static Quadrature named(final String name) {
		for (final Quadrature rule : values()) if (rule.toString().equalsIgnoreCase(name.strip())) return rule;
		throw new DipException(
			"There is no rule '" + name + "' for the sum: write left, right, trapezoid or equation.");
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}
}
