package io.github.deepimageprior.command;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.image.ValueMapping;
import io.github.deepimageprior.prior.PoissonNoise;

import java.util.Arrays;
import java.util.Locale;

/**
 * How a camera turns photons into values.
 *
 * @param gain grey levels per photon
 * @param blackLevel value without light, as ImageJ shows it
 */
record PhotonScale(double gain, double blackLevel) {

	/** Limits of a plausible number of photons in the brightest pixel. */
	private static final double FEWEST = 0.1, MOST = 1e9;

	/** @throws DipException if the gain is not positive or the black level is NaN */
	PhotonScale {
		if (!(gain > 0))
			throw new DipException(
				"The value of gain is " + gain + ": enter the number of grey levels per photon, a number above 0.");
		if (Double.isNaN(blackLevel))
			throw new DipException("The value of black_level is NaN: enter the grey value of a pixel without light.");
	}

	/**
	 * @param black the black level as the pixels have it
	 * @throws DipException if the number of photons is not plausible
	 */
	PoissonNoise noise(final ValueMapping mapping, final double black) {
		final double[] spans = mapping.spans(), lows = mapping.lows();
		double most = 0;
		for (int c = 0; c < spans.length; c++) most = Math.max(most, (lows[c] + spans[c] - black) / gain);
		if (most < FEWEST || most > MOST)
			throw new DipException(String.format(Locale.ROOT,
				"With a gain of %s and a black level of %s the brightest pixel has %.3g photons: check the gain "
					+ "(grey levels per photon) and the black level (the value without light).",
				gain, blackLevel, most));
		return new PoissonNoise(Arrays.stream(spans).mapToObj(span -> span / gain).toList(),
			Arrays.stream(lows).mapToObj(low -> (low - black) / gain).toList());
	}
}
