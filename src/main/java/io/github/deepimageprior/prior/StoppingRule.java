package io.github.deepimageprior.prior;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * When a fit ends by itself, without the clean picture. While the picture appears, the outputs of one step and the next
 * differ less and less; when the noise begins to appear, more and more (Wang et al., Early Stopping for Deep Image
 * Prior, 2023). A rule of variance remembers the step where they differ least, gives the picture of that step, and ends
 * the fit when no lesser variance has come for {@code patience} steps. The averaged picture is that of a later moment,
 * when most of the average's weight lies on outputs since that step: they carry somewhat more noise, which the average
 * takes out.
 *
 * @param kind which rule
 * @param patience steps without a lesser variance that end the fit
 * @param window how many outputs {@link Kind#WMV} holds in memory
 * @param levels of every channel, or of all, the mean loss at which {@link Kind#NOISE_LEVEL} ends the fit: the variance
 *        of the noise in units of the picture, or 1 for photons
 */
public record StoppingRule(Kind kind, int patience, int window, List<Double> levels) {

	/** Which rule. Its order is known to {@code hourglass.py}. */
	public enum Kind {
		/** All iterations are done. */
		FIXED("fixed"),
		/** Exponential moving variance of the outputs: needs no more memory than a picture. */
		EMV("EMV"),
		/** Variance of the outputs of a window. */
		WMV("WMV"),
		/** The loss has come down to the variance of the noise. */
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

	/** Weight of the present in the exponential moving variance. */
	static final double ALPHA = 0.1;

	/** Steps that EMV leaves out, since at first nothing changes but the mean. */
	private static final int SKIP = 100;

	/** All iterations are done. */
	public static final StoppingRule FIXED = new StoppingRule(Kind.FIXED, 1, 1, List.of());

	/** Checks the values. */
	public StoppingRule {
		if (patience < 1 || window < 2 && kind == Kind.WMV || window < 1
			|| levels.stream().anyMatch(level -> !(level >= 0)))
			throw new IllegalArgumentException("Patience " + patience + ", window " + window + ", levels " + levels);
	}

	/** @return the exponential moving variance */
	public static StoppingRule emv(final int patience) {
		return new StoppingRule(Kind.EMV, patience, 1, List.of());
	}

	/** @return the variance of a window of outputs */
	public static StoppingRule wmv(final int window, final int patience) {
		return new StoppingRule(Kind.WMV, patience, window, List.of());
	}

	/**
	 * @param levels of every channel, or of all
	 * @return the end at a mean loss; the discrepancy principle of Morozov
	 */
	public static StoppingRule noiseLevel(final double... levels) {
		return new StoppingRule(Kind.NOISE_LEVEL, 1, 1, Arrays.stream(levels).boxed().toList());
	}

	/** @return the rule for a fit of one channel by itself */
	public StoppingRule of(final int channel) {
		return levels.size() < 2 ? this : noiseLevel(levels.get(channel));
	}

	/** @return the mean loss at which a fit of all channels together ends */
	double level() {
		return levels.stream().mapToDouble(Double::doubleValue).average().orElse(0);
	}

	/** @return whether it remembers the step of the least variance */
	public boolean remembers() {
		return kind == Kind.EMV || kind == Kind.WMV;
	}

	/** @return the first steps, among which there is no least variance */
	int skip() {
		return kind == Kind.WMV ? window : SKIP;
	}

	@Override
	public String toString() {
		return switch (kind) {
			case FIXED -> "fixed";
			case EMV -> "EMV, patience " + patience;
			case WMV -> "WMV of " + window + ", patience " + patience;
			case NOISE_LEVEL ->
				String.format(Locale.ROOT, "noise level, loss %.4g, its root %.4g", level(), Math.sqrt(level()));
		};
	}
}
