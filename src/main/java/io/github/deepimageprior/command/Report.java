package io.github.deepimageprior.command;

import io.github.deepimageprior.host.Display;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Combines the reports of several fits: common values once, differing values in sequence. */
final class Report {

	private final Map<String, List<String>> lines = new LinkedHashMap<>();

	void add(final Map<String, String> report) {
		report.forEach((key, value) -> lines.computeIfAbsent(key, first -> new ArrayList<>()).add(value));
	}

	/** Adds a sentence that the user should read, if there is one. */
	void warn(final String sentence) {
		if (!sentence.isEmpty()) add(Map.of("Warning", sentence));
	}

	/** As {@link #warn}, and writes the sentence into the Log. */
	void tell(final String sentence) {
		if (!sentence.isEmpty()) Display.log(sentence);
		warn(sentence);
	}

	/** @return for every key its value, or its values in order with semicolons between them */
	Map<String, String> text() {
		final Map<String, String> text = new LinkedHashMap<>();
		lines.forEach((key, values) -> text.put(key,
			String.join("; ", Set.copyOf(values).size() == 1 ? values.subList(0, 1) : values)));
		return text;
	}
}
