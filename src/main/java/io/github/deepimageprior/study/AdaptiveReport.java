package io.github.deepimageprior.study;

import io.github.deepimageprior.report.Part;
import io.github.deepimageprior.report.Table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the rows of {@link AdaptiveStudy} say. */
final class AdaptiveReport {

	/** Rows by attack and picture. */
	private final Map<String, Map<String, List<Row>>> attacks = new LinkedHashMap<>();

	AdaptiveReport(final List<Row> rows) {
		for (final Row row : rows)
			attacks.computeIfAbsent(row.text("attack"), none -> new LinkedHashMap<>())
				.computeIfAbsent(row.text("set") + "/" + row.text("picture"), none -> new ArrayList<>()).add(row);
	}

	/** @return pictures that are right in every evaluation, and pictures in all */
	private int[] worst(final String attack) {
		final Map<String, List<Row>> pictures = attacks.getOrDefault(attack, Map.of());
		return new int[] {
			(int) pictures.values().stream()
				.filter(rows -> rows.stream().allMatch(row -> row.text("right").equals("1"))).count(),
			pictures.size() };
	}

	private static String cell(final long hits, final int of) {
		return new Hits.Count((int) hits, of).cell();
	}

	/** @return the table, the checks, and what may be concluded */
	List<Part> parts() {
		final List<List<String>> lines = new ArrayList<>();
		attacks.forEach((attack, pictures) -> {
			final List<List<Row>> all = List.copyOf(pictures.values());
			final long undefended = all.stream().filter(rows -> one(rows.get(0), AdaptiveStudy.UNDEFENDED)).count();
			final long first = all.stream().filter(rows -> one(rows.get(0), "right")).count();
			final double gradient = all.stream().mapToDouble(rows -> rows.get(0).number(AdaptiveStudy.GRADIENT))
				.average().orElse(Double.NaN);
			lines.add(List.of(attack, all.get(0).get(0).text("epsilon"), cell(undefended, all.size()),
				cell(first, all.size()), String.valueOf(all.get(0).size()), cell(worst(attack)[0], all.size()),
				Double.isNaN(gradient) ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * gradient)));
		});
		final List<Part> parts = new ArrayList<>();
		parts.add(new Part.Heading("Attacks that know the defence"));
		parts.add(new Table("summary", "How many pictures are predicted right; in brackets Wilson's interval of 95 %",
			List.of("attack", "epsilon", "right without defence", "right, first evaluation", "evaluations",
				"right in all evaluations", "gradients that are not 0"),
			lines));
		parts.add(new Part.Heading("Checks of the attack"));
		checks().forEach(check -> parts.add(new Part.Text(check)));
		parts.add(new Part.Heading("What may be concluded"));
		parts.add(new Part.Text(conclusion()));
		return parts;
	}

	private static boolean one(final Row row, final String column) {
		return row.text(column).equals("1");
	}

	/** @return the checks that evaluators ask for, each with its result (Carlini et al., 2019, section 3.2) */
	List<String> checks() {
		final List<String> checks = new ArrayList<>();
		final int[] huge = worst(AdaptiveStudy.HUGE), fresh = worst(AdaptiveStudy.FRESH),
			transfer = worst(AdaptiveStudy.TRANSFER);
		if (huge[1] > 0)
			checks.add(huge[0] == 0 ? "Passed: with a very large epsilon the adaptive attack leaves no picture right."
				: "Failed: even with a very large epsilon " + cell(huge[0], huge[1])
					+ " stay right, so the attack is too " + "weak: give it more steps, more seeds or longer fits.");
		final double least = attacks.values().stream().flatMap(pictures -> pictures.values().stream())
			.mapToDouble(rows -> rows.get(0).number(AdaptiveStudy.GRADIENT)).filter(Double::isFinite).min()
			.orElse(Double.NaN);
		if (Double.isFinite(least))
			checks.add(least > 0.5 ? "Passed: the gradients that it follows are not 0." : String.format(Locale.ROOT,
				"Failed: for some picture only %.1f %% of the gradients are not 0.", 100 * least));
		if (fresh[1] > 0 && transfer[1] > 0)
			checks.add(fresh[0] <= transfer[0]
				? "Passed: the attack on the undefended classifier is not stronger than the one that knows the defence."
				: "Failed: the attack on the undefended classifier is stronger (" + cell(transfer[0], transfer[1])
					+ ") than the one that knows the defence (" + cell(fresh[0], fresh[1])
					+ "), which is then too weak.");
		return checks;
	}

	/** @return one paragraph */
	String conclusion() {
		final int[] clean = worst(Attacks.CLEAN), fresh = worst(AdaptiveStudy.FRESH),
			known = worst(AdaptiveStudy.KNOWN), transfer = worst(AdaptiveStudy.TRANSFER);
		if (fresh[1] == 0) return "Nothing yet: no picture has been attacked with fresh seeds.";
		final int[] strongest = known[1] > 0 && (double) known[0] / known[1] < (double) fresh[0] / fresh[1] ? known
			: fresh;
		final String found = "Without an attack the defended classifier is right on "
			+ cell(clean[0], Math.max(1, clean[1]))
			+ " of the pictures, under an attack that does not know the defence on "
			+ cell(transfer[0], Math.max(1, transfer[1])) + ", and under the strongest one that does on "
			+ cell(strongest[0], strongest[1]) + ". ";
		if (checks().stream().anyMatch(check -> check.startsWith("Failed")))
			return found + "A check has failed, so the last number is no upper bound of what the defence is worth, and "
				+ "nothing may be concluded in its favour.";
		return found
			+ "The last number is an upper bound of what the defence is worth: a stronger attack may lower it, and "
			+ "none of these attacks can prove that a defence holds.";
	}
}
