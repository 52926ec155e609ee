package io.github.deepimageprior.study;

import io.github.deepimageprior.Cancellation;
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
 * @param parts one after the other: the items of a part take their steps alone, or all as many as one
 * @param seconds that an item takes on one core, from a trial
 * @param bytes outside the Java heap that an item needs, an estimate
 * @param device as users know it
 */
record Computation(List<Part> parts, double seconds, long bytes, String device) {

	/** Items and what computes them. */
	record Part(List<WorkItem> items, Executor executor) {}

	/** @param open the items, at least one */
	static Computation of(final Worker worker, final List<WorkItem> open, final Executor.Factory executors) {
		final Study study = worker.study();
		final Picture picture = ParallelRuns.here(() -> worker.prepared(open.get(0).sample()));
		final String device = study.settings().text("device");
		final long bytes = study.memory(picture, worker.classifier(), 1);
		final Map<Integer, List<WorkItem>> kinds = open.stream().collect(Collectors
			.groupingBy(item -> study.together(item.condition(), picture), LinkedHashMap::new, Collectors.toList()));
		final List<Part> parts = new ArrayList<>();
		kinds.forEach((together, items) -> {
			final long all = Torch.isGpu(device) ? bytes : study.memory(picture, worker.classifier(), together);
			parts.add(new Part(items, executors.of(items.size(), all, device, together)));
		});
		final double seconds = Torch.isGpu(device) ? study.trial(picture, worker.classifier())
			: ParallelRuns.here(() -> study.trial(picture, worker.classifier()));
		return new Computation(parts, seconds, bytes, Torch.deviceName(device));
	}

	/** @return the most items that are computed at once */
	int lanes() {
		return parts.stream().mapToInt(part -> part.executor.lanes()).max().getAsInt();
	}

	/** @return how long it takes, for users */
	String sentence() {
		final int items = parts.stream().mapToInt(part -> part.items.size()).sum();
		final double all = parts.stream().mapToDouble(part -> seconds * part.items.size() / part.executor.lanes())
			.sum();
		return StudyReport.estimate(items, all, bytes, lanes(), device);
	}

	/** Computes all, or what is done before a stop or a cancel; see {@link Executor#run}. */
	void run(final Worker worker, final Executor.Receiver receiver, final Cancellation cancellation) {
		for (final Part part : parts)
			if (!cancellation.isRequested()) part.executor.run(worker, part.items, receiver, cancellation);
	}
}
