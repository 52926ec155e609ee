package io.github.deepimageprior.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The rows of {@link AdaptiveStudy} for one picture: its evaluations under each condition. */
final class Evaluations {

	private final Map<String, List<Row>> conditions = new LinkedHashMap<>();

	/** @return those of each picture */
	static List<Evaluations> of(final List<Row> rows) {
		final Map<String, Evaluations> pictures = new LinkedHashMap<>();
		for (final Row row : rows)
			pictures.computeIfAbsent(row.picture(), none -> new Evaluations()).conditions
				.computeIfAbsent(row.text("attack"), none -> new ArrayList<>()).add(row);
		return List.copyOf(pictures.values());
	}

	boolean has(final String condition) {
		return conditions.containsKey(condition);
	}

	/** @return whether there are some under every condition, so that conditions can be compared */
	boolean isComplete() {
		return conditions.keySet().containsAll(AdaptiveStudy.CONDITIONS);
	}

	Row first(final String condition) {
		return conditions.get(condition).get(0);
	}

	int count(final String condition) {
		return conditions.get(condition).size();
	}

	/** @return whether the picture is right in all evaluations under all of these conditions */
	boolean hold(final String... under) {
		return Stream.of(under).flatMap(condition -> conditions.get(condition).stream())
			.allMatch(row -> row.text("right").equals("1"));
	}

	/** @return the share of gradients that are not 0 under each condition that has some */
	Stream<Double> gradients() {
		return conditions.keySet().stream().map(condition -> first(condition).number(AdaptiveStudy.GRADIENT))
			.filter(Double::isFinite);
	}
}
