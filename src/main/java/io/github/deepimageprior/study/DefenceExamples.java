package io.github.deepimageprior.study;

import io.github.deepimageprior.report.Part;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Examples of {@link DefenceStudy}: outputs of the prior under attack, by the probability of the true class. */
final class DefenceExamples {

	private DefenceExamples() {}

	/**
	 * @param prior the steps of the prior as defences, in ascending order: that of the last one is shown
	 * @return the best, the median and the worst; nothing without the prior or an attack
	 */
	static List<Part> of(final List<Row> rows, final List<String> prior) {
		if (prior.isEmpty()) return List.of();
		final List<Row> sorted = rows.stream().filter(row -> Hits.defence(row).equals(prior.get(prior.size() - 1)))
			.filter(row -> !Hits.attack(row).equals(Attacks.CLEAN))
			.sorted(Comparator.comparingDouble((Row row) -> row.number("p_true")).reversed()).toList();
		if (sorted.isEmpty()) return List.of();
		final Map<String, Row> examples = new LinkedHashMap<>();
		examples.put("Best", sorted.get(0));
		examples.put("Median", sorted.get(sorted.size() / 2));
		examples.put("Worst", sorted.get(sorted.size() - 1));
		return List.of(new Part.Heading("Examples: clean, attacked, output of the prior"),
			new Part.Pictures(
				examples.values().stream().map(row -> StudyFolder.picture(row.text(RowFormat.KEY), DefenceStudy.STRIP))
					.toList(),
				examples.entrySet().stream().map(one -> one.getKey() + ": " + caption(one.getValue())).toList()));
	}

	private static String caption(final Row row) {
		return row.text("class") + ", " + Hits.attack(row) + ", predicted " + row.text("predicted")
			+ String.format(Locale.ROOT, ", probability of the true class %.2f", row.number("p_true"));
	}
}
