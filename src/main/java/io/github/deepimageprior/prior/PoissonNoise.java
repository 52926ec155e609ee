package io.github.deepimageprior.prior;

import java.util.List;

/**
 * The noise of a picture that counts photons: Poisson-distributed, so that it grows with the signal. A value v of the
 * picture stands for {@code scale v + offset} photons.
 *
 * @param scale for each channel, the difference in photons between the values 1 and 0
 * @param offset for each channel, the photons of the value 0
 */
public record PoissonNoise(List<Double> scale, List<Double> offset) {

	/** Checks that both have the same number of channels. */
	public PoissonNoise {
		scale = List.copyOf(scale);
		offset = List.copyOf(offset);
		if (scale.size() != offset.size())
			throw new IllegalArgumentException("Channels: " + scale.size() + " and " + offset.size());
	}

	/** @return the noise of a single channel */
	PoissonNoise channel(final int c) {
		return new PoissonNoise(scale.subList(c, c + 1), offset.subList(c, c + 1));
	}
}
