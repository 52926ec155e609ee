package io.github.deepimageprior.study;

import io.github.deepimageprior.report.Part;
import io.github.deepimageprior.report.Table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the rows of {@link AdaptiveStudy} say. All counts are of the same pictures: those that have rows of all
 * conditions.
 */
final class AdaptiveReport {

	/** How the results of checks begin. */
	private static final String PASSED = "Passed: ", FAILED = "Failed: ", NOT_MADE = "Not made: ";

	/** The least share of a picture's gradients that should not be 0. */
	private static final double ENOUGH = 0.5;

	private final List<Evaluations> pictures, compared;

	private final int chosen;

	/** @param chosen number of pictures of the study, also of those that have no rows yet */
	AdaptiveReport(final List<Row> rows, final int chosen) {
		this.chosen = chosen;
		pictures = Evaluations.of(rows);
		compared = pictures.stream().filter(Evaluations::isComplete).toList();
	}

	private Hits.Count count(final Predicate<Evaluations> which) {
		return new Hits.Count((int) compared.stream().filter(which).count(), compared.size());
	}

	private Hits.Count holding(final String... under) {
		return count(picture -> picture.hold(under));
	}

	/** @return the table, the checks, and what may be concluded */
	List<Part> parts() {
		final List<Part> parts = new ArrayList<>();
		parts.add(new Part.Heading("Attacks that know the defence"));
		parts.add(new Part.Text(counted()));
		if (!compared.isEmpty()) parts.add(table());
		parts.add(new Part.Heading("Checks of the attack"));
		checks().forEach(check -> parts.add(new Part.Text(check)));
		parts.add(new Part.Heading("What may be concluded"));
		parts.add(new Part.Text(conclusion()));
		parts.addAll(Examples.parts("clean, attacked with a seed that is not known, output of the prior",
			compared.stream().map(picture -> picture.first(AdaptiveStudy.FRESH)).toList(), "p_true",
			row -> Examples.caption(row, "predicted " + row.text("predicted"))));
		return parts;
	}

	/** @return which pictures are counted */
	String counted() {
		final String missing = AdaptiveStudy.CONDITIONS.stream()
			.filter(condition -> pictures.stream().noneMatch(picture -> picture.has(condition)))
			.collect(Collectors.joining("; "));
		return "Counted are the pictures that have been evaluated without an attack and under all four: "
			+ compared.size() + ". Left out are those that lack some of these rows: " + (chosen - compared.size()) + "."
			+ (missing.isEmpty() ? "" : " Not computed yet for any picture: " + missing + ".");
	}

	private Table table() {
		return new Table("summary", "How many pictures are predicted right; in brackets Wilson's interval of 95 %",
			List.of("attack", "epsilon", "space", "right without defence", "right, first evaluation", "evaluations",
				"right in all evaluations", "gradients that are not 0"),
			AdaptiveStudy.CONDITIONS.stream().map(this::line).toList());
	}

	private List<String> line(final String condition) {
		final Row some = compared.get(0).first(condition);
		final double gradient = compared.stream()
			.mapToDouble(picture -> picture.first(condition).number(AdaptiveStudy.GRADIENT)).average()
			.orElse(Double.NaN);
		return List.of(condition, some.text("epsilon"), some.text("space"), first(condition, AdaptiveStudy.UNDEFENDED),
			first(condition, "right"), String.valueOf(compared.get(0).count(condition)), holding(condition).cell(),
			Double.isNaN(gradient) ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * gradient));
	}

	/** @return how often a column is 1 in the first evaluation */
	private String first(final String condition, final String column) {
		return count(picture -> picture.first(condition).text(column).equals("1")).cell();
	}

	/** @return the checks that evaluators ask for, each with its result (Carlini et al., 2019, section 3.2) */
	List<String> checks() {
		return List.of(huge(), gradients(), transfer());
	}

	private String huge() {
		if (compared.isEmpty())
			return NOT_MADE + "whether the attack leaves no picture right with a very large epsilon.";
		if (holding(Attacks.CLEAN).hits() == 0)
			return NOT_MADE + "whether a very large epsilon leaves no picture right: without an attack none is.";
		final Hits.Count right = holding(AdaptiveStudy.HUGE);
		return right.hits() == 0 ? PASSED + "with a very large epsilon the adaptive attack leaves no picture right."
			: FAILED + "even with a very large epsilon " + right.cell()
				+ " stay right, so the attack is too weak: give it more steps, more seeds or longer fits.";
	}

	private String gradients() {
		final double least = compared.stream().flatMap(Evaluations::gradients).mapToDouble(Double::doubleValue).min()
			.orElse(Double.NaN);
		if (Double.isNaN(least)) return NOT_MADE + "whether the gradients that the attack follows are not 0.";
		return least > ENOUGH ? PASSED + "the gradients that the attack follows are not 0." : String.format(Locale.ROOT,
			FAILED + "for some picture only %.1f %% of the gradients are not 0.", 100 * least);
	}

	private String transfer() {
		if (compared.isEmpty())
			return NOT_MADE + "whether the attack on the undefended classifier is weaker than the one that knows the "
				+ "defence.";
		final Hits.Count unaware = holding(AdaptiveStudy.TRANSFER), aware = holding(AdaptiveStudy.FRESH);
		return aware.hits() <= unaware.hits()
			? PASSED + "the attack on the undefended classifier is not stronger than the one that knows the defence."
			: FAILED + "the attack on the undefended classifier is stronger (" + unaware.cell() + ") than the one that "
				+ "knows the defence (" + aware.cell() + "), which is then too weak.";
	}

	/** @return one paragraph */
	String conclusion() {
		if (compared.isEmpty())
			return "Nothing yet: no picture has been evaluated without an attack and under all four.";
		final int evaluations = compared.get(0).count(AdaptiveStudy.FRESH);
		final String found = "The defended classifier is right in "
			+ (evaluations == 1 ? "the evaluation" : "all " + evaluations + " evaluations") + " without an attack on "
			+ holding(Attacks.CLEAN).cell() + " of the pictures, under the attack that does not know the defence on "
			+ holding(AdaptiveStudy.TRANSFER).cell()
			+ ", and under both that do, with its seed known and with fresh ones, on "
			+ holding(AdaptiveStudy.KNOWN, AdaptiveStudy.FRESH).cell() + ". ";
		if (checks().stream().anyMatch(check -> check.startsWith(FAILED)))
			return found
				+ "A check has failed: these attacks are too weak to tell what the defence is worth, and nothing may "
				+ "be concluded in its favour.";
		if (checks().stream().anyMatch(check -> check.startsWith(NOT_MADE)))
			return found + "A check has not been made, so it is not known whether these attacks are strong enough, and "
				+ "nothing may be concluded in favour of the defence.";
		return found
			+ "The last number is an upper bound of what the defence is worth: a stronger attack may lower it, and "
			+ "none of these attacks can prove that a defence holds.";
	}
}
