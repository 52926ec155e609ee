package io.github.deepimageprior.restore;

import io.github.deepimageprior.prior.FitResult;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/** Collects the fits of each part, which may be finished in any order, until its ensemble is complete. */
final class Ensembles {

	private final TreeMap<Integer, FitResult[]> waiting = new TreeMap<>();
	private final int members;

	/** @param members fits of each part */
	Ensembles(final int members) {
		this.members = members;
	}

	/** @return the fits of a part, in the order of the members, as soon as there are all; else null */
	synchronized List<FitResult> add(final int part, final int member, final FitResult fit) {
		final FitResult[] fits = waiting.computeIfAbsent(part, none -> new FitResult[members]);
		fits[member] = fit;
		return Arrays.asList(fits).contains(null) ? null : remove(part);
	}

	/** @return the parts of which some, but not all fits are there, as after a stop */
	synchronized List<Integer> incomplete() {
		return List.copyOf(waiting.keySet());
	}

	/** @return the fits of a part that are there */
	synchronized List<FitResult> remove(final int part) {
		return Arrays.stream(waiting.remove(part)).filter(Objects::nonNull).toList();
	}
}
