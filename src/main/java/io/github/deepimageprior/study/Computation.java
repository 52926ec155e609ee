package io.github.deepimageprior.study;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.ParallelRuns;
import io.github.deepimageprior.engine.Torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is left of a study to compute.
 *
 * @param parts one after the other: all items of a part take their steps in groups of the same size
 * @param seconds that an item takes on one core, or its share of those of its group, from a trial; NaN if that failed
 * @param bytes outside the Java heap that an item needs, an estimate
 * @param device as users know it
 */
record Computation(List<Part> parts, double seconds, long bytes, String device) {

	/**
	 * Items and what computes them.
	 *
	 * @param group how many take their steps as one, or stand for as many
	 */
	record Part(List<WorkItem> items, int group, Executor executor) {

		int atOnce() {
			return executor.lanes() * group;
		}

		/** @return how often as many as there are at once must be computed for all, a fraction counting as a whole */
		int rounds() {
			return (items.size() + atOnce() - 1) / atOnce();
		}
	}

	/** @param open the items, at least one */
	static Computation of(final Worker worker, final List<WorkItem> open, final Executor.Factory executors) {
		final Study study = worker.study();
		final Picture picture = ParallelRuns.here(() -> worker.prepared(open.get(0).sample()));
		study.check(picture, worker.classifier());
		final String device = study.settings().text("device");
		final long bytes = memory(worker, picture, 1);
		// Steps as one are those of the same network, that is, condition.
		final Map<String, List<WorkItem>> kinds = open.stream().collect(
			Collectors.groupingBy(item -> study.together(item.condition(), picture) > 1 ? item.condition() : "",
				LinkedHashMap::new, Collectors.toList()));
		final List<Part> parts = new ArrayList<>();
		kinds.forEach((kind, items) -> {
			final int together = study.together(items.get(0).condition(), picture);
			final int group = Torch.isGpu(device) ? 1 : together;
			parts.add(
				new Part(items, group, executors.of(items.size(), memory(worker, picture, group), device, together)));
		});
		return new Computation(parts, seconds(worker, picture), bytes, Torch.deviceName(device));
	}

	/** @return NaN if the picture fails: its item then says why, and the others go on */
	private static double seconds(final Worker worker, final Picture picture) {
		final Study study = worker.study();
		try {
			return Torch.isGpu(study.settings().text("device")) ? study.trial(picture, worker.classifier())
				: ParallelRuns.here(() -> study.trial(picture, worker.classifier()));
		}
		catch (final DipException failed) {
			return Double.NaN;
		}
	}

	/** @return bytes outside the Java heap that so many items need, which take their turn with the classifier */
	private static long memory(final Worker worker, final Picture picture, final int group) {
		final Study study = worker.study();
		return worker.classifier().memory()
			+ group * study.conditions().stream().filter(condition -> study.together(condition, picture) >= group)
				.mapToLong(condition -> study.memory(condition, picture)).max().orElse(0);
	}

	/** @return the most items that are computed at once */
	int atOnce() {
		return parts.stream().mapToInt(Part::atOnce).max().getAsInt();
	}

	/** @return how long it takes, for users */
	String sentence() {
		final int items = parts.stream().mapToInt(part -> part.items.size()).sum();
		final double all = parts.stream().mapToDouble(part -> part.rounds() * part.group * seconds).sum();
		return StudyReport.estimate(items, all, bytes, Math.min(items, atOnce()), device);
	}

	/** Computes all, or what is done before a stop or a cancel; see {@link Executor#run}. */
	void run(final Worker worker, final Executor.Receiver receiver, final Cancellation cancellation) {
		for (final Part part : parts)
			if (!cancellation.isRequested()) part.executor.run(worker, part.items, receiver, cancellation);
	}
}
