package io.github.deepimageprior.restore;

import io.github.deepimageprior.measure.NoiseLevel;
import io.github.deepimageprior.prior.Observation;
import io.github.deepimageprior.prior.StoppingRule;

import java.util.List;

/**
 * When a fit stops automatically, before it is known which picture it fits.
 *
 * @param kind which rule
 * @param patience number of steps without a smaller variance after which the fit stops, at least 1; for EMV and WMV
 * @param window number of outputs that WMV keeps in memory, at least 2
 * @param noise standard deviation of Gaussian noise in each channel, on the scale of the picture; empty to estimate it
 *        from the picture; for the rule of the noise level and for non-local filtering, where it is that of the read
 *        noise if photons are told, and empty for none
 */
public record RuleSettings(StoppingRule.Kind kind, int patience, int window, List<Double> noise) {

	/** The exponential moving variance. */
	public static final RuleSettings DEFAULTS = new RuleSettings(StoppingRule.Kind.EMV, StoppingRule.PATIENCE, 100,
		List.of());

	/** Checks the values. */
	public RuleSettings {
		noise = List.copyOf(noise);
		if (patience < 1 || window < 2 || noise.stream().anyMatch(level -> !(level >= 0)))
			throw new IllegalArgumentException("Patience " + patience + ", window " + window + ", noise " + noise);
	}

	/** @return the same with another rule */
	public RuleSettings with(final StoppingRule.Kind other) {
		return new RuleSettings(other, patience, window, noise);
	}

	/** @return the same with some noise level, so that nothing is estimated */
	RuleSettings told() {
		return new RuleSettings(kind, patience, window, List.of(1.0));
	}

	/**
	 * @param iterations of the fit, which limit WMV's window
	 * @return the rule for this picture
	 * @throws io.github.deepimageprior.DipException if the noise is to be estimated although most pixels are missing
	 */
	StoppingRule rule(final Observation observation, final int iterations) {
		return switch (kind) {
			case FIXED -> StoppingRule.FIXED;
			case EMV -> StoppingRule.emv(patience);
			case WMV -> StoppingRule.wmv(Math.min(window, Math.max(2, iterations)), patience);
			case NOISE_LEVEL ->
				StoppingRule.noiseLevel(observation.poisson() != null ? new double[] { 1 } : variances(observation));
		};
	}

	/** @return whether the rule estimates the noise of this picture */
	boolean estimates(final Observation observation) {
		return kind == StoppingRule.Kind.NOISE_LEVEL && observation.poisson() == null && noise.isEmpty();
	}

	private double[] variances(final Observation observation) {
		if (!noise.isEmpty()) return noise.stream().mapToDouble(level -> level * level).toArray();
		return NoiseLevel.variances(observation.target(), observation.known());
	}

	/** @return the standard deviations that a rule was given as variances */
	static List<Double> deviations(final StoppingRule rule) {
		return rule.levels().stream().map(Math::sqrt).toList();
	}
}
