package io.github.deepimageprior.study;

import io.github.deepimageprior.Digest;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.attack.Adversary;
import io.github.deepimageprior.attack.Attack;
import io.github.deepimageprior.attack.AttackMethod;
import io.github.deepimageprior.attack.Space;
import io.github.deepimageprior.classifier.ClassScore;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.Prediction;
import io.github.deepimageprior.data.Encoding;
import io.github.deepimageprior.report.Part;
import io.github.deepimageprior.report.Table;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Pictures whose non-robust features are those of another class (Ilyas et al., "Adversarial examples are not bugs, they
 * are features", 2019, section 3.2): each is changed by a few grey levels until the classifier predicts a random other
 * class, and is labelled as that class. The list {@code pairs.csv} can be the data of other studies.
 *
 * @param settings with ε and the number of steps
 */
record FeaturePairs(Settings settings) implements Study {

	static final String NAME = "Make Feature Pairs";

	/** Of its settings besides those that all studies may have. */
	static final List<String> KEYS = List.of("strength", "attack_steps");

	private static final String PAIR = "pair", TARGET = "target";

	/** How many times longer a gradient takes than a prediction. */
	private static final int GRADIENT = 3;

	/** Checks the settings. */
	FeaturePairs {
		attack(settings);
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public List<String> columns() {
		return Stream.concat(COLUMNS.stream(), Stream.of(TARGET)).toList();
	}

	@Override
	public List<String> relevant(final String condition) {
		return List.of("size", "strength", "attack_steps", "device", "seed");
	}

	@Override
	public List<String> conditions() {
		return List.of(PAIR);
	}

	/** Steps towards a class, as the least-likely-class method makes them. */
	private static Attack attack(final Settings settings) {
		return Attacks.iterated(settings, AttackMethod.LLCI, settings.levels("strength"), Space.PIXELS);
	}

	@Override
	public Row heading(final WorkItem item) {
		return Row.of("set", item.set(), "picture", item.sample().name(), "class", item.label(), "epsilon",
			attack(settings).epsilon(), "space", "pixels", "seed", settings.seed("seed"));
	}

	@Override
	public Outcome compute(final Job job) {
		final long start = System.nanoTime();
		final Classifier classifier = job.classifier();
		final Picture picture = job.picture();
		final int classes = classifier.labels().size();
		final Random random = new Random(settings.seed("seed") ^ Digest.number(job.item().sample().name()));
		final int target = (job.item().target() + 1 + random.nextInt(classes - 1)) % classes;
		final Adversary adversary = attack(settings).run(classifier, picture, -1, Worker.EIGHT_BITS,
			UnaryOperator.identity(),
			(changed, least) -> classifier.gradient(changed, ClassScore.CROSS_ENTROPY, target), job.progress(),
			job.cancellation());
		job.cancellation().requireNotCancelled();
		final Prediction found = adversary.attacked();
		final Row row = heading(job.item()).with(TARGET, named(classifier, target), "predicted",
			found.label(found.best()), "right", found.best() == target ? 1 : 0, "p_true",
			found.probability(job.item().target()), "p_predicted", found.probability(found.best()), "linf",
			adversary.largest(), "l2", adversary.length(), "seconds", (System.nanoTime() - start) / 1e9);
		return new Outcome(job.item(), List.of(row), Map.of(PAIR, Encoding.png(adversary.picture())), null);
	}

	/**
	 * @return the class as lists name it: by its label, or by # and its number if the label would not be read as this
	 *         class, as when two classes have the same label
	 */
	static String named(final Classifier classifier, final int target) {
		final String label = Row.cell(classifier.labels().get(target));
		try {
			if (classifier.find(label) == target) return label;
		}
		catch (final DipException ambiguous) {
			// only the number is clear
		}
		return "#" + target;
	}

	@Override
	public double trial(final Picture picture, final Classifier classifier) {
		return GRADIENT * attack(settings).iterations() * Trial.seconds(() -> classifier.classify(picture));
	}

	@Override
	public List<Part> report(final List<Row> rows, final Choice pictures) {
		final int hits = (int) rows.stream().filter(row -> row.text("right").equals("1")).count();
		return List.of(new Part.Heading("Pictures labelled as another class"),
			new Part.Text("The classifier predicts the other class, as which a picture is now labelled, for "
				+ new Hits.Count(hits, rows.size()).cell() + " of the pictures. The list pairs.csv can be the data of "
				+ "other studies, beside the original pictures."),
			new Table("pairs", "Pictures", List.of("file", "class", "original"),
				rows.stream().map(row -> List.of(StudyFolder.picture(row.text(RowFormat.KEY), PAIR), row.text(TARGET),
					row.text("picture"))).toList()));
	}
}
