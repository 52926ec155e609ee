package io.github.deepimageprior.study;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.UserPath;
import io.github.deepimageprior.engine.Precision;
import io.github.deepimageprior.report.Report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs a study into an output folder: {@code study.json} with all that was set, {@code rows.csv}, pictures, tables,
 * figures and {@code report.html}. If the folder has rows of the same study, what is complete is not computed again.
 *
 * <pre>{@code
 * Settings settings = Settings.of(Map.of("study", "DIP Defence Study", "data", "/data/labelled", ...));
 * new StudyRun(settings, "", StudyRun.Listener.NONE).run(new Cancellation());
 * }</pre>
 *
 * @param settings of the study
 * @param repeat how the user can repeat it, such as a line of a macro; empty for nothing
 * @param listener is told what goes on
 * @param executors computes the items
 */
public record StudyRun(Settings settings, String repeat, Listener listener, Executor.Factory executors) {

	/** A study that is computed on this computer, see {@link Lanes}. */
	public StudyRun(final Settings settings, final String repeat, final Listener listener) {
		this(settings, repeat, listener, Lanes::of);
	}

	/** Follows a study. Called on several threads, but not at once. */
	public interface Listener {

		/** Ignores all. */
		Listener NONE = new Listener() {};

		/** @param sentence about what comes, such as how long it will take */
		default void announce(final String sentence) {}

		/** @param sentence that the user should read, such as what was left out */
		default void warn(final String sentence) {}

		/**
		 * @param fraction of what is to be computed now that is done, 0..1
		 * @param text about it
		 */
		default void progress(final double fraction, final String text) {}
	}

	/**
	 * What there is in the end.
	 *
	 * @param report as it was written
	 * @param complete number of complete items, also of earlier runs
	 * @param failed number of items that failed
	 * @param items number of items in all
	 * @param folder of the output
	 */
	public record Result(Report report, int complete, int failed, int items, Path folder) {

		/** @return what there is in one sentence */
		public String sentence() {
			return complete + " of " + items + " items are complete"
				+ (failed > 0 ? ", " + failed + " failed (the report says why)" : "") + ": open "
				+ folder.resolve("report.html") + ".";
		}
	}

	/**
	 * What there is to compute.
	 *
	 * @param items number of items in all
	 * @param open number of items that are not complete
	 * @param seconds that an item takes on one core, from a trial; 0 if none is open, NaN if the trial failed
	 * @param bytes outside the Java heap that an item needs, an estimate
	 * @param lanes how many are computed at once
	 * @param sentence how long it will take
	 */
	public record Plan(int items, int open, double seconds, long bytes, int lanes, String sentence) {}

	/**
	 * Plans the study, without a change of the output folder.
	 *
	 * @throws io.github.deepimageprior.DipException as {@link #run}
	 */
	public Plan plan(final Cancellation cancellation) {
		final Path output = UserPath.of(settings.text("output"));
		StudyFolder.requireUsable(output, Studies.of(settings));
		try (Worker worker = new Worker(settings)) {
			final Planner planner = new Planner(worker);
			final List<WorkItem> items = planner.items(planner.choose(cancellation));
			final Set<String> complete = RowLog.complete(output, worker.study().columns());
			final List<WorkItem> open = items.stream().filter(item -> !complete.contains(item.key())).toList();
			if (open.isEmpty()) return new Plan(items.size(), 0, 0, 0, 0, "All items are complete.");
			final Computation next = Computation.of(worker, open, executors);
			return new Plan(items.size(), open.size(), next.seconds(), next.bytes(), next.atOnce(), next.sentence());
		}
	}

	/**
	 * Runs the study. After a stop, the report is that of the rows so far.
	 *
	 * @throws io.github.deepimageprior.DipException if a setting, the data, the classifier or the folder cannot be used
	 * @throws java.util.concurrent.CancellationException after a cancel; complete rows are kept
	 */
	public Result run(final Cancellation cancellation) {
		final Study study = Studies.of(settings);
		final StudyFolder folder = StudyFolder.of(UserPath.of(settings.text("output")), study);
		try (RowLog log = new RowLog(folder.path(), study.columns()); Worker worker = new Worker(settings)) {
			listener.announce("choosing pictures");
			final Planner planner = new Planner(worker);
			final Choice choice = planner.choose(cancellation);
			final List<String> skipped = PictureSet.skipped(settings.text("data"));
			skipped.forEach(listener::warn);
			final List<WorkItem> items = planner.items(choice);
			folder.describe(Description.of(worker, choice));
			final List<WorkItem> open = items.stream().filter(item -> !log.has(item)).toList();
			if (!open.isEmpty()) {
				final Computation next = Computation.of(worker, open, executors);
				listener.announce(next.sentence());
				next.run(worker, new Receipt(open.size(), folder, log), cancellation);
			}
			cancellation.requireNotCancelled();
			log.sort(items);
			final Report report = StudyReport.of(study, choice, skipped, log, items, repeat);
			try {
				report.write(folder.path());
			}
			catch (final IOException full) {
				throw folder.notWritten("report.html", full);
			}
			final int failed = log.failures(items).size();
			final int complete = (int) items.stream().filter(log::has).count();
			return new Result(report, complete, failed, items.size(), folder.path());
		}
	}

	/**
	 * @param folder of another file system, with files but neither rows nor a description of a study
	 * @return what to throw: the results might replace some of these files
	 */
	public static DipException foreign(final Object folder) {
		return StudyFolder.foreign(folder);
	}

	/**
	 * Chooses the precision of a study. {@code auto} measures which one is faster, and might find another one when a
	 * study goes on, which would begin everything again: so the folder's former precision stays.
	 *
	 * @param output folder of the output, as the user wrote it
	 * @param written {@code float32}, {@code bfloat16} or {@code auto}
	 * @param device where the study computes
	 * @return {@code float32} or {@code bfloat16}
	 */
	public static String precision(final String output, final String written, final String device) {
		final String former = StudyFolder.setting(UserPath.of(output), "precision");
		final boolean goesOn = written.strip().equalsIgnoreCase(Precision.AUTO) && former != null;
		return Precision.named(goesOn ? former : written, device).toString();
	}

	/** Keeps what is done, and adds up the progress of all items. */
	private final class Receipt implements Executor.Receiver {

		private final int items;
		private final StudyFolder folder;
		private final RowLog log;
		private final Map<WorkItem, Double> running = new HashMap<>();
		private int done;

		Receipt(final int items, final StudyFolder folder, final RowLog log) {
			this.items = items;
			this.folder = folder;
			this.log = log;
		}

		@Override
		public synchronized void progress(final WorkItem item, final double fraction) {
			running.put(item, fraction);
			tell();
		}

		@Override
		public void done(final Outcome outcome) {
			folder.keep(outcome); // so that complete rows have their pictures
			log.append(outcome);
			synchronized (this) {
				running.remove(outcome.item());
				done++;
				tell();
			}
		}

		private void tell() {
			final double sum = done + running.values().stream().mapToDouble(Double::doubleValue).sum();
			listener.progress(sum / items, done + " of " + items + " items");
		}
	}
}
