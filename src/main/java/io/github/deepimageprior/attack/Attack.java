package io.github.deepimageprior.attack;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.Progress;
import io.github.deepimageprior.classifier.ClassScore;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.Explanation;
import io.github.deepimageprior.classifier.Prediction;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

/**
 * Makes adversarial examples of bounded change. The three attacks of the paper (section 2) are settings of one
 * iteration (Kurakin, Goodfellow and Bengio, 2017, section 2): steps of fixed size along the sign of the gradient of
 * the cross-entropy J, each clipped to changes of at most ε,
 *
 * <pre>{@code x' = clip(x' ± α sign(∇J(x')), x - ε, x + ε)}</pre>
 *
 * with + and the class of the image for FGSM and BI, and with - and the least likely class for LLCI. The sign of 0 is
 * 0.
 *
 * @param method which attack
 * @param epsilon ε, the largest change of a value, in grey levels on the 0-255 scale
 * @param alpha α, the size of a step of BI and LLCI, in grey levels on the 0-255 scale; FGSM makes one step of ε
 * @param stepCount how many steps BI and LLCI make
 * @param steps the number of steps for {@link StepCount#FIXED}, 1..10000
 * @param space in which ε and α are measured
 * @param rounding how the adversary is converted to whole grey levels
 */
public record Attack(AttackMethod method, double epsilon, double alpha, StepCount stepCount, int steps, Space space,
	Rounding rounding)
{

	/** BI with ε = 10 and α = 1, in pixel space, rounded to the nearest level. */
	public static final Attack DEFAULTS = new Attack(AttackMethod.BI, 10, 1, StepCount.KURAKIN, 10, Space.PIXELS,
		Rounding.ROUND);

	/**
	 * The settings of the research code of the paper's first author: ε and α in normalised space, more steps, truncated
	 * values.
	 *
	 * @param epsilon ε, in grey levels on the 0-255 scale
	 * @throws DipException if ε is out of its range
	 */
	public static Attack asInThePaper(final AttackMethod method, final double epsilon) {
		return new Attack(method, epsilon, 1, StepCount.PAPER, 10, Space.NORMALISED, Rounding.TRUNCATE);
	}

	/**
	 * Gradients of the cross-entropy that an attack follows instead of the classifier's own: those of a classifier that
	 * is defended by something the attack knows.
	 */
	@FunctionalInterface
	public interface Gradients {

		/**
		 * @param adversary as far as the attack has come, in 0..1 or, in {@link Space#NORMALISED}, slightly beyond
		 * @param target the class whose cross-entropy is differentiated
		 * @return the derivative with respect to every value of the adversary, in its size
		 */
		Picture of(Picture adversary, int target);
	}

	/** @throws DipException if a number that the attack uses is out of its range */
	public Attack {
		if (!(epsilon >= 0 && epsilon <= Space.GREY_LEVELS))
			throw new DipException("The value of epsilon is " + epsilon + ": enter grey levels from 0 to 255.");
		final boolean single = method == AttackMethod.FGSM; // one step, of ε
		if (!single && !(alpha > 0 && alpha <= Space.GREY_LEVELS))
			throw new DipException("The value of alpha is " + alpha + ": enter grey levels above 0, at most 255.");
		if (!single && stepCount == StepCount.FIXED && (steps < 1 || steps > 10_000))
			throw new DipException("The value of fixed_steps is " + steps + ": enter a whole number from 1 to 10000.");
	}

	/**
	 * @param levels as for {@link #run}
	 * @return the smallest ε, in grey levels on the 0-255 scale, with which rounding leaves a change in some channel; 0
	 *         if nothing is rounded
	 */
	public static double least(final Space space, final Rounding rounding, final double[] levels) {
		final double finest = Arrays.stream(levels).max().orElse(0);
		if (rounding == Rounding.NONE || finest == 0) return 0;
		return rounding == Rounding.ROUND ? 1 / unit(space, levels) : Space.GREY_LEVELS / finest / 2;
	}

	/** @return ε = 1 in levels of the image */
	private static double unit(final Space space, final double[] levels) {
		return space.greyLevel(levels.length, 0) * Arrays.stream(levels).max().orElse(0);
	}

	/**
	 * Checks that the change of at least one channel is not rounded away; ε = 0 is allowed, for comparison.
	 *
	 * @param levels as for {@link #run}
	 * @throws DipException if ε, or all steps of α together, are too small
	 */
	public void requireVisible(final double[] levels) {
		final double least = least(space, rounding, levels);
		if (least == 0 || epsilon == 0) return;
		if (epsilon < least - Rounding.ON_GRID)
			throw new DipException(String.format(Locale.ROOT,
				"The value of epsilon is %s, a change that vanishes when it is "
					+ "rounded to whole grey levels: enter %.4g or more (8/255 is written 8), or choose rounding=none.",
				epsilon, least));
		if (rounding == Rounding.ROUND && method != AttackMethod.FGSM
			&& iterations() * alpha * unit(space, levels) <= 0.5)
			throw new DipException(String.format(Locale.ROOT,
				"The value of alpha is %s, and %d steps of it vanish when they "
					+ "are rounded to whole grey levels: enter a larger value (1/255 is written 1), or "
					+ "choose rounding=none.",
				alpha, iterations()));
	}

	/**
	 * Attacks a picture whose adversary is stored as it is; see the longer overload.
	 *
	 * @return the adversary, rounded and measured
	 * @throws java.util.concurrent.CancellationException after a cancel
	 */
	public Adversary run(final Classifier classifier, final Picture picture, final int label, final double[] levels,
		final Progress progress, final Cancellation cancellation)
	{
		return run(classifier, picture, label, levels, UnaryOperator.identity(), progress, cancellation);
	}

	/**
	 * Attacks a picture. The adversary is rounded once, stored once, and then classified and measured once.
	 *
	 * @param picture grey or RGB, in 0..1
	 * @param label the number of the picture's class; -1 for the class that the classifier predicts
	 * @param levels for each channel of the picture how many grey levels lie between 0 and 1, such as 255; empty for a
	 *        picture that does not consist of whole levels, whose adversary is not rounded
	 * @param stored called once with the rounded adversary, on the calling thread; returns the picture that is actually
	 *        stored, of the same size, such as one in which pixels outside a selection keep their values
	 * @param progress receives the share of steps made
	 * @param cancellation stops early, with the adversary of the steps made
	 * @return the stored adversary, with figures measured on it
	 * @throws DipException if the picture is neither grey nor RGB, a value is NaN or infinite, or there is no such
	 *         class
	 * @throws IllegalArgumentException if the levels are neither empty nor one for each channel
	 * @throws java.util.concurrent.CancellationException after a cancel
	 */
	public Adversary run(final Classifier classifier, final Picture picture, final int label, final double[] levels,
		final UnaryOperator<Picture> stored, final Progress progress, final Cancellation cancellation)
	{
		return run(classifier, picture, label, levels, stored, null, progress, cancellation);
	}

	/**
	 * Attacks a picture along other gradients; see the overload without them.
	 *
	 * @param gradients that every step follows; null for the classifier's own
	 */
	public Adversary run(final Classifier classifier, final Picture picture, final int label, final double[] levels,
		final UnaryOperator<Picture> stored, final Gradients gradients, final Progress progress,
		final Cancellation cancellation)
	{
		picture.requireLevels(levels);
		if (label >= 0) classifier.requireClass(label);
		final float[] adversary = picture.values().clone();
		final ToIntFunction<Prediction> chosen = clean -> method == AttackMethod.LLCI ? clean.least()
			: label < 0 ? clean.best() : label;
		final Explanation first = classifier.explain(picture, ClassScore.CROSS_ENTROPY, chosen);
		final Prediction clean = first.prediction();
		final int target = chosen.applyAsInt(clean), count = iterations();
		int done = 0;
		boolean moved = false;
		for (; done < count && !cancellation.isRequested(); done++) {
			moved |= step(
				adversary, gradients != null ? gradients.of(picture.with(adversary.clone()), target) : done == 0
					? first.gradient() : classifier.gradient(picture.with(adversary), ClassScore.CROSS_ENTROPY, target),
				picture);
			progress.reached((done + 1.0) / count);
		}
		cancellation.requireNotCancelled();
		round(adversary, picture, levels);
		return Adversary.of(classifier, picture, stored.apply(picture.with(adversary)), clean,
			label < 0 ? clean.best() : label, target, done, done > 0 && !moved);
	}

	/** @return the number of gradient steps of a complete attack */
	public int iterations() {
		return method == AttackMethod.FGSM ? 1 : stepCount.steps(epsilon, steps);
	}

	/** @return whether the gradient is other than 0 in any pixel */
	private boolean step(final float[] adversary, final Picture gradient, final Picture picture) {
		boolean any = false;
		final float[] x = picture.values();
		final int area = picture.width() * picture.height();
		final double size = method == AttackMethod.FGSM ? epsilon : alpha;
		for (int i = 0; i < x.length; i++) {
			final double scale = space.greyLevel(picture.channels(), i / area), ball = epsilon * scale;
			final double moved = adversary[i] + method.direction * size * scale * Math.signum(gradient.values()[i]);
			adversary[i] = (float) space.clip(Math.min(x[i] + ball, Math.max(x[i] - ball, moved)));
			any |= gradient.values()[i] != 0;
		}
		return any;
	}

	/** Clips the adversary to 0..1 and rounds it to whole grey levels, in place. */
	private void round(final float[] adversary, final Picture picture, final double[] levels) {
		final int area = picture.width() * picture.height();
		for (int i = 0; i < adversary.length; i++) {
			final double value = Math.min(1, Math.max(0, adversary[i]));
			final double grid = levels.length == 0 ? 0 : levels[i / area];
			adversary[i] = (float) (grid == 0 ? value : rounding.apply(picture.values()[i], value,
				epsilon * space.greyLevel(picture.channels(), i / area), grid));
		}
	}
}
