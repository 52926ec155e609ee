package io.github.deepimageprior.study;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.prior.Preset;

import java.util.List;
import java.util.Map;

/** Makes studies from their settings. */
public final class Studies {

	/** Values of {@code size}: the part that the classifier sees, or the whole picture resized to its input. */
	static final String SEEN = "as the classifier sees it", WHOLE = "whole, resized";

	/** Of settings that all studies may have, also those that do without: the protocol sets some for all. */
	private static final List<String> KEYS = List.of("study", "data", "output", "count", "shuffle", "only_right",
		"protocol", "preset", "size", "space", "classifier", "model_file", "trust", "seed", "device", "precision");

	private Studies() {}

	/**
	 * Adds what is a setting of all studies, but not a parameter of all commands, and removes the parameter that is no
	 * setting.
	 *
	 * @param values settings by key, with the name of the study under {@code study}
	 */
	public static void complete(final Map<String, String> values) {
		if (List.of(FeaturePairs.NAME, FeatureStudy.NAME).contains(values.getOrDefault("study", "")))
			values.putIfAbsent("only_right", "false"); // robust pictures are half wrong by nature
		values.putIfAbsent("protocol", Protocol.CUSTOM);
		values.putIfAbsent("preset", Preset.FAST.toString());
		values.remove("download"); // consent
	}

	/**
	 * @param settings with the name of the study under {@code study}
	 * @throws DipException if there is no such study, it does not have a setting, or cannot use one
	 */
	public static Study of(final Settings settings) {
		final String name = settings.text("study");
		settings.seed("seed"); // which some need only within their items
		return switch (name) {
			case AdaptiveStudy.NAME -> new AdaptiveStudy(known(settings, AdaptiveStudy.KEYS));
			case ArchitectureStudy.NAME -> new ArchitectureStudy(known(settings, ArchitectureStudy.KEYS));
			case ConfidenceStudy.NAME -> new ConfidenceStudy(known(settings, ConfidenceStudy.KEYS));
			case DefenceStudy.NAME -> new DefenceStudy(known(settings, DefenceStudy.KEYS));
			case FeaturePairs.NAME -> new FeaturePairs(known(settings, FeaturePairs.KEYS));
			case FeatureStudy.NAME -> new FeatureStudy(known(settings, FeatureStudy.KEYS));
			case SaliencyStudy.NAME -> new SaliencyStudy(known(settings, SaliencyStudy.KEYS));
			default -> throw new DipException("There is no study '" + name + "': update the plugin.");
		};
	}

	/** A setting that nobody reads would look in the report as if it had been followed. */
	private static Settings known(final Settings settings, final List<String> keys) {
		for (final String key : settings.values().keySet())
			if (!KEYS.contains(key) && !keys.contains(key))
				throw new DipException("There is no setting '" + DipException.shown(key) + "' of "
					+ settings.text("study") + ": remove it, or use one of " + String.join(", ", keys) + ", "
					+ String.join(", ", KEYS) + ".");
		return settings;
	}
}
