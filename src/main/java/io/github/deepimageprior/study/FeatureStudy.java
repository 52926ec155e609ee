package io.github.deepimageprior.study;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.prior.Preset;
import io.github.deepimageprior.report.Figure;
import io.github.deepimageprior.report.Part;
import io.github.deepimageprior.report.Table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Figure 3 of the paper: the probability of the class over the steps of a fit, for several sets of pictures of the same
 * classes, such as those of Ilyas et al. (2019) with robust and with non-robust features only, and for several
 * networks.
 *
 * @param settings with the sets as data, the names of the networks, and the steps
 */
record FeatureStudy(Settings settings) implements Study {

	static final String NAME = "DIP Feature Study";

	/** Of its settings besides those that all studies may have. */
	static final List<String> KEYS = List.of("networks", "iterations", "interval");

	/** Checks the settings. */
	FeatureStudy {
		presets(settings);
		PriorFit.steps(settings);
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public List<String> relevant(final String condition) {
		return List.of("size", "iterations", "interval", "precision", "device", "seed");
	}

	@Override
	public List<String> conditions() {
		return presets(settings);
	}

	private static List<String> presets(final Settings settings) {
		return settings.list("networks", name -> Preset.named(name).toString());
	}

	private PriorFit fit(final String preset) {
		return PriorFit.of(settings.with("preset", preset), PriorFit.steps(settings));
	}

	@Override
	public Row heading(final WorkItem item) {
		return Row.of("set", item.set(), "picture", item.sample().name(), "class", item.label(), "attack",
			Attacks.CLEAN, "defence", Defences.PRIOR, "preset", item.condition(), "seed", settings.seed("seed"));
	}

	@Override
	public Outcome compute(final Job job) {
		final Row heading = heading(job.item());
		return Examples.outcome(job, heading,
			fit(job.item().condition()).run(job, job.picture(), job.picture(), Defences.PRIOR, null),
			job.picture());
	}

	@Override
	public double trial(final Picture picture, final Classifier classifier) {
		return conditions().stream().mapToDouble(preset -> fit(preset).seconds(picture, classifier)).average()
			.orElse(0);
	}

	@Override
	public long memory(final String preset, final Picture picture) {
		return fit(preset).memory(picture);
	}

	@Override
	public int together(final String preset, final Picture picture) {
		return fit(preset).together(picture);
	}

	@Override
	public List<Part> report(final List<Row> rows, final Choice pictures) {
		final List<Part> parts = new ArrayList<>();
		parts.add(new Part.Heading("Figure 3: probability of the class over the steps of a fit"));
		parts.add(
			new Part.Text("Means over the pictures of a set, with bootstrap intervals of 95 % over the pictures. The "
				+ "paper sees a peak for robust and a trough for non-robust pictures, in single curves without "
				+ "intervals. Here a trough is where the mean lies most below both an earlier and a later step, and "
				+ "its depth the smaller of the two differences. Peak and trough are both sought, so chance alone "
				+ "gives a peak some height above the last step and a trough some depth: the interval of either must "
				+ "lie clearly above that of other sets to mean something."));
		final List<List<String>> lines = new ArrayList<>();
		final Map<String, Map<String, List<Row>>> groups = new LinkedHashMap<>();
		for (final Row row : rows)
			groups.computeIfAbsent(row.text("preset"), none -> new LinkedHashMap<>())
				.computeIfAbsent(row.text("set"), none -> new ArrayList<>()).add(row);
		final List<Figure> figures = new ArrayList<>();
		final Map<String, Series> all = new LinkedHashMap<>();
		groups.forEach((preset, sets) -> {
			final List<Figure.Curve> curves = new ArrayList<>();
			sets.forEach((set, part) -> {
				final Series series = Series.of(part, row -> row.number("p_true"));
				all.put(preset + ", " + set, series);
				curves.add(series.curve(set));
				lines.add(List.of(preset, set, String.valueOf(series.values().length), Row.cell(series.meanBefore()),
					series.peakStep().toString(), series.peak().toString(), series.troughStep().toString(),
					series.troughDepth().toString(), series.last().toString(), series.peakMinusLast().toString()));
			});
			figures.add(
				new Figure("features-" + preset, preset + ": probability of the class", "Step", "Probability", curves));
		});
		parts.add(new Table("summary", "Peaks and troughs of the mean curves",
			List.of("network", "set", "pictures", "p(class) of the pictures", "peak at step", "p(class) at the peak",
				"trough at step", "depth of the trough", "p(class) at the last step", "peak - last step"),
			lines));
		parts.addAll(Series.omissions(all));
		parts.addAll(figures);
		parts.addAll(Examples.parts("picture, output of the last step", Examples.last(rows), "p_true", row -> Examples
			.caption(row, row.text("set") + ", " + row.text("preset") + ", predicted " + row.text("predicted"))));
		return parts;
	}
}
