package io.github.deepimageprior.study;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.attack.Adversary;
import io.github.deepimageprior.attack.Attack;
import io.github.deepimageprior.attack.AttackMethod;
import io.github.deepimageprior.attack.Space;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.measure.Psnr;
import io.github.deepimageprior.prior.Fit;
import io.github.deepimageprior.prior.FitListener;
import io.github.deepimageprior.report.Part;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Attacks that know the defence. The prior is fitted within every step of the attack, whose gradients pass it as if it
 * changed nothing (BPDA), and are averaged over seeds of the prior (EOT).
 *
 * @param settings with ε, the steps of the attack, the steps of the prior within it and in the defence, and the seeds
 */
record AdaptiveStudy(Settings settings) implements Study {

	static final String NAME = "DIP Adaptive Attack Study";

	/** Of its settings besides those that all studies may have. */
	static final List<String> KEYS = List.of("strength", "attack_steps", "attack_prior", "defence_prior", "eot",
		"evaluations");

	/** The conditions: no attack, one on the undefended classifier, and three on the defended one. */
	static final String TRANSFER = "transfer from the undefended classifier", KNOWN = "adaptive, seed known",
		FRESH = "adaptive, seeds fresh", HUGE = "adaptive, very large epsilon";

	/** How the conditions begin in which the prior is fitted within the attack. */
	private static final String ADAPTIVE = "adaptive";

	/** All of them, in the order of the tables. */
	static final List<String> CONDITIONS = List.of(Attacks.CLEAN, TRANSFER, KNOWN, FRESH, HUGE);

	/** Columns besides those of all studies. */
	static final String EVALUATION = "evaluation", GRADIENT = "gradient_nonzero", UNDEFENDED = "right_undefended";

	/** With which the attack must reach 0 %, or it does not work: in grey levels, whatever the space of the others. */
	private static final double HUGE_EPSILON = 128;

	/** From here on the seeds of the attack, which the defence does not use. */
	private static final int ATTACKER = 1_000_000;

	/** Checks the settings. */
	AdaptiveStudy {
		attack(settings, FRESH);
		settings.whole("attack_prior", 1, 1_000_000);
		settings.whole("defence_prior", 1, 1_000_000);
		settings.whole("eot", 1, 1000);
		settings.whole("evaluations", 1, 1000);
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public List<String> columns() {
		return Stream.concat(COLUMNS.stream(), Stream.of(EVALUATION, GRADIENT, UNDEFENDED)).toList();
	}

	@Override
	public List<String> relevant(final String condition) {
		final List<String> keys = new ArrayList<>(
			List.of("size", "defence_prior", "preset", "precision", "device", "seed"));
		if (!condition.equals(Attacks.CLEAN)) keys.addAll(List.of("protocol", "strength", "attack_steps"));
		if (condition.startsWith(ADAPTIVE)) keys.add("attack_prior");
		if (condition.equals(FRESH) || condition.equals(HUGE)) keys.add("eot");
		if (!condition.equals(KNOWN)) keys.add("evaluations");
		return keys;
	}

	@Override
	public List<String> conditions() {
		return CONDITIONS;
	}

	/** A unit of the normalised space is less than a grey level, so the very large ε is nowhere the smaller one. */
	private static Attack attack(final Settings settings, final String condition) {
		final double strength = settings.levels("strength");
		return condition.equals(HUGE)
			? Attacks.iterated(settings, AttackMethod.BI, Math.max(HUGE_EPSILON, strength), Space.PIXELS)
			: Attacks.iterated(settings, AttackMethod.BI, strength,
				Protocol.isPaper(settings) ? Space.NORMALISED : Space.PIXELS);
	}

	@Override
	public Row heading(final WorkItem item) {
		final Row picture = Row.of("set", item.set(), "picture", item.sample().name(), "class", item.label(), "attack",
			item.condition(), "defence", Defences.PRIOR, "preset", settings.text("preset"), "seed",
			settings.seed("seed"));
		if (item.condition().equals(Attacks.CLEAN)) return picture.with("epsilon", 0);
		final Attack attack = attack(settings, item.condition());
		return picture.with("epsilon", attack.epsilon(), "space", attack.space());
	}

	/** Attacks push away from the true class: away from a wrong one, a picture might become right. */
	@Override
	public Outcome compute(final Job job) {
		final String condition = job.item().condition();
		final AdaptiveGradients gradients = condition.startsWith(ADAPTIVE) ? gradients(job) : null;
		Picture attacked = job.picture();
		Row heading = heading(job.item()).with("linf", 0, "l2", 0);
		if (!condition.equals(Attacks.CLEAN)) {
			final Adversary adversary = attack(settings, condition).run(job.classifier(), job.picture(),
				job.item().target(), Worker.EIGHT_BITS, UnaryOperator.identity(), gradients,
				fraction -> job.progress().reached(0.8 * fraction), job.cancellation());
			job.cancellation().requireNotCancelled();
			attacked = adversary.picture();
			heading = heading.with("linf", adversary.largest(), "l2", adversary.length(), GRADIENT,
				gradients == null ? Double.NaN : gradients.nonZero());
		}
		final boolean right = job.classifier().classify(attacked).best() == job.item().target();
		final List<Row> rows = new ArrayList<>();
		Picture first = null;
		final int evaluations = condition.equals(KNOWN) ? 1 : settings.whole("evaluations", 1, 1000);
		for (int i = 0; i < evaluations; i++) {
			final long start = System.nanoTime();
			final Picture output = purified(job, attacked, settings.seed("seed") + i, "defence_prior")
				.rounded(Worker.EIGHT_BITS);
			if (first == null) first = output;
			rows.add(new Shown(Defences.PRIOR, settings.whole("defence_prior", 1, 1_000_000),
				job.classifier().classify(output), output, Psnr.of(output, job.picture()),
				(System.nanoTime() - start) / 1e9).row(heading, job.item().target())
				.with(EVALUATION, i + 1, UNDEFENDED, right ? 1 : 0));
		}
		return new Outcome(job.item(), rows, Examples.strip(job.picture(), attacked, first), null);
	}

	/** If the seed is known, the attack uses that of the defence; otherwise always others. */
	private AdaptiveGradients gradients(final Job job) {
		final boolean known = job.item().condition().equals(KNOWN);
		final long seed = settings.seed("seed");
		return new AdaptiveGradients(job.classifier(),
			(attacked, number) -> purified(job, attacked, number, "attack_prior"),
			known ? 1 : settings.whole("eot", 1, 1000), i -> known ? seed : seed + ATTACKER + i);
	}

	private Picture purified(final Job job, final Picture attacked, final long seed, final String steps) {
		final PriorFit prior = fit(steps);
		final Picture output = new Fit(prior.network(), prior.settings().withSeed(seed))
			.run(attacked, FitListener.NONE, job.cancellation()).last().averaged();
		job.cancellation().requireNotCancelled();
		return output;
	}

	private PriorFit fit(final String steps) {
		return PriorFit.of(settings, List.of(settings.whole(steps, 1, 1_000_000)));
	}

	@Override
	public double trial(final Picture picture, final Classifier classifier) {
		final int eot = settings.whole("eot", 1, 1000), steps = settings.whole("attack_steps", 1, 10_000);
		final double attack = fit("attack_prior").seconds(picture) * steps * (1 + 2 * eot);
		final double defence = fit("defence_prior").seconds(picture)
			* (1 + (conditions().size() - 1) * settings.whole("evaluations", 1, 1000));
		return (attack + defence) / conditions().size();
	}

	@Override
	public long memory(final String condition, final Picture picture) {
		return fit("defence_prior").memory(picture);
	}

	@Override
	public int together(final String condition, final Picture picture) {
		// Items differ in the number of their fits: on a CPU, most of a group would be copies.
		return Torch.isGpu(settings.text("device")) ? fit("defence_prior").together(picture) : 1;
	}

	@Override
	public List<Part> report(final List<Row> rows, final Choice pictures) {
		return new AdaptiveReport(rows, pictures.pictures().size()).parts();
	}
}
