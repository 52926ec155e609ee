package io.github.deepimageprior.study;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.Progress;
import io.github.deepimageprior.attack.Adversary;
import io.github.deepimageprior.attack.Attack;
import io.github.deepimageprior.attack.AttackMethod;
import io.github.deepimageprior.attack.Rounding;
import io.github.deepimageprior.attack.Space;
import io.github.deepimageprior.attack.StepCount;
import io.github.deepimageprior.classifier.ClassScore;
import io.github.deepimageprior.classifier.Classifier;

import java.util.List;

/** The attacks of a study: a list such as {@code clean, FGSM 2, BI 10}, in which the number is ε in grey levels. */
final class Attacks {

	/** No attack. */
	static final String CLEAN = "clean";

	/** The size of a step is this multiple of ε divided by the number of steps (Madry et al., 2018). */
	private static final double STEP = 2.5;

	/** The largest ε, in grey levels. */
	private static final double LARGEST = 255;

	private Attacks() {}

	/**
	 * @param settings with the list under {@code attacks}, and whose conventions hold under {@code protocol}
	 * @return the items of the list in one spelling
	 * @throws DipException if an item cannot be read
	 */
	static List<String> list(final Settings settings) {
		check(settings);
		return settings.list("attacks", item -> spelled(item, settings));
	}

	/** @return an item of the list in its one spelling */
	static String spelled(final String item, final Settings settings) {
		if (item.equalsIgnoreCase(CLEAN)) return CLEAN;
		final Attack attack = of(item, settings);
		return attack.method() + " " + Row.cell(attack.epsilon());
	}

	/**
	 * @param item of the list, not {@link #CLEAN}
	 * @return the attack, with the steps of Kurakin et al. in the space of the settings, which is that of the pixels if
	 *         they do not say, or as in the paper
	 * @throws DipException if it cannot be read, or rounding undoes it
	 */
	static Attack of(final String item, final Settings settings) {
		final String[] words = item.strip().split("\\s+");
		if (words.length != 2)
			throw new DipException(
				"The attack '" + item + "' cannot be read: write its name and epsilon, such as FGSM 2, or clean.");
		final AttackMethod method = AttackMethod.named(words[0]);
		final double epsilon = epsilon(words[1]);
		final Attack attack = Protocol.isPaper(settings) ? Attack.asInThePaper(method, epsilon)
			: new Attack(method, epsilon, Attack.DEFAULTS.alpha(), StepCount.KURAKIN, 1,
				space(settings), Rounding.ROUND);
		if (epsilon > 0) // 0 is allowed, for comparison
			requireVisible("epsilon of the attack '" + item + "'", epsilon, attack.space(), attack.rounding());
		return attack;
	}

	/** What all attacks of a list have in common is checked before it, or an error would name the list. */
	private static void check(final Settings settings) {
		space(settings);
		Protocol.isPaper(settings);
	}

	private static Space space(final Settings settings) {
		return Space.named(settings.values().getOrDefault("space", "pixels"));
	}

	/**
	 * @return ε in grey levels
	 * @throws DipException if it is none
	 */
	private static double epsilon(final String written) {
		if (written.matches("[0-9]*\\.?[0-9]+") && Double.parseDouble(written) <= LARGEST)
			return Double.parseDouble(written);
		throw new DipException("The epsilon '" + DipException.shown(written)
			+ "' is not a number of grey levels: enter numbers from 0 to 255, such as 2 or 0.5.");
	}

	/**
	 * @param methods names of attacks, in one spelling
	 * @param settings with a list under {@code epsilons}
	 * @return attacks with each method and each epsilon
	 * @throws DipException if an epsilon cannot be read, or rounding undoes an attack
	 */
	static List<String> all(final List<String> methods, final Settings settings) {
		check(settings);
		final List<String> epsilons = settings.list("epsilons", item -> {
			final double epsilon = epsilon(item);
			methods.forEach(method -> of(method + " " + item, settings));
			return Row.cell(epsilon);
		});
		return methods.stream().flatMap(method -> epsilons.stream().map(epsilon -> method + " " + epsilon)).toList();
	}

	/**
	 * @param settings with the number of steps under {@code attack_steps}
	 * @param epsilon ε in grey levels: the strength that the user chose, or more
	 * @return an attack of so many steps, whose size follows from ε
	 * @throws DipException if rounding undoes it
	 */
	static Attack iterated(final Settings settings, final AttackMethod method, final double epsilon,
		final Space space)
	{
		final int steps = settings.whole("attack_steps", 1, 10_000);
		requireVisible("strength " + Row.cell(epsilon), epsilon, space, Rounding.ROUND);
		return new Attack(method, epsilon, Math.min(255, STEP * epsilon / steps), StepCount.FIXED, steps, space,
			Rounding.ROUND);
	}

	/** A picture that the attack could not change would count as one that the classifier withstood. */
	private static void requireVisible(final String what, final double epsilon, final Space space,
		final Rounding rounding)
	{
		final double least = Math.ceil(1000 * Attack.least(space, rounding, Worker.EIGHT_BITS)) / 1000;
		if (epsilon < least)
			throw new DipException("The " + what + " is too small: rounding to whole grey levels undoes the attack, so "
				+ "enter " + Row.cell(least) + " or more.");
	}

	/** @return the cells of a row that name a condition */
	static Row heading(final WorkItem item, final Settings settings) {
		final Row picture = Row.of("set", item.set(), "picture", item.sample().name(), "class", item.label());
		if (item.condition().equals(CLEAN)) return picture.with("attack", CLEAN, "epsilon", 0);
		final Attack attack = of(item.condition(), settings);
		return picture.with("attack", attack.method(), "epsilon", attack.epsilon(), "space", attack.space());
	}

	/**
	 * Attacks the picture of a job as its condition says, away from the class that the classifier itself predicts, as
	 * in the paper: so the attack knows no more than the classifier.
	 */
	static Adversary run(final Job job, final Settings settings) {
		final Adversary adversary = of(job.item().condition(), settings).run(job.classifier(), job.picture(), -1,
			Worker.EIGHT_BITS, Progress.NONE, job.cancellation());
		job.cancellation().requireNotCancelled();
		return adversary;
	}

	/** @return seconds that an attack takes on average over the conditions, from the time of a gradient now */
	static double seconds(final List<String> conditions, final Settings settings, final Picture picture,
		final Classifier classifier)
	{
		final double steps = conditions.stream()
			.mapToInt(item -> item.equals(CLEAN) ? 0 : of(item, settings).iterations()).average().orElse(0);
		return steps == 0 ? 0
			: steps * Trial.seconds(() -> classifier.gradient(picture, ClassScore.CROSS_ENTROPY, 0));
	}
}
