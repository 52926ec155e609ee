package io.github.deepimageprior.study;

import io.github.deepimageprior.Digest;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.Prediction;
import io.github.deepimageprior.data.Encoding;
import io.github.deepimageprior.measure.GaussianFilter;
import io.github.deepimageprior.measure.Psnr;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The defences of a study: what is done to a picture before it is classified. */
final class Defences {

	/** Items of the list of defences, and how the rows call them. */
	static final String NONE = "none", RANDOM = "randomisation", MANY = "randomisation x30", PRIOR = "DIP",
		STOP = "DIP, own stop", JPEG = "JPEG 75", BLUR = "Gaussian blur 1";

	/** All items, in the order of the tables. */
	static final List<String> ALL = List.of(NONE, RANDOM, MANY, PRIOR, JPEG, BLUR);

	private static final int DRAWS = 30, LAST = 1_000_000;
	private static final float QUALITY = 0.75f;

	private final Settings settings;
	private final List<String> chosen;
	private final NavigableSet<Integer> steps;

	/** @throws DipException if the list has an item that is no defence, or a step is none */
	Defences(final Settings settings) {
		this.settings = settings;
		chosen = settings.list("defences", Defences::named);
		steps = steps(settings, "dip_steps");
	}

	/**
	 * @param key of a list of steps
	 * @return the steps
	 * @throws DipException if one cannot be read
	 */
	static TreeSet<Integer> steps(final Settings settings, final String key) {
		return settings.list(key, Defences::step).stream().map(Integer::valueOf)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static String step(final String item) {
		if (item.matches("[1-9]\\d{0,6}") && Integer.parseInt(item) <= LAST) return item;
		throw new DipException("The step '" + DipException.shown(item) + "' is not one: enter whole numbers from 1 to "
			+ LAST + ", such as 500, 750, 1000.");
	}

	static String named(final String item) {
		return ALL.stream().filter(name -> name.equalsIgnoreCase(item)).findFirst().orElseThrow(
			() -> new DipException("There is no defence '" + item + "': use some of " + String.join(", ", ALL) + "."));
	}

	boolean hasPrior() {
		return chosen.contains(PRIOR);
	}

	/** @return the steps at which the prior's output is classified */
	NavigableSet<Integer> steps() {
		return steps;
	}

	PriorFit fit() {
		return PriorFit.of(settings, steps);
	}

	/** @throws DipException if the classifier cannot take the pictures of the randomisation */
	void check(final Picture picture, final Classifier classifier) {
		if (chosen.contains(RANDOM) || chosen.contains(MANY)) random(classifier, picture, 1, 0);
	}

	/** @return how many times an item's picture is classified or differentiated, apart from the fit */
	int classifications() {
		return 2 + chosen.size() + (chosen.contains(MANY) ? DRAWS : 0);
	}

	/**
	 * Applies all defences to a picture.
	 *
	 * @param attacked the picture that they get
	 * @param clean the picture before the attack
	 */
	List<Shown> of(final Job job, final Picture attacked, final Picture clean) {
		final List<Shown> all = new ArrayList<>();
		final long seed = settings.seed("seed") ^ Digest.number(job.item().sample().name() + job.item().condition());
		final Classifier classifier = job.classifier();
		for (final String defence : chosen) {
			job.cancellation().requireNotCancelled();
			final Picture jpeg = defence.equals(JPEG) ? Encoding.throughJpeg(attacked, QUALITY) : null;
			switch (defence) {
				case NONE -> all.add(shown(defence, attacked, clean, () -> classifier.classify(attacked)));
				case RANDOM -> all.add(shown(defence, null, clean, () -> random(classifier, attacked, 1, seed)));
				case MANY -> all.add(shown(defence, null, clean, () -> random(classifier, attacked, DRAWS, seed)));
				case JPEG -> all.add(shown(defence, jpeg, clean, () -> classifier.classify(jpeg)));
				case BLUR -> {
					final Picture blurred = new GaussianFilter(1, 3).apply(attacked).rounded(Worker.EIGHT_BITS);
					all.add(shown(defence, blurred, clean, () -> classifier.classify(blurred)));
				}
				default -> all.addAll(fit().run(job, attacked, clean, PRIOR, STOP).stream()
					.filter(shown -> shown.step() > 0).toList());
			}
		}
		return all;
	}

	private static Prediction random(final Classifier classifier, final Picture picture, final int draws,
		final long seed)
	{
		final int[] sides = classifier.inputSides();
		if (sides[0] != sides[1])
			throw new DipException("The randomisation is for square inputs, and " + classifier.name() + " has one of "
				+ sides[0] + "x" + sides[1] + " pixels: leave it out of the defences.");
		return new Randomisation(sides[0]).classify(classifier, picture, draws, seed);
	}

	private static Shown shown(final String defence, final Picture picture, final Picture clean,
		final Supplier<Prediction> classified)
	{
		final long start = System.nanoTime();
		final Prediction prediction = classified.get();
		return new Shown(defence, 0, prediction, picture, picture == null ? Double.NaN : Psnr.of(picture, clean),
			(System.nanoTime() - start) / 1e9);
	}
}
