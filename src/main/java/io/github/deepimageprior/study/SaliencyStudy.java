package io.github.deepimageprior.study;

import io.github.deepimageprior.Digest;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.Progress;
import io.github.deepimageprior.classifier.ClassScore;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.Prediction;
import io.github.deepimageprior.data.Encoding;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.measure.Gini;
import io.github.deepimageprior.measure.RankCorrelation;
import io.github.deepimageprior.report.Part;
import io.github.deepimageprior.saliency.Baseline;
import io.github.deepimageprior.saliency.Quadrature;
import io.github.deepimageprior.saliency.Saliency;
import io.github.deepimageprior.saliency.SaliencyMethod;
import io.github.deepimageprior.saliency.SaliencySettings;
import io.github.deepimageprior.saliency.SaliencyView;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Figures 2 and 4 of the paper: saliency maps of all methods, and how the map of MIG-SG evolves over a fit. Beyond the
 * paper, it measures how good the maps are.
 *
 * @param settings with the methods, the cost of a map, and the attack and the steps of the evolution
 */
record SaliencyStudy(Settings settings) implements Study {

	static final String NAME = "DIP Saliency Study";

	/** Of its settings besides those that all studies may have. */
	static final List<String> KEYS = List.of("map_methods", "intervals", "noise_samples", "random_baselines",
		"evolution", "evolution_steps");

	/** The condition of the evolution, and the name of the pictures that are kept. */
	static final String EVOLUTION = "evolution", MAP = "map";

	/** Columns besides those of all studies: those of curves, and those of single figures. */
	static final String METHOD = "method", CURVE = "curve", SHARE = "share", OTHER = "other_class",
		STABILITY = "stability", GINI = "gini";

	/** Curves have 5 % of the pixels from point to point. */
	static final PixelFlipping FLIPPING = new PixelFlipping(20);

	/** Of the noise against which a map should be stable, in grey levels. */
	private static final double SMALL_NOISE = 2;

	/** Maps for each item: that of the class, that of another class, that of the noisy picture. */
	private static final int MAPS = 3;

	/**
	 * Gradients computed at once, of a picture as most classifiers take it, and fewer of larger ones. The number does
	 * not depend on the memory that is free, since rounding depends on it.
	 */
	private static final int BATCH = 8;

	/** Checks the settings. */
	SaliencyStudy {
		methods(settings);
		saliency(settings, SaliencyMethod.MIG_SG, Saliency.INPUT);
		if (!settings.text("evolution").isEmpty()) {
			settings.text("evolution", attack -> Attacks.spelled(attack, settings));
			Evolution.steps(settings);
		}
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public List<String> columns() {
		return Stream.concat(COLUMNS.stream(), Stream.of(METHOD, CURVE, SHARE, OTHER, STABILITY, GINI)).toList();
	}

	@Override
	public List<String> relevant(final String condition) {
		return condition.equals(EVOLUTION)
			? List.of("protocol", "space", "size", "intervals", "noise_samples", "random_baselines", "evolution",
				"evolution_steps", "preset", "precision", "device", "seed")
			: List.of("size", "intervals", "noise_samples", "random_baselines", "device", "seed");
	}

	/** What a method does not use stands at its default, as in the rows of earlier versions, which are so found. */
	@Override
	public Settings counted(final String condition) {
		if (condition.equals(EVOLUTION)) return settings;
		final SaliencyMethod method = SaliencyMethod.named(condition);
		Settings used = settings;
		if (!method.hasPath())
			used = used.with("intervals", SaliencySettings.DEFAULTS.intervals()).with("random_baselines",
				SaliencySettings.DEFAULTS.baselines());
		return method.hasNoise() ? used : used.with("noise_samples", SaliencySettings.DEFAULTS.samples());
	}

	private static List<String> methods(final Settings settings) {
		return settings.list("map_methods", name -> SaliencyMethod.named(name).toString());
	}

	@Override
	public List<String> conditions() {
		return Stream.concat(methods(settings).stream(),
			settings.text("evolution").isEmpty() ? Stream.of() : Stream.of(EVOLUTION)).toList();
	}

	/** Of the probability of the class, as all maps but those of another class. */
	static Saliency saliency(final Settings settings, final SaliencyMethod method, final int numbers) {
		return saliency(settings, method, ClassScore.PROBABILITY, numbers);
	}

	/** @param numbers in the picture */
	private static Saliency saliency(final Settings settings, final SaliencyMethod method, final ClassScore score,
		final int numbers)
	{
		final int batch = Math.max(1, Math.min(BATCH, BATCH * Saliency.INPUT / numbers));
		return new Saliency(method,
			new SaliencySettings(settings.whole("intervals", 1, 10_000), settings.whole("noise_samples", 1, 10_000),
				SaliencySettings.DEFAULTS.noise(), Quadrature.LEFT, true, Baseline.RANDOM,
				settings.whole("random_baselines", 1, 10_000), score, batch, settings.seed("seed")));
	}

	@Override
	public Row heading(final WorkItem item) {
		final Row picture = Row.of("set", item.set(), "picture", item.sample().name(), "class", item.label(), "seed",
			settings.seed("seed"), METHOD, item.condition());
		if (!item.condition().equals(EVOLUTION)) return picture.with("attack", Attacks.CLEAN, "epsilon", 0);
		return picture.with("attack", settings.text("evolution"), "preset", settings.text("preset"));
	}

	@Override
	public Outcome compute(final Job job) {
		if (job.item().condition().equals(EVOLUTION)) return new Evolution(settings).compute(job, heading(job.item()));
		final long start = System.nanoTime();
		final Picture picture = job.picture();
		final int target = job.item().target();
		final Classifier classifier = job.classifier();
		final Picture map = map(job, picture, target, ClassScore.PROBABILITY, 0);
		final double seconds = (System.nanoTime() - start) / 1e9;
		final Prediction prediction = classifier.classify(picture);
		final Random random = new Random(settings.seed("seed") ^ Digest.number(job.item().sample().name()));
		final int other = (target + 1 + random.nextInt(classifier.labels().size() - 1)) % classifier.labels().size();
		final float[] noisy = picture.values().clone();
		for (int i = 0; i < noisy.length; i++) noisy[i] += (float) (SMALL_NOISE / 255 * random.nextGaussian());
		final Row heading = new Shown("none", 0, prediction, picture, Double.NaN, seconds).row(heading(job.item()),
			target);
		final List<Row> rows = new ArrayList<>();
		rows.add(heading.with(GINI, Gini.of(map.values()), OTHER,
			RankCorrelation.of(map.values(), map(job, picture, other, ClassScore.LOGIT, 1).values()), STABILITY,
			RankCorrelation.of(map.values(),
				map(job, picture.with(noisy), target, ClassScore.PROBABILITY, 2).values())));
		addCurve(rows, heading, "deletion",
			FLIPPING.deletion(picture, map, one -> classifier.classify(one).probability(target)));
		addCurve(rows, heading, "insertion",
			FLIPPING.insertion(picture, map, one -> classifier.classify(one).probability(target)));
		final Picture clipped = SaliencyView.DEFAULTS.clipped(map);
		return new Outcome(job.item(), rows,
			Map.of(MAP,
				Encoding.png(Strip.of(
					List.of(picture, SaliencyView.mask(picture, clipped), SaliencyView.overlay(picture, clipped))))),
			null);
	}

	/**
	 * @param score of the class; the probability of another class would contain the logit of the predicted one
	 * @param number of the map, for the progress
	 */
	private Picture map(final Job job, final Picture picture, final int target, final ClassScore score,
		final int number)
	{
		final Progress progress = fraction -> job.progress().reached((number + fraction) / (MAPS + 1));
		final Picture map = saliency(settings, SaliencyMethod.named(job.item().condition()), score,
			picture.values().length)
			.run(job.classifier(), picture, null, target, progress, job.cancellation());
		job.cancellation().requireNotCancelled();
		return map.channelSum();
	}

	private static void addCurve(final List<Row> rows, final Row heading, final String name, final double[] scores) {
		for (int i = 0; i < scores.length; i++)
			rows.add(heading.with(CURVE, name, SHARE, (double) i / (scores.length - 1), "p_true", scores[i],
				"predicted", "", "right", "", "p_predicted", "", "seconds", ""));
	}

	@Override
	public double trial(final Picture picture, final Classifier classifier) {
		final int gradients = methods(settings).stream()
			.mapToInt(name -> saliency(settings, SaliencyMethod.named(name), Saliency.INPUT).gradients()).sum();
		final double one = Trial.seconds(() -> classifier.gradient(picture, ClassScore.PROBABILITY, 0));
		final double all = one * (MAPS * gradients + (double) methods(settings).size() * 2 * FLIPPING.parts())
			+ (settings.text("evolution").isEmpty() ? 0 : new Evolution(settings).seconds(picture, one));
		return all / conditions().size();
	}

	@Override
	public long memory(final String condition, final Picture picture) {
		final boolean evolves = condition.equals(EVOLUTION);
		final SaliencyMethod method = evolves ? SaliencyMethod.MIG_SG : SaliencyMethod.named(condition);
		final int numbers = picture.values().length;
		final long map = saliency(settings, method, numbers).memory(settings.text("classifier"), numbers,
			Torch.device(settings.text("device")));
		return evolves ? Math.max(map, new Evolution(settings).fit().memory(picture)) : map;
	}

	@Override
	public List<Part> report(final List<Row> rows, final Choice pictures) {
		return new SaliencyReport(rows).parts();
	}
}
