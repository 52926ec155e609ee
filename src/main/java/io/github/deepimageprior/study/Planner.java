package io.github.deepimageprior.study;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Digest;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.data.Sample;
import io.github.deepimageprior.engine.ParallelRuns;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Chooses the pictures of a study and lists its work items. */
final class Planner {

	/**
	 * Part of all keys. It must be raised with every change of the program after which the same settings give other
	 * rows, wherever that change is: in the choice and preparation of pictures, the fit and its stopping rule, attacks,
	 * defences, maps, measures, or what a column means. Otherwise a study that goes on mixes old rows with new ones.
	 */
	private static final String VERSION = "3";

	private final Worker worker;
	private final Settings settings;

	Planner(final Worker worker) {
		this.worker = worker;
		settings = worker.settings();
	}

	/**
	 * Chooses pictures at random, from a seed: from each of the data the same, if they have the same names.
	 *
	 * @throws java.util.concurrent.CancellationException after a stop or a cancel
	 * @throws DipException if there are no pictures, one is given twice or cannot be read, the classifier does not have
	 *         a class, or it predicts none right
	 */
	Choice choose(final Cancellation cancellation) {
		final boolean onlyRight = settings.flag("only_right");
		final List<Choice.Chosen> chosen = new ArrayList<>();
		int tried = 0, right = 0;
		for (final PictureSet set : PictureSet.of(settings.text("data"))) {
			final List<Sample> samples = set.samples();
			Collections.shuffle(samples, new Random(settings.seed("shuffle")));
			final int enough = chosen.size() + settings.whole("count", 1, Integer.MAX_VALUE);
			for (final Sample sample : samples) {
				if (chosen.size() == enough) break;
				// After a stop there is nothing new to report.
				if (cancellation.isRequested()) cancellation.cancel();
				cancellation.requireNotCancelled();
				final int target = classOf(sample);
				// On one core, as the items: so that the picture has the same bits there.
				final Picture picture = ParallelRuns.here(() -> worker.prepared(sample));
				final boolean hit = worker.classifier().classify(picture).best() == target;
				tried++;
				if (hit) right++;
				if (hit || !onlyRight) chosen.add(new Choice.Chosen(set.name(), sample, target, Digest.of(picture)));
			}
		}
		if (chosen.isEmpty())
			throw new DipException("The classifier predicts none of the " + tried
				+ " pictures right: check that their folders are named by the classes of " + worker.classifier().name()
				+ ", or study pictures that are not predicted right as well.");
		return new Choice(chosen, tried, right, onlyRight);
	}

	private int classOf(final Sample sample) {
		try {
			return worker.classifier().find(sample.label());
		}
		catch (final DipException unknown) {
			throw new DipException(
				"The picture " + sample.name() + " has the class '" + sample.label() + "', which the classifier "
					+ worker.classifier().name() + " does not have: name classes by their number, label or WordNet ID.",
				unknown);
		}
	}

	/** @return one item for each picture and condition */
	List<WorkItem> items(final Choice choice) {
		final Study study = worker.study();
		final String common = Digest.of(VERSION, study.name(), settings.only(study.relevant()).toString(),
			worker.classifier().digest());
		final List<WorkItem> items = new ArrayList<>();
		for (final Choice.Chosen one : choice.pictures()) for (final String condition : study.conditions()) {
			final String key = Digest.of(common, one.set(), one.sample().name(), String.valueOf(one.target()),
				one.digest(), condition);
			items.add(new WorkItem(one.set(), one.sample(), one.target(),
				worker.classifier().labels().get(one.target()), condition, one.digest(), key));
		}
		return items;
	}
}
