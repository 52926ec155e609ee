package io.github.deepimageprior.study;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Digest;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.data.Sample;
import io.github.deepimageprior.engine.ParallelRuns;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Chooses the pictures of a study and lists its work items. */
final class Planner {

	/**
	 * Part of all keys. It must be raised with every change of the program after which the same settings give other
	 * rows, wherever that change is: in the choice and preparation of pictures, the fit and its stopping rule, attacks,
	 * defences, maps, measures, or what a column means. Otherwise a study that goes on mixes old rows with new ones.
	 */
	private static final String VERSION = "4";

	private final Worker worker;
	private final Settings settings;

	Planner(final Worker worker) {
		this.worker = worker;
		settings = worker.settings();
	}

	/**
	 * Chooses pictures at random, from a seed and their names: from each of the data the same, if they have the same
	 * names, and with other pictures among them, the same ones, but for those that come to be among the first.
	 *
	 * @throws java.util.concurrent.CancellationException after a stop or a cancel
	 * @throws DipException if there are no pictures, one is given twice, cannot be read or not be classified, the
	 *         classifier does not have a class, or it predicts none right
	 */
	Choice choose(final Cancellation cancellation) {
		if (worker.classifier().labels().size() < 2)
			throw new DipException("The classifier " + worker.classifier().name()
				+ " has a single class, so that it is always right: choose one with at least two classes.");
		final boolean onlyRight = settings.flag("only_right");
		final List<Choice.Chosen> chosen = new ArrayList<>();
		int tried = 0, right = 0;
		for (final PictureSet set : PictureSet.of(settings.text("data"))) {
			final List<Sample> samples = set.samples();
			samples.sort(order());
			final int enough = chosen.size() + settings.whole("count", 1, Integer.MAX_VALUE);
			for (final Sample sample : samples) {
				if (chosen.size() == enough) break;
				// After a stop there is nothing new to report.
				if (cancellation.isRequested()) cancellation.cancel();
				cancellation.requireNotCancelled();
				final int target = classOf(sample);
				final Picture picture;
				final boolean hit;
				try {
					// On one core, as the items: so that the picture has the same bits there.
					picture = ParallelRuns.here(() -> worker.prepared(sample));
					hit = worker.classifier().classify(picture).best() == target;
				}
				catch (final DipException unfit) {
					throw new DipException("For the picture " + sample.name() + ": " + unfit.getMessage(), unfit);
				}
				tried++;
				if (hit) right++;
				if (hit || !onlyRight)
					chosen.add(new Choice.Chosen(set.name(), sample, target, hit, Digest.of(picture)));
			}
		}
		if (chosen.isEmpty())
			throw new DipException("The classifier predicts none of the " + tried
				+ " pictures right: check that their folders are named by the classes of " + worker.classifier().name()
				+ ", or study pictures that are not predicted right as well.");
		return new Choice(chosen, tried, right, onlyRight);
	}

	/** A random order that does not depend on which other pictures there are. */
	private Comparator<Sample> order() {
		final long seed = settings.seed("shuffle");
		return Comparator.comparingLong((final Sample sample) -> Digest.number(seed + "/" + sample.name()))
			.thenComparing(Sample::name);
	}

	private int classOf(final Sample sample) {
		try {
			return worker.classifier().find(sample.label());
		}
		catch (final DipException unknown) {
			throw new DipException("The picture " + sample.name() + " has the class '" + sample.label()
				+ "', which is not the name of exactly one class of the classifier " + worker.classifier().name()
				+ ": name classes by their label, their WordNet ID, or their number, such as 5 or #5.", unknown);
		}
	}

	/** @return one item for each picture and condition */
	List<WorkItem> items(final Choice choice) {
		final Study study = worker.study();
		final Map<String, String> common = study.conditions().stream().collect(Collectors.toMap(condition -> condition,
			condition -> Digest.of(VERSION, study.name(), study.counted(condition).canonical(study.relevant(condition)),
				worker.classifier().digest())));
		final List<WorkItem> items = new ArrayList<>();
		for (final Choice.Chosen one : choice.pictures()) for (final String condition : study.conditions()) {
			final String key = Digest.of(common.get(condition), one.set(), one.sample().name(),
				String.valueOf(one.target()), one.digest(), condition);
			items.add(new WorkItem(one.set(), one.sample(), one.target(),
				worker.classifier().labels().get(one.target()), condition, one.digest(), key));
		}
		return items;
	}
}
