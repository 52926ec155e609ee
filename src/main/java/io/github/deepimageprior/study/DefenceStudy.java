package io.github.deepimageprior.study;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.attack.Adversary;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.report.Part;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Tables 1 and 2 of the paper: how often a classifier is right when pictures are attacked and then defended, by the
 * prior and by others. The attacks do not know of the defences.
 *
 * @param settings with the list of attacks, the list of defences, and the steps of the prior
 */
record DefenceStudy(Settings settings) implements Study {

	static final String NAME = "DIP Defence Study";

	/** Of its settings besides those that all studies may have. */
	static final List<String> KEYS = List.of("attacks", "defences", "dip_steps");

	/** Checks the settings. */
	DefenceStudy {
		new Defences(settings);
		Attacks.list(settings);
		if (!settings.flag("only_right") && !settings.list("defences", Defences::named).contains(Defences.NONE))
			throw new DipException("The list of defences lacks " + Defences.NONE + ", from which the tables know which "
				+ "pictures are predicted right: add it, or study only those that are (only_right).");
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public List<String> relevant(final String condition) {
		return List.of("protocol", "space", "size", "defences", "dip_steps", "preset", "precision", "device", "seed");
	}

	/** Without an attack first, from which tables know which pictures are predicted right. */
	@Override
	public List<String> conditions() {
		return Stream.concat(Stream.of(Attacks.CLEAN), Attacks.list(settings).stream()).distinct().toList();
	}

	@Override
	public Row heading(final WorkItem item) {
		return Attacks.heading(item, settings).with("preset", settings.text("preset"), "seed", settings.seed("seed"));
	}

	@Override
	public Outcome compute(final Job job) {
		final Picture clean = job.picture();
		Picture attacked = clean;
		Row heading = heading(job.item()).with("linf", 0, "l2", 0);
		if (!job.item().condition().equals(Attacks.CLEAN)) {
			final Adversary adversary = Attacks.run(job, settings);
			attacked = adversary.picture();
			heading = heading.with("linf", adversary.largest(), "l2", adversary.length());
		}
		final List<Row> rows = new ArrayList<>();
		Picture output = null;
		for (final Shown shown : new Defences(settings).of(job, attacked, clean)) {
			rows.add(shown.row(heading, job.item().target()));
			if (shown.defence().equals(Defences.PRIOR)) output = shown.picture();
		}
		return new Outcome(job.item(), rows, output == null ? Map.of() : Examples.strip(clean, attacked, output), null);
	}

	@Override
	public void check(final Picture picture, final Classifier classifier) {
		new Defences(settings).check(picture, classifier);
	}

	@Override
	public double trial(final Picture picture, final Classifier classifier) {
		final Defences defences = new Defences(settings);
		return (defences.hasPrior() ? defences.fit().seconds(picture) : 0)
			+ Attacks.seconds(conditions(), settings, picture, classifier)
			+ Trial.seconds(() -> classifier.classify(picture)) * defences.classifications();
	}

	@Override
	public long memory(final String condition, final Picture picture) {
		final Defences defences = new Defences(settings);
		return defences.hasPrior() ? defences.fit().memory(picture) : 0;
	}

	@Override
	public int together(final String condition, final Picture picture) {
		final Defences defences = new Defences(settings);
		return defences.hasPrior() ? defences.fit().together(picture) : 1;
	}

	@Override
	public List<Part> report(final List<Row> rows, final Choice pictures) {
		return new DefenceReport(rows, pictures).parts();
	}
}
