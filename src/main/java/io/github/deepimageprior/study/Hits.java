package io.github.deepimageprior.study;

import io.github.deepimageprior.measure.Interval;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which pictures were predicted right, by attack and defence. */
final class Hits {

	private static final int RESAMPLES = 2000;

	/** By attack, defence and picture. */
	private final Map<String, Map<String, Map<String, Boolean>>> right = new LinkedHashMap<>();
	private final Set<String> defences = new LinkedHashSet<>();

	Hits(final List<Row> rows) {
		for (final Row row : rows) {
			defences.add(defence(row));
			right.computeIfAbsent(attack(row), none -> new LinkedHashMap<>())
				.computeIfAbsent(defence(row), none -> new LinkedHashMap<>())
				.put(row.picture(), row.text("right").equals("1"));
		}
	}

	/** @return the attack of a row with its ε */
	static String attack(final Row row) {
		return row.text("attack").equals(Attacks.CLEAN) ? Attacks.CLEAN
			: row.text("attack") + " " + row.text("epsilon");
	}

	/** @return the defence of a row; the prior at different steps counts as different defences */
	static String defence(final Row row) {
		return row.text("defence").equals(Defences.PRIOR) ? Defences.PRIOR + " " + row.text("step")
			: row.text("defence");
	}

	Set<String> attacks() {
		return right.keySet();
	}

	Set<String> defences() {
		return defences;
	}

	/** @return the prior's steps as defences, in ascending order */
	List<String> prior() {
		return defences.stream().filter(one -> one.matches(Defences.PRIOR + " \\d+"))
			.sorted(Comparator.comparingInt(Hits::step)).toList();
	}

	/** @return the step of a defence that is one of the prior's */
	static int step(final String defence) {
		return Integer.parseInt(defence.substring(defence.lastIndexOf(' ') + 1));
	}

	/** @return all pictures */
	Set<String> pictures() {
		return right.values().stream().flatMap(one -> one.values().stream()).flatMap(one -> one.keySet().stream())
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	/** @return the pictures that are right without attack and defence */
	Set<String> rightWithoutAttack() {
		return of(Attacks.CLEAN, Defences.NONE).entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey)
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	private Map<String, Boolean> of(final String attack, final String defence) {
		return right.getOrDefault(attack, Map.of()).getOrDefault(defence, Map.of());
	}

	/** How many of some pictures are right. */
	record Count(int hits, int of) {

		double share() {
			return (double) hits / of;
		}

		Interval interval() {
			return Interval.wilson(hits, of);
		}

		/** @return count, percentage and interval */
		String cell() {
			return String.format(Locale.ROOT, "%d/%d = %.1f %% [%.1f, %.1f]", hits, of, 100 * share(),
				100 * interval().low(), 100 * interval().high());
		}
	}

	/** @return null if none of the pictures was attacked and defended so */
	Count count(final String attack, final String defence, final Set<String> pictures) {
		final Map<String, Boolean> hits = of(attack, defence);
		final long of = hits.keySet().stream().filter(pictures::contains).count();
		return of == 0 ? null
			: new Count((int) pictures.stream().filter(one -> hits.getOrDefault(one, false)).count(), (int) of);
	}

	/** @return on how many pictures only the first of two defences is right, of those that both had */
	int only(final String attack, final String first, final String second, final Set<String> pictures) {
		final Map<String, Boolean> one = of(attack, first), other = of(attack, second);
		return (int) pictures.stream().filter(one::containsKey).filter(other::containsKey)
			.filter(picture -> one.get(picture) && !other.get(picture)).count();
	}

	/** @return those of some pictures that have had all defences under all attacks: on which means can be compared */
	Set<String> complete(final Set<String> pictures) {
		return pictures.stream()
			.filter(one -> defences.stream().flatMap(this::attacked).allMatch(hits -> hits.containsKey(one)))
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	/** @return what became of the pictures under each attack */
	private Stream<Map<String, Boolean>> attacked(final String defence) {
		return right.keySet().stream().filter(attack -> !attack.equals(Attacks.CLEAN))
			.map(attack -> of(attack, defence));
	}

	/**
	 * @param complete at least one picture, see {@link #complete}
	 * @return the mean over the attacks in percent, with its bootstrap interval over pictures: one picture counts under
	 *         all attacks
	 */
	String mean(final String defence, final Set<String> complete) {
		final double[] percent = complete.stream()
			.mapToDouble(one -> attacked(defence).mapToInt(hits -> hits.get(one) ? 100 : 0).average().orElse(0))
			.toArray();
		return Interval.ofMean(percent, RESAMPLES, 0).around("%.1f", Arrays.stream(percent).average().getAsDouble(),
			" %");
	}
}
