package io.github.deepimageprior.study;

import io.github.deepimageprior.report.Part;
import io.github.deepimageprior.report.Report;
import io.github.deepimageprior.report.Table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What all studies report: how the pictures were chosen, what failed, what was set, and how to repeat it. */
final class StudyReport {

	private static final double MINUTE = 60, HOUR = 3600;

	private StudyReport() {}

	/**
	 * @param seconds that all items take; NaN if that is not known
	 * @param bytes of memory outside the Java heap that each takes
	 * @param lanes how many are computed at once
	 * @return what it will take, in a sentence
	 */
	static String estimate(final int items, final double seconds, final long bytes, final int lanes,
		final String device)
	{
		final String time = Double.isNaN(seconds) ? "an unknown time"
			: "about " + (seconds < 2 * MINUTE ? Math.max(2, Math.round(seconds)) + " seconds"
				: seconds < 2 * HOUR ? Math.round(seconds / MINUTE) + " minutes"
					: Math.round(seconds / HOUR) + " hours");
		final String memory = bytes < 1e9 ? Math.round(bytes / 1e6) + " MB" : Math.round(bytes / 1e8) / 10.0 + " GB";
		return String.format(Locale.ROOT, "%s %s on this %s%s, %s of memory each%s",
			items == 1 ? "1 item takes" : items + " items take", time, device.startsWith("GPU") ? "GPU" : "CPU",
			lanes > 1 ? ", " + lanes + " at once" : "", memory,
			!(seconds >= 2 * HOUR) ? "."
				: ": choose fewer pictures or steps" + (device.startsWith("GPU") ? "." : " or a GPU.")
					+ " It can be stopped at any time and goes on from where it was.");
	}

	/**
	 * @param skipped sentences about pictures that were left out
	 * @param log of the rows so far
	 * @param items of the study
	 * @param repeat how the user can repeat the study; empty for nothing
	 * @return the report of what there is
	 */
	static Report of(final Study study, final Choice choice, final List<String> skipped, final RowLog log,
		final List<WorkItem> items, final String repeat)
	{
		final List<Row> rows = log.rows(items);
		final Map<Row, String> failures = log.failures(items);
		final long complete = items.stream().filter(log::has).count();
		final List<Part> parts = new ArrayList<>();
		parts.add(new Part.Text(choice.sentence() + " " + complete + " of " + items.size() + " items are complete."));
		skipped.forEach(sentence -> parts.add(new Part.Text(sentence)));
		if (!rows.isEmpty()) parts.addAll(study.report(rows, choice));
		if (!failures.isEmpty()) {
			parts.add(new Part.Heading("What failed"));
			parts.add(failed(failures));
		}
		parts.add(new Part.Heading("What was set"));
		parts.add(new Table(null, "Settings", List.of("key", "value"), study.settings().values().entrySet().stream()
			.map(entry -> List.of(entry.getKey(), entry.getValue())).toList()));
		if (!repeat.isEmpty()) parts.add(new Part.Text("To repeat it: " + repeat));
		return new Report(study.name(), parts);
	}

	private static Table failed(final Map<Row, String> failures) {
		final List<List<String>> lines = new ArrayList<>();
		failures.forEach((heading, error) -> lines.add(List
			.of(String.join(", ", heading.cells().values().stream().filter(cell -> !cell.isEmpty()).toList()), error)));
		return new Table(null, failures.size() + " items; the same study tries them again", List.of("what", "why"),
			lines);
	}
}
