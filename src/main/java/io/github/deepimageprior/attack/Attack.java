package io.github.deepimageprior.attack;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.Progress;
import io.github.deepimageprior.classifier.ClassScore;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.Prediction;

import java.util.function.ToIntFunction;

/**
 * Perturbs a picture so little that the eye does not see it, and so that a classifier takes it for something else. One
 * engine for three attacks (paper, section 2; Kurakin, Goodfellow, Bengio, 2017): steps of a fixed size along the sign
 * of the gradient of the cross-entropy J, up for the label of the picture (FGSM, BI) or down for the least likely class
 * (LLCI), clipped after every step: {@code x' = clip(x ± α sign(∇J(x')), x - ε, x + ε)}. The sign of 0 is 0.
 *
 * @param method which attack
 * @param epsilon ε, the largest change of a value, in grey levels of 255
 * @param alpha α, the step of BI and LLCI, in grey levels of 255; FGSM makes one step of ε
 * @param rule how many steps BI and LLCI make
 * @param steps how many if the rule is {@link StepCount#FIXED}
 * @param space where ε and α are measured
 * @param rounding how the adversary becomes whole grey levels
 */
public record Attack(AttackMethod method, double epsilon, double alpha, StepCount rule, int steps, Space space,
	Rounding rounding)
{

	/** BI with ε 10, in pixel space. */
	public static final Attack DEFAULTS = new Attack(AttackMethod.BI, 10, 1, StepCount.KURAKIN, 10, Space.PIXELS,
		Rounding.ROUND);

	/** The rest of the settings that the paper's own code has: ε in normalised space, more steps, truncated values. */
	public static Attack asInThePaper(final AttackMethod method, final double epsilon) {
		return new Attack(method, epsilon, 1, StepCount.PAPER, 10, Space.NORMALISED, Rounding.TRUNCATE);
	}

	private static final double GREY_LEVELS = 255;

	/**
	 * For ImageNet's standard deviations of red, green, blue: a change of 1 in normalised space is one of these in
	 * pixel space.
	 */
	private static final double[] STD = { 0.229, 0.224, 0.225 };

	/** A float is not exactly on the grid of grey levels. */
	private static final double ON_GRID = 1e-3;

	/** @throws DipException if ε or α is not in 0..255, or there is no step */
	public Attack {
		requireLevel("epsilon", epsilon);
		requireLevel("alpha", alpha);
		if (steps < 1 || steps > 10_000)
			throw new DipException("The number of steps is " + steps + ": write a whole number from 1 to 10000.");
	}

	private static void requireLevel(final String name, final double value) {
		if (!(value >= 0 && value <= GREY_LEVELS))
			throw new DipException("The value of " + name + " is " + value + ": write grey levels from 0 to 255.");
	}

	/**
	 * Attacks a picture.
	 *
	 * @param picture in 0..1
	 * @param label the picture's class; -1 for the one that the classifier predicts
	 * @param levels how many grey levels lie between 0 and 1 in each channel, such as 255; none for a picture that is
	 *        not made of whole levels
	 * @param cancellation ends it early, with what there is
	 * @return what came of it
	 * @throws java.util.concurrent.CancellationException after a cancel
	 */
	public Adversary run(final Classifier classifier, final Picture picture, final int label, final double[] levels,
		final Progress progress, final Cancellation cancellation)
	{
		final float[] x = picture.values(), adversary = x.clone();
		final ToIntFunction<Prediction> chosen = clean -> method == AttackMethod.LLCI ? clean.least()
			: label < 0 ? clean.best() : label;
		final Classifier.Explanation first = classifier.explain(picture, ClassScore.CROSS_ENTROPY, chosen);
		final Prediction clean = first.prediction();
		final int target = chosen.applyAsInt(clean), count = iterations();
		int done = 0;
		for (; done < count && !cancellation.isRequested(); done++) {
			step(adversary, done == 0 ? first.gradient()
				: classifier.gradient(picture.with(adversary), ClassScore.CROSS_ENTROPY, target), picture);
			progress.reached((done + 1.0) / count);
		}
		cancellation.requireNotCancelled();
		for (int i = 0; i < x.length; i++)
			adversary[i] = rounded(x[i], Math.min(1, Math.max(0, adversary[i])), epsilon * scale(picture, i),
				levels.length == 0 ? 0 : levels[i / (picture.width() * picture.height())]);
		return Adversary.of(classifier, picture, picture.with(adversary), clean, label < 0 ? clean.best() : label,
			target, done);
	}

	/** @return the number of gradient steps */
	public int iterations() {
		return method == AttackMethod.FGSM ? 1 : rule == StepCount.FIXED ? steps : rule.steps(epsilon);
	}

	private void step(final float[] adversary, final Picture gradient, final Picture picture) {
		final float[] x = picture.values();
		final double size = method == AttackMethod.FGSM ? epsilon : alpha,
			direction = method == AttackMethod.LLCI ? -1 : 1;
		for (int i = 0; i < x.length; i++) {
			final double scale = scale(picture, i), ball = epsilon * scale;
			double value = adversary[i] + direction * size * scale * Math.signum(gradient.values()[i]);
			value = Math.min(x[i] + ball, Math.max(x[i] - ball, value));
			adversary[i] = (float) (space == Space.PIXELS ? Math.min(1, Math.max(0, value)) : value);
		}
	}

	/** @return what a grey level is worth in pixel space at a value of the picture */
	private double scale(final Picture picture, final int i) {
		if (space == Space.PIXELS) return 1 / GREY_LEVELS;
		final double std = picture.channels() == 3 ? STD[i / (picture.width() * picture.height())]
			: (STD[0] + STD[1] + STD[2]) / 3;
		return std / GREY_LEVELS;
	}

	/** Rounds the change, since the picture itself is made of whole levels; the picture stays within its range. */
	private float rounded(final float x, final double value, final double ball, final double levels) {
		if (levels == 0 || rounding == Rounding.NONE) return (float) value;
		final double change = (value - x) * levels;
		if (rounding == Rounding.TRUNCATE) return (float) (x + Math.floor(change + ON_GRID) / levels);
		final double whole = Math.rint(change), most = Math.floor(ball * levels + ON_GRID);
		return (float) (x + Math.min(most, Math.max(-most, whole)) / levels);
	}
}
