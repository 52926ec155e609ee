package io.github.deepimageprior.study;

import io.github.deepimageprior.measure.Interval;
import io.github.deepimageprior.measure.McNemar;
import io.github.deepimageprior.report.Figure;
import io.github.deepimageprior.report.Part;
import io.github.deepimageprior.report.Table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the rows of {@link DefenceStudy} say. */
final class DefenceReport {

	private static final int RESAMPLES = 2000;

	private final List<Row> rows;
	private final Choice choice;

	/** Whether a picture was predicted right, by attack, defence and picture. */
	private final Map<String, Map<String, Map<String, Boolean>>> right = new LinkedHashMap<>();
	private final Set<String> defences = new LinkedHashSet<>();

	DefenceReport(final List<Row> rows, final Choice choice) {
		this.rows = rows;
		this.choice = choice;
		for (final Row row : rows) {
			defences.add(defence(row));
			right.computeIfAbsent(attack(row), none -> new LinkedHashMap<>())
				.computeIfAbsent(defence(row), none -> new LinkedHashMap<>())
				.put(picture(row), row.text("right").equals("1"));
		}
	}

	private static String attack(final Row row) {
		return row.text("attack").equals(Attacks.CLEAN) ? Attacks.CLEAN
			: row.text("attack") + " " + row.text("epsilon");
	}

	/** The prior at different steps counts as different defences. */
	private static String defence(final Row row) {
		return row.text("defence").equals(Defences.PRIOR) ? Defences.PRIOR + " " + row.text("step")
			: row.text("defence");
	}

	private static String picture(final Row row) {
		return row.text("set") + "/" + row.text("picture");
	}

	/** @return tables, figure and examples */
	List<Part> parts() {
		final List<Part> parts = new ArrayList<>();
		parts.add(new Part.Heading("Tables 1 and 2: how many pictures are predicted right"));
		parts.add(
			new Part.Text("The attacks do not know of the defences, as in the paper: the tables say nothing about an "
				+ "attacker who does. In brackets: Wilson's interval of 95 %; for the mean over the attacks, the bootstrap "
				+ "interval over pictures."));
		final Set<String> all = right.values().stream().flatMap(one -> one.values().stream())
			.flatMap(one -> one.keySet().stream()).collect(Collectors.toCollection(LinkedHashSet::new));
		final Set<String> good = right.getOrDefault(Attacks.CLEAN, Map.of()).getOrDefault(Defences.NONE, Map.of())
			.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).collect(Collectors.toSet());
		if (!choice.onlyRight()) {
			parts.add(accuracies("Of all pictures", all));
			parts.add(new Part.Text("Only pictures that the classifier predicts right without attack and defence, "
				+ "which is how the paper counts:"));
		}
		parts.add(accuracies("Of the pictures that are predicted right without attack and defence",
			choice.onlyRight() ? all : good));
		parts.add(summary(choice.onlyRight() ? all : good));
		parts.add(paper(choice.onlyRight() ? all : good));
		parts.add(comparisons(all));
		if (stepped(Defences.PRIOR).size() > 1) parts.add(figure(choice.onlyRight() ? all : good));
		parts.addAll(examples());
		return parts;
	}

	private record Count(int hits, int of) {

		double share() {
			return (double) hits / of;
		}

		Interval interval() {
			return Interval.wilson(hits, of);
		}

		String cell() {
			return String.format(Locale.ROOT, "%d/%d = %.1f %% [%.1f, %.1f]", hits, of, 100 * share(),
				100 * interval().low(), 100 * interval().high());
		}
	}

	/** @return null if there is no such picture */
	private Count count(final String attack, final String defence, final Set<String> pictures) {
		final Map<String, Boolean> hits = right.getOrDefault(attack, Map.of()).getOrDefault(defence, Map.of());
		final long of = hits.keySet().stream().filter(pictures::contains).count();
		return of == 0 ? null
			: new Count((int) pictures.stream().filter(one -> hits.getOrDefault(one, false)).count(), (int) of);
	}

	private Table accuracies(final String title, final Set<String> pictures) {
		final List<String> columns = new ArrayList<>(List.of("attack"));
		columns.addAll(defences);
		final List<List<String>> lines = new ArrayList<>();
		for (final String attack : right.keySet()) {
			final List<String> line = new ArrayList<>(List.of(attack));
			for (final String defence : defences) {
				final Count count = count(attack, defence, pictures);
				line.add(count == null ? "" : count.cell());
			}
			lines.add(line);
		}
		final List<String> mean = new ArrayList<>(List.of("mean over the attacks"));
		for (final String defence : defences) mean.add(mean(defence, pictures));
		if (right.size() > 2) lines.add(mean);
		return new Table(null, title, columns, lines);
	}

	/** The mean over attacks, whose interval comes from resampled pictures: one picture counts under all attacks. */
	private String mean(final String defence, final Set<String> pictures) {
		final List<Map<String, Boolean>> attacks = right.keySet().stream()
			.filter(attack -> !attack.equals(Attacks.CLEAN))
			.map(attack -> right.get(attack).getOrDefault(defence, Map.of())).toList();
		final List<String> common = pictures.stream()
			.filter(one -> attacks.stream().allMatch(hits -> hits.containsKey(one))).toList();
		if (common.isEmpty()) return "";
		final double[] shares = common.stream()
			.mapToDouble(one -> attacks.stream().mapToInt(hits -> hits.get(one) ? 1 : 0).average().orElse(0)).toArray();
		final Interval interval = Interval.ofMean(shares, RESAMPLES, 0);
		return String.format(Locale.ROOT, "%.1f %% [%.1f, %.1f]",
			100 * java.util.Arrays.stream(shares).average().getAsDouble(), 100 * interval.low(), 100 * interval.high());
	}

	private Table summary(final Set<String> pictures) {
		final List<List<String>> lines = new ArrayList<>();
		for (final String attack : right.keySet()) for (final String defence : defences) {
			final Count count = count(attack, defence, pictures);
			if (count != null)
				lines.add(List.of(attack, defence, String.valueOf(count.hits), String.valueOf(count.of),
					Row.cell(100 * count.share()), Row.cell(100 * count.interval().low()),
					Row.cell(100 * count.interval().high()), Row.cell(PaperTable.percent(attack, defence))));
		}
		return new Table("summary", "The same as a list, with the paper's numbers",
			List.of("attack", "defence", "right", "of", "percent", "low", "high", "paper"), lines);
	}

	private Table paper(final Set<String> pictures) {
		final List<String> columns = List.of("attack", "defence", "here", "paper", "paper's number in this interval");
		final List<List<String>> lines = new ArrayList<>();
		for (final String attack : right.keySet()) for (final String defence : defences) {
			final Count count = count(attack, defence, pictures);
			final double percent = PaperTable.percent(attack, defence);
			if (count == null || Double.isNaN(percent)) continue;
			final boolean inside = percent / 100 >= count.interval().low() && percent / 100 <= count.interval().high();
			lines.add(List.of(attack, defence, count.cell(), PaperTable.cell(attack, defence), inside ? "yes" : "no"));
		}
		return new Table("paper", "Beside the paper, whose 461 pictures, classifier and network may differ from these. "
			+ "It quotes the randomisation from Xie et al., who measured it on other pictures and another classifier, "
			+ "and its epsilon is in the normalised space of the classifier: about 4.4 times weaker than in pixels.",
			columns, lines);
	}

	private List<String> stepped(final String defence) {
		return defences.stream().filter(one -> one.matches(defence + " \\d+"))
			.sorted(Comparator.comparingInt(DefenceReport::step)).toList();
	}

	private static int step(final String defence) {
		return Integer.parseInt(defence.substring(defence.lastIndexOf(' ') + 1));
	}

	private Table comparisons(final Set<String> pictures) {
		final List<List<String>> lines = new ArrayList<>();
		final List<String> prior = stepped(Defences.PRIOR);
		final String first = prior.isEmpty() ? Defences.NONE : prior.get(prior.size() - 1);
		for (final String attack : right.keySet()) for (final String second : defences) {
			final Map<String, Boolean> one = right.get(attack).getOrDefault(first, Map.of()),
				other = right.get(attack).getOrDefault(second, Map.of());
			if (second.equals(first) || one.isEmpty() || other.isEmpty()) continue;
			int onlyFirst = 0, onlySecond = 0;
			for (final String picture : pictures) {
				if (!one.containsKey(picture) || !other.containsKey(picture)) continue;
				if (one.get(picture) && !other.get(picture)) onlyFirst++;
				if (!one.get(picture) && other.get(picture)) onlySecond++;
			}
			lines.add(List.of(attack, second, String.valueOf(onlyFirst), String.valueOf(onlySecond),
				Row.cell(McNemar.exact(onlyFirst, onlySecond))));
		}
		return new Table("comparisons",
			first + " compared with other defences on the same pictures (McNemar's exact "
				+ "test, not corrected for the number of comparisons)",
			List.of("attack", "compared with", "only " + first + " right", "only the other right", "p"), lines);
	}

	private Figure figure(final Set<String> pictures) {
		final List<Figure.Curve> curves = new ArrayList<>();
		final List<String> prior = new ArrayList<>(stepped(Defences.PRIOR));
		for (final String attack : right.keySet()) {
			final List<Count> counts = prior.stream().map(one -> count(attack, one, pictures)).toList();
			if (counts.contains(null)) continue;
			curves.add(new Figure.Curve(attack, prior.stream().mapToDouble(DefenceReport::step).toArray(),
				counts.stream().mapToDouble(Count::share).toArray(),
				counts.stream().mapToDouble(count -> count.interval().low()).toArray(),
				counts.stream().mapToDouble(count -> count.interval().high()).toArray()));
		}
		return new Figure("defence", "Pictures predicted right after the deep image prior", "Step", "Share", curves);
	}

	/** The best, the median and the worst output of the prior under attack, by the probability of the true class. */
	private List<Part> examples() {
		final List<String> prior = stepped(Defences.PRIOR);
		if (prior.isEmpty()) return List.of();
		final List<Row> sorted = rows.stream().filter(row -> defence(row).equals(prior.get(prior.size() - 1)))
			.filter(row -> !attack(row).equals(Attacks.CLEAN))
			.sorted(Comparator.comparingDouble((Row row) -> row.number("p_true")).reversed()).toList();
		if (sorted.isEmpty()) return List.of();
		final Map<String, Row> examples = new LinkedHashMap<>();
		examples.put("Best", sorted.get(0));
		examples.put("Median", sorted.get(sorted.size() / 2));
		examples.put("Worst", sorted.get(sorted.size() - 1));
		return List.of(new Part.Heading("Examples: clean, attacked, output of the prior"),
			new Part.Pictures(
				examples.values().stream().map(row -> StudyFolder.picture(row.text(RowLog.KEY), DefenceStudy.STRIP))
					.toList(),
				examples.entrySet().stream().map(one -> one.getKey() + ": " + caption(one.getValue())).toList()));
	}

	private static String caption(final Row row) {
		return row.text("class") + ", " + attack(row) + ", predicted " + row.text("predicted")
			+ String.format(Locale.ROOT, ", probability of the true class %.2f", row.number("p_true"));
	}
}
