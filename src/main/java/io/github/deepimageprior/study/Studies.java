package io.github.deepimageprior.study;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.prior.Preset;

import java.util.List;
import java.util.Map;

/** Makes studies from their settings. */
public final class Studies {

	/** Values of {@code size}: the part that the classifier sees, or the whole picture resized to its input. */
	static final String SEEN = "as the classifier sees it", WHOLE = "whole, resized";

	private Studies() {}

	/**
	 * Adds what is a setting of all studies, but not a parameter of all commands.
	 *
	 * @param values settings by key, with the name of the study under {@code study}
	 */
	public static void complete(final Map<String, String> values) {
		if (List.of(FeaturePairs.NAME, FeatureStudy.NAME).contains(values.getOrDefault("study", "")))
			values.putIfAbsent("only_right", "false"); // robust pictures are half wrong by nature
		values.putIfAbsent("protocol", Protocol.CUSTOM);
		values.putIfAbsent("preset", Preset.FAST.toString());
	}

	/**
	 * @param settings with the name of the study under {@code study}
	 * @throws DipException if there is no such study, or a setting cannot be used
	 */
	public static Study of(final Settings settings) {
		final String name = settings.text("study");
		settings.seed("seed"); // which some need only within their items
		return switch (name) {
			case AdaptiveStudy.NAME -> new AdaptiveStudy(settings);
			case ArchitectureStudy.NAME -> new ArchitectureStudy(settings);
			case ConfidenceStudy.NAME -> new ConfidenceStudy(settings);
			case DefenceStudy.NAME -> new DefenceStudy(settings);
			case FeaturePairs.NAME -> new FeaturePairs(settings);
			case FeatureStudy.NAME -> new FeatureStudy(settings);
			case SaliencyStudy.NAME -> new SaliencyStudy(settings);
			default -> throw new DipException("There is no study '" + name + "': update the plugin.");
		};
	}
}
