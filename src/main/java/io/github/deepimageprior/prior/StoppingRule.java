package io.github.deepimageprior.prior;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * When a fit stops automatically, without knowledge of the clean picture. While the picture appears, outputs of
 * successive steps differ less and less; when the noise begins to appear, they differ more and more (Wang et al., Early
 * Stopping for Deep Image Prior, 2023). A variance rule remembers the step with the least variance and stops the fit
 * when there has been no smaller variance for {@code patience} steps; the result is the picture of the remembered step.
 * The averaged picture is that of a later step, at which outputs since the remembered one have most of the weight: they
 * contain somewhat more noise, which averaging removes.
 * <p>
 * EMV also watches the residual, which is the difference between the averaged output and the observed picture. While
 * the picture appears, it exceeds the noise; when the noise appears, it falls below. The noise is known from the
 * residual itself, as what second differences leave of it, so neither its level nor its distribution must be known, but
 * it must be white. The error is about least when the residual has been below the noise as long as it was above, in the
 * logarithm of the steps: the fit ends at that step, and the average of that step is the result, provided that the
 * variance does not exceed a quarter of the noise, as it would while more of the picture appears. If the noise is not
 * white, or there is none, only the variance decides.
 *
 * @param kind which rule
 * @param patience number of steps without a smaller variance after which the fit stops, at least 1
 * @param window number of outputs over which {@link Kind#WMV} computes the variance, at least 2; they are kept in
 *        memory
 * @param levels for {@link Kind#NOISE_LEVEL}: the mean loss at which the fit stops, for each channel or one for all;
 *        the variance of the noise in units of the picture, or 1 for photon counts
 * @param ends whether the rule ends the fit, or all iterations are done and it only remembers a step
 */
public record StoppingRule(Kind kind, int patience, int window, List<Double> levels, boolean ends) {

	/** Which rule. */
	public enum Kind {
		/** None: all iterations are done. */
		FIXED("fixed"),
		/** Exponential moving variance of the outputs, and the residual; needs only the memory of a picture. */
		EMV("EMV"),
		/** Windowed moving variance of the outputs. */
		WMV("WMV"),
		/** The loss has reached the variance of the noise. */
		NOISE_LEVEL("noise level");

		private final String name;

		Kind(final String name) {
			this.name = name;
		}

		@Override
		public String toString() {
			return name;
		}
	}

	/** Weight of the latest output in the exponential moving variance. */
	static final double ALPHA = 0.1;

	/** The first steps are never the best one for EMV: at first only the mean of the output changes. */
	private static final int SKIP = 100;

	/** The patience of EMV and WMV that was best by measurement. */
	public static final int PATIENCE = 500;

	/** No rule: all iterations are done. */
	public static final StoppingRule FIXED = new StoppingRule(Kind.FIXED, 1, 1, List.of(), true);

	/** Checks the values. */
	public StoppingRule {
		if (patience < 1 || window < 2 && kind == Kind.WMV || window < 1
			|| levels.stream().anyMatch(level -> !(level >= 0)))
			throw new IllegalArgumentException("Patience " + patience + ", window " + window + ", levels " + levels);
	}

	/**
	 * @param patience number of steps without a smaller variance after which the fit stops
	 * @return the rule of the exponential moving variance and the residual
	 */
	public static StoppingRule emv(final int patience) {
		return new StoppingRule(Kind.EMV, patience, 1, List.of(), true);
	}

	/**
	 * @param window number of outputs over which the variance is computed, at least 2
	 * @param patience number of steps without a smaller variance after which the fit stops
	 * @return the rule of the windowed moving variance
	 */
	public static StoppingRule wmv(final int window, final int patience) {
		return new StoppingRule(Kind.WMV, patience, window, List.of(), true);
	}

	/**
	 * The discrepancy principle (Morozov 1966): the fit stops when its loss has reached the noise.
	 *
	 * @param levels the mean loss at which the fit stops, for each channel or one for all
	 * @return the rule of the noise level
	 */
	public static StoppingRule noiseLevel(final double... levels) {
		return new StoppingRule(Kind.NOISE_LEVEL, 1, 1, Arrays.stream(levels).boxed().toList(), true);
	}

	/** @return of EMV or WMV, the rule that remembers the same step, while all iterations are done */
	public StoppingRule withoutEnd() {
		return new StoppingRule(kind, patience, window, levels, false);
	}

	/** @return the rule for a fit of a single channel */
	public StoppingRule of(final int channel) {
		return levels.size() < 2 ? this : new StoppingRule(kind, patience, window, List.of(levels.get(channel)), ends);
	}

	/** @return this rule without levels: what fits of several pictures have in common */
	StoppingRule withoutLevels() {
		return new StoppingRule(kind, patience, window, List.of(), ends);
	}

	/** @return the mean loss at which a fit of all channels together stops */
	double level() {
		return levels.stream().mapToDouble(Double::doubleValue).average().orElse(0);
	}

	/** @return whether the rule remembers the step with the least variance */
	public boolean remembers() {
		return kind == Kind.EMV || kind == Kind.WMV;
	}

	/** @return number of first steps that are never the best one */
	int skip() {
		return kind == Kind.WMV ? window : SKIP;
	}

	@Override
	public String toString() {
		return rule() + (ends ? "" : ", does not end the fit");
	}

	private String rule() {
		return switch (kind) {
			case FIXED -> "fixed";
			case EMV -> "EMV, patience " + patience;
			case WMV -> "WMV of " + window + ", patience " + patience;
			case NOISE_LEVEL -> String.format(Locale.ROOT, "noise level: stop at a loss of %.4g (sigma %.4g)", level(),
				Math.sqrt(level()));
		};
	}
}
