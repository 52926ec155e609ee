package io.github.deepimageprior.study;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.attack.Adversary;
import io.github.deepimageprior.attack.AttackMethod;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.report.Figure;
import io.github.deepimageprior.report.Part;
import io.github.deepimageprior.report.Table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Figure 1 of the paper: the probability of the true class over the steps of a fit to an attacked picture, for several
 * attacks and strengths.
 *
 * @param settings with the attacks' names, their strengths, the number of steps and every how many one is classified
 */
record ConfidenceStudy(Settings settings) implements Study {

	static final String NAME = "DIP Confidence Study";

	/** Of its settings besides those that all studies may have. */
	static final List<String> KEYS = List.of("methods", "epsilons", "iterations", "interval");

	private static final String CLEAN = "p_clean";

	/** Checks the settings. */
	ConfidenceStudy {
		conditions(settings);
		PriorFit.steps(settings);
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public List<String> columns() {
		return Stream.concat(COLUMNS.stream(), Stream.of(CLEAN)).toList();
	}

	@Override
	public List<String> relevant(final String condition) {
		return List.of("protocol", "space", "size", "iterations", "interval", "preset", "precision", "device", "seed");
	}

	@Override
	public List<String> conditions() {
		return conditions(settings);
	}

	private static List<String> conditions(final Settings settings) {
		return Attacks.all(settings.list("methods", name -> AttackMethod.named(name).toString()), settings);
	}

	private PriorFit fit() {
		return PriorFit.of(settings, PriorFit.steps(settings));
	}

	@Override
	public Row heading(final WorkItem item) {
		return Attacks.heading(item, settings).with("defence", Defences.PRIOR, "preset", settings.text("preset"),
			"seed", settings.seed("seed"));
	}

	@Override
	public Outcome compute(final Job job) {
		final Adversary adversary = Attacks.run(job, settings);
		final Row heading = heading(job.item()).with("linf", adversary.largest(), "l2", adversary.length(), CLEAN,
			adversary.clean().probability(job.item().target()));
		return Examples.outcome(job, heading,
			fit().run(job, adversary.picture(), job.picture(), Defences.PRIOR, null), job.picture(),
			adversary.picture());
	}

	@Override
	public double trial(final Picture picture, final Classifier classifier) {
		return fit().seconds(picture, classifier) + Attacks.seconds(conditions(), settings, picture, classifier);
	}

	@Override
	public long memory(final String condition, final Picture picture) {
		return fit().memory(picture);
	}

	@Override
	public int together(final String condition, final Picture picture) {
		return fit().together(picture);
	}

	@Override
	public List<Part> report(final List<Row> rows, final Choice pictures) {
		final List<Part> parts = new ArrayList<>();
		parts.add(new Part.Heading("Figure 1: probability of the true class over the steps of a fit"));
		parts.add(new Part.Text("Means over the pictures, with bootstrap intervals of 95 % over the pictures. Relative "
			+ "means divided by the probability of the true class for the clean picture, as in the research code of "
			+ "the paper's first author, for those pictures that the classifier predicts right when they are clean. "
			+ "The paper shows 20 pictures, without intervals. The peak is sought, so chance alone gives it some "
			+ "height above the last step."));
		final Set<String> methods = new LinkedHashSet<>();
		rows.forEach(row -> methods.add(row.text("attack")));
		parts.addAll(peaks(rows, methods));
		final Set<String> right = pictures.predictedRight();
		final List<Row> relative = rows.stream().filter(row -> right.contains(row.picture())).toList();
		for (final String method : methods) {
			if (!right.isEmpty())
				parts.add(figure("relative-" + method, method + ": relative to the clean picture",
					"Relative probability", relative, method, row -> row.number("p_true") / row.number(CLEAN)));
			parts.add(figure("probability-" + method, method + ": probability of the true class", "Probability", rows,
				method, row -> row.number("p_true")));
		}
		parts.addAll(Examples.parts("clean, attacked, output of the last step", Examples.last(rows), "p_true",
			row -> Examples.caption(row,
				row.text("attack") + " " + row.text("epsilon") + ", predicted " + row.text("predicted"))));
		return parts;
	}

	private static Map<String, List<Row>> byStrength(final List<Row> rows, final String method) {
		final Map<String, List<Row>> parts = new LinkedHashMap<>();
		rows.stream().filter(row -> row.text("attack").equals(method))
			.forEach(row -> parts.computeIfAbsent(row.text("epsilon"), none -> new ArrayList<>()).add(row));
		return parts;
	}

	private static Figure figure(final String name, final String title, final String label, final List<Row> rows,
		final String method, final ToDoubleFunction<Row> number)
	{
		final List<Figure.Curve> curves = new ArrayList<>();
		byStrength(rows, method)
			.forEach((epsilon, part) -> curves.add(Series.of(part, number).curve("epsilon " + epsilon)));
		return new Figure(name, title, "Step", label, curves);
	}

	private static List<Part> peaks(final List<Row> rows, final Set<String> methods) {
		final List<List<String>> lines = new ArrayList<>();
		final Map<String, Series> all = new LinkedHashMap<>();
		for (final String method : methods) byStrength(rows, method).forEach((epsilon, part) -> {
			final Series series = Series.of(part, row -> row.number("p_true"));
			all.put(method + ", epsilon " + epsilon, series);
			lines.add(List.of(method, epsilon, String.valueOf(series.values().length), Row.cell(series.meanBefore()),
				series.peakStep().toString(), series.peak().toString(), series.last().toString(),
				series.peakMinusLast().toString()));
		});
		final Table table = new Table("summary", "Where the mean probability of the true class peaks",
			List.of("attack", "epsilon", "pictures", "p(true) attacked", "peak at step", "p(true) at the peak",
				"p(true) at the last step", "peak - last step"),
			lines);
		return Stream.concat(Stream.of(table), Series.omissions(all).stream()).toList();
	}
}
