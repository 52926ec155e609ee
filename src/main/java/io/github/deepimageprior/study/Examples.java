package io.github.deepimageprior.study;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.data.Encoding;
import io.github.deepimageprior.report.Part;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The pictures that items keep side by side, of which a report shows the best, the median and the worst. */
final class Examples {

	private static final String STRIP = "strip";

	private Examples() {}

	/** @return what an {@linkplain Outcome outcome} keeps: these pictures side by side */
	static Map<String, byte[]> strip(final Picture... pictures) {
		return Map.of(STRIP, Encoding.png(Strip.of(List.of(pictures))));
	}

	/**
	 * @param heading of the rows
	 * @param shown what the classifier was shown, at least one
	 * @param before the pictures to keep beside the last that it was shown
	 * @return an outcome with a row for each
	 */
	static Outcome outcome(final Job job, final Row heading, final List<Shown> shown, final Picture... before) {
		final List<Picture> pictures = new ArrayList<>(List.of(before));
		pictures.add(shown.get(shown.size() - 1).picture());
		return new Outcome(job.item(), shown.stream().map(one -> one.row(heading, job.item().target())).toList(),
			strip(pictures.toArray(Picture[]::new)), null);
	}

	/** @return of each item the row of its last step */
	static List<Row> last(final List<Row> rows) {
		final Map<String, Row> last = new LinkedHashMap<>();
		for (final Row row : rows)
			last.merge(row.text(RowFormat.KEY), row, (a, b) -> b.number("step") >= a.number("step") ? b : a);
		return List.copyOf(last.values());
	}

	/**
	 * @param heading what is side by side
	 * @param rows one for each picture that may be shown
	 * @param column a number; more is better
	 * @param caption of a picture
	 * @return nothing if there are no rows
	 */
	static List<Part> parts(final String heading, final List<Row> rows, final String column,
		final Function<Row, String> caption)
	{
		if (rows.isEmpty()) return List.of();
		final List<Row> sorted = rows.stream()
			.sorted(Comparator.comparingDouble((final Row row) -> row.number(column)).reversed()).toList();
		final Map<String, Row> examples = new LinkedHashMap<>();
		examples.put("Best", sorted.get(0));
		examples.put("Median", sorted.get(sorted.size() / 2));
		examples.put("Worst", sorted.get(sorted.size() - 1));
		return List.of(new Part.Heading("Examples: " + heading),
			new Part.Pictures(
				examples.values().stream().map(row -> StudyFolder.picture(row.text(RowFormat.KEY), STRIP)).toList(),
				examples.entrySet().stream().map(one -> one.getKey() + ": " + caption.apply(one.getValue())).toList()));
	}

	/** @return the class, what is said of it, and the probability of the true class */
	static String caption(final Row row, final String what) {
		return row.text("class") + ", " + what
			+ String.format(Locale.ROOT, ", probability of the true class %.2f", row.number("p_true"));
	}
}
