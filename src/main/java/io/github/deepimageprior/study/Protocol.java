package io.github.deepimageprior.study;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.attack.Space;
import io.github.deepimageprior.prior.Preset;

/** Whose conventions a study follows: those of this plugin, or those of the paper and its author's research code. */
public final class Protocol {

	/** Values of {@code protocol}. */
	public static final String CUSTOM = "custom", PAPER = "as in the paper";

	private Protocol() {}

	/** @throws DipException if there is no such protocol */
	static boolean isPaper(final Settings settings) {
		return settings.choice("protocol", CUSTOM, PAPER).equals(PAPER);
	}

	/**
	 * @param settings with {@code protocol} and, for custom, {@code preset}
	 * @return the same with what the protocol decides: with that of the paper, whole pictures are resized to the
	 *         classifier's input, ε counts in normalised space, and the network is that of the paper, in the feature
	 *         study those of its figure 3, with their interval; otherwise the classifier crops pictures as it always
	 *         does
	 * @throws DipException if there is no such protocol or network
	 */
	public static Settings resolved(final Settings settings) {
		if (!isPaper(settings))
			return settings.with("preset", Preset.named(settings.text("preset"))).with("size", Studies.SEEN);
		final Settings paper = settings.with("preset", Preset.PAPER).with("size", Studies.WHOLE).with("space",
			Space.NORMALISED);
		return settings.text("study").equals(FeatureStudy.NAME)
			? paper.with("networks", Preset.ARCH_1 + ", " + Preset.ARCH_2).with("interval", 10) : paper;
	}
}
