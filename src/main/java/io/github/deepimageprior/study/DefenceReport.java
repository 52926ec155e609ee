package io.github.deepimageprior.study;

import io.github.deepimageprior.measure.McNemar;
import io.github.deepimageprior.report.Figure;
import io.github.deepimageprior.report.Part;
import io.github.deepimageprior.report.Table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the rows of {@link DefenceStudy} say. */
final class DefenceReport {

	private final List<Row> rows;
	private final Choice choice;

	private final Hits right;

	DefenceReport(final List<Row> rows, final Choice choice) {
		this.rows = rows;
		this.choice = choice;
		right = new Hits(rows);
	}

	/** @return tables, figure and examples */
	List<Part> parts() {
		final List<Part> parts = new ArrayList<>();
		parts.add(new Part.Heading("Tables 1 and 2: how many pictures are predicted right"));
		parts.add(
			new Part.Text("The attacks do not know of the defences, as in the paper: the tables say nothing about an "
				+ "attacker who does. In brackets: Wilson's interval of 95 %; for the mean over the attacks, the "
				+ "bootstrap interval over pictures, of those that have all attacks and defences."));
		final Set<String> all = right.pictures(), good = choice.onlyRight() ? all : right.rightWithoutAttack();
		if (!choice.onlyRight()) {
			parts.add(accuracies("Of all pictures", all));
			parts.add(new Part.Text(good.isEmpty() ? noneRight(all)
				: "Only pictures that the classifier predicts right without attack and defence, which is how the paper "
					+ "counts:"));
		}
		if (!good.isEmpty()) {
			parts.add(accuracies("Of the pictures that are predicted right without attack and defence", good));
			parts.add(summary(good));
			parts.add(paper(good));
		}
		parts.add(comparisons(all));
		if (right.prior().size() > 1) parts.addAll(figure(good));
		parts.addAll(examples());
		return parts;
	}

	/** @return why there are no tables and no figure of the pictures that are predicted right */
	private String noneRight(final Set<String> all) {
		final Hits.Count clean = right.count(Attacks.CLEAN, Defences.NONE, all);
		return clean == null
			? "No picture has been classified without attack and defence yet, so it is not known which of them the "
				+ "classifier predicts right: their tables and the figure follow when the study goes on."
			: "Without attack and defence, the classifier predicts right " + clean.cell()
				+ " of the pictures: there are none to make the paper's tables and the figure of.";
	}

	private Table accuracies(final String title, final Set<String> pictures) {
		final List<String> columns = new ArrayList<>(List.of("attack"));
		columns.addAll(right.defences());
		final List<List<String>> lines = new ArrayList<>();
		for (final String attack : right.attacks()) {
			final List<String> line = new ArrayList<>(List.of(attack));
			for (final String defence : right.defences()) {
				final Hits.Count count = right.count(attack, defence, pictures);
				line.add(count == null ? "" : count.cell());
			}
			lines.add(line);
		}
		final Set<String> complete = right.complete(pictures);
		if (right.attacks().size() > 2 && !complete.isEmpty()) {
			final List<String> mean = new ArrayList<>(List
				.of("mean over the attacks, " + complete.size() + (complete.size() == 1 ? " picture" : " pictures")));
			for (final String defence : right.defences()) mean.add(right.mean(defence, complete));
			lines.add(mean);
		}
		return new Table(null, title, columns, lines);
	}

	private Table summary(final Set<String> pictures) {
		final List<List<String>> lines = new ArrayList<>();
		for (final String attack : right.attacks()) for (final String defence : right.defences()) {
			final Hits.Count count = right.count(attack, defence, pictures);
			if (count != null)
				lines.add(List.of(attack, defence, String.valueOf(count.hits()), String.valueOf(count.of()),
					Row.cell(100 * count.share()), Row.cell(100 * count.interval().low()),
					Row.cell(100 * count.interval().high()), Row.cell(PaperTable.percent(attack, defence))));
		}
		return new Table("summary", "The same as a list, with the paper's numbers",
			List.of("attack", "defence", "right", "of", "percent", "low", "high", "paper"), lines);
	}

	private Table paper(final Set<String> pictures) {
		final List<String> columns = List.of("attack", "defence", "here", "paper", "paper's number in this interval");
		final List<List<String>> lines = new ArrayList<>();
		for (final String attack : right.attacks()) for (final String defence : right.defences()) {
			final Hits.Count count = right.count(attack, defence, pictures);
			final double percent = PaperTable.percent(attack, defence);
			if (count == null || Double.isNaN(percent)) continue;
			final boolean inside = percent / 100 >= count.interval().low() && percent / 100 <= count.interval().high();
			lines.add(List.of(attack, defence, count.cell(), PaperTable.cell(attack, defence), inside ? "yes" : "no"));
		}
		return new Table("paper", "Beside the paper, whose 461 pictures, classifier and network may differ from these. "
			+ "It quotes the randomisation from Xie et al., who measured it on other pictures and another classifier, "
			+ "and its epsilon is in ImageNet's normalised space: about 4.4 times weaker than in pixels.",
			columns, lines);
	}

	/** Of each two defences; those with the prior at its last step come first. */
	private Table comparisons(final Set<String> pictures) {
		final List<List<String>> lines = new ArrayList<>();
		final List<String> prior = right.prior(), defences = new ArrayList<>(right.defences());
		if (!prior.isEmpty()) {
			final String last = prior.get(prior.size() - 1);
			defences.remove(last);
			defences.add(0, last);
		}
		for (int i = 0; i < defences.size(); i++)
			for (final String attack : right.attacks())
				for (final String second : defences.subList(i + 1, defences.size()))
					compare(attack, defences.get(i), second, pictures).ifPresent(lines::add);
		return new Table("comparisons",
			"Defences compared in pairs on the same pictures (McNemar's exact test, not corrected for the number of "
				+ "comparisons)",
			List.of("attack", "first", "second", "only the first right", "only the second right", "p"), lines);
	}

	private Optional<List<String>> compare(final String attack, final String first, final String second,
		final Set<String> pictures)
	{
		if (right.count(attack, first, pictures) == null || right.count(attack, second, pictures) == null)
			return Optional.empty();
		final int onlyFirst = right.only(attack, first, second, pictures),
			onlySecond = right.only(attack, second, first, pictures);
		return Optional.of(List.of(attack, first, second, String.valueOf(onlyFirst), String.valueOf(onlySecond),
			Row.cell(McNemar.exact(onlyFirst, onlySecond))));
	}

	/** @return a figure of the attacks of which there are all steps; none without one */
	private List<Figure> figure(final Set<String> pictures) {
		final List<Figure.Curve> curves = new ArrayList<>();
		final List<String> prior = right.prior();
		for (final String attack : right.attacks()) {
			final List<Hits.Count> counts = prior.stream().map(one -> right.count(attack, one, pictures)).toList();
			if (counts.contains(null)) continue;
			curves.add(new Figure.Curve(attack, prior.stream().mapToDouble(Hits::step).toArray(),
				counts.stream().mapToDouble(Hits.Count::share).toArray(),
				counts.stream().mapToDouble(count -> count.interval().low()).toArray(),
				counts.stream().mapToDouble(count -> count.interval().high()).toArray()));
		}
		return curves.isEmpty() ? List.of() : List
			.of(new Figure("defence", "Pictures predicted right after the deep image prior", "Step", "Share", curves));
	}

	/** Of the prior's outputs under attack at the last of its steps. */
	private List<Part> examples() {
		final List<String> prior = right.prior();
		if (prior.isEmpty()) return List.of();
		return Examples.parts("clean, attacked, output of the prior",
			rows.stream().filter(row -> Hits.defence(row).equals(prior.get(prior.size() - 1)))
				.filter(row -> !Hits.attack(row).equals(Attacks.CLEAN)).toList(),
			"p_true", row -> Examples.caption(row, Hits.attack(row) + ", predicted " + row.text("predicted")));
	}
}
