package io.github.deepimageprior.saliency;

import io.github.deepimageprior.DipException;

import java.util.Arrays;
import java.util.Locale;

/**
 * The quadrature rule that approximates the integral along the integration path, from the baseline to the image, by a
 * weighted sum of gradients. With m intervals, point k lies at the fraction k/m of the path. The rules differ in the
 * points that they use and in their weights; the difference shrinks with more intervals.
 */
public enum Quadrature {

	/**
	 * Points 0 to m - 1 with weight 1/m, the left Riemann sum: what the research code of the paper's first author does.
	 */
	LEFT(0, -1),

	/** Points 1 to m with weight 1/m, the right Riemann sum: equation 3 of Sundararajan, Taly and Yan (2017). */
	RIGHT(1, 0),

	/** Points 0 to m with weight 1/m, but half of it for the first and the last: the trapezoidal rule. */
	TRAPEZOID(0, 0),

	/**
	 * Points 0 to m with weight 1/m: equation 1 of the paper as printed. These are m + 1 terms, so the weights add up
	 * to (m + 1)/m rather than 1.
	 */
	EQUATION(0, 0);

	private final int first, beyond;

	/**
	 * @param first k of the first point
	 * @param beyond k of the last point, minus m
	 */
	Quadrature(final int first, final int beyond) {
		this.first = first;
		this.beyond = beyond;
	}

	/** @return the fraction of the path at which each point lies, 0..1 */
	float[] places(final int intervals) {
		final float[] places = new float[intervals + 1 + beyond - first];
		for (int i = 0; i < places.length; i++) places[i] = (float) (first + i) / intervals;
		return places;
	}

	/** @return the weight of each point */
	float[] weights(final int intervals) {
		final float[] weights = new float[intervals + 1 + beyond - first];
		Arrays.fill(weights, 1f / intervals);
		if (this == TRAPEZOID) weights[0] = weights[weights.length - 1] = 0.5f / intervals;
		return weights;
	}

	/**
	 * @param name left, right, trapezoid or equation, in any case
	 * @return the rule of that name
	 * @throws DipException if there is no such rule
	 */
	public static Quadrature named(final String name) {
		for (final Quadrature rule : values()) if (rule.toString().equalsIgnoreCase(name.strip())) return rule;
		throw new DipException("There is no quadrature rule '" + name + "': use left, right, trapezoid or equation.");
	}

	/** @return the name, in lower case */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}
}
