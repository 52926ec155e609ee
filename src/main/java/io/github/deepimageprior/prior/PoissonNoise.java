package io.github.deepimageprior.prior;

import java.util.List;

/**
 * That a picture counts photons, so that its noise is that of Poisson's distribution and grows with the signal.
 *
 * @param scale for each channel the photons that a picture's 1 has more than its 0
 * @param offset for each channel the photons of a picture's 0
 */
public record PoissonNoise(List<Double> scale, List<Double> offset) {

	/** Checks the values. */
	public PoissonNoise {
		scale = List.copyOf(scale);
		offset = List.copyOf(offset);
		if (scale.size() != offset.size())
			throw new IllegalArgumentException("Channels: " + scale.size() + " and " + offset.size());
	}

	PoissonNoise channel(final int c) {
		return new PoissonNoise(scale.subList(c, c + 1), offset.subList(c, c + 1));
	}
}
