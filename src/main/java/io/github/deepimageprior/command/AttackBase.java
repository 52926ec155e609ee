package io.github.deepimageprior.command;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.attack.Attack;
import io.github.deepimageprior.attack.AttackMethod;
import io.github.deepimageprior.attack.Rounding;
import io.github.deepimageprior.attack.Space;
import io.github.deepimageprior.attack.StepCount;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.host.DialogPlace;

import java.util.Map;

import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;

/** Base class that declares the parameters of an attack. */
abstract class AttackBase extends ClassifierBase {

	private static final String CUSTOM = "custom", PAPER = "as in the paper";
	private static final String KURAKIN = "min(e+4, 1.25e)", AUTHOR = "max(e+4, 1.25e)", FIXED = "fixed";

	/** Of a parameter that studies of attacks have, too. */
	static final String SPACE_LABEL = "Space of epsilon",
		SPACE = "pixels: epsilon and alpha count in grey levels of the image; normalised: in 255ths of "
			+ "ImageNet's standard deviations, as in the paper, so epsilon 10 is only about 2.3 grey levels";

	@Parameter(persist = false, label = "Attack", choices = { "FGSM", "BI", "LLCI" },
		description = "FGSM: one step; BI: small steps away from the true class; LLCI: small steps towards the least "
			+ "likely class")
	private String attack = Attack.DEFAULTS.method().name();

	@Parameter(persist = false, label = "Epsilon (grey levels)", min = "0", max = "255", stepSize = "1",
		description = "Largest change of a value, in grey levels on the 0-255 scale")
	private double epsilon = Attack.DEFAULTS.epsilon();

	@Parameter(persist = false, label = "Attack settings", choices = { CUSTOM, PAPER },
		description = "custom: alpha, number of steps, space and rounding as they are chosen; as in the paper: alpha "
			+ "1, max(e+4, 1.25e) steps, normalised space, truncated; those fields are then ignored")
	private String attack_settings = CUSTOM;

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Alpha (grey levels)",
		max = "255", stepSize = "1",
		description = "Step size of BI and LLCI, above 0, in grey levels on the 0-255 scale")
	@CountsIf({ "attack_settings=custom", "attack!=FGSM" })
	private double alpha = Attack.DEFAULTS.alpha();

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Number of steps",
		choices = { KURAKIN, AUTHOR, FIXED },
		description = "Number of steps of BI and LLCI: a function of epsilon e, or fixed")
	@CountsIf({ "attack_settings=custom", "attack!=FGSM" })
	private String step_count = KURAKIN;

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Fixed number of steps", min = "1",
		description = "Number of steps of BI and LLCI, if it is fixed")
	@CountsIf("step_count=fixed")
	private int fixed_steps = Attack.DEFAULTS.steps();

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = SPACE_LABEL,
		choices = { "pixels", "normalised" }, description = SPACE)
	@CountsIf("attack_settings=custom")
	private String space = "pixels";

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Rounding",
		choices = { "round", "truncate", "none" },
		description = "How the adversary is converted to whole grey levels; none: a 32-bit image")
	@CountsIf("attack_settings=custom")
	private String rounding = "round";

	@Parameter(persist = false, required = false, label = "True class (empty: as predicted)",
		description = Classifiers.TRUE_CLASS)
	private String true_class = "";

	@Parameter(persist = false, label = "Perturbation", description = "Also shows the change, amplified, on grey")
	private boolean show_perturbation = false;

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Amplification (0: automatic)",
		min = "0",
		description = "Factor by which the perturbation is multiplied for display; 0: fits it to the display range")
	@CountsIf("show_perturbation=true|comparison=true")
	private double amplification = 0;

	@Parameter(persist = false, label = "Comparison stack",
		description = "Also gives original, adversary and perturbation as a stack")
	private boolean comparison = false;

	/** @return the attack that was chosen; of what it does not use, words are checked and numbers are not */
	final Attack attack() {
		final AttackMethod method = AttackMethod.named(attack);
		final StepCount count = Choice.of("step_count", step_count,
			Map.of(KURAKIN, StepCount.KURAKIN, AUTHOR, StepCount.PAPER, FIXED, StepCount.FIXED));
		final Space units = Choice.of("space", space,
			Map.of(Space.PIXELS.toString(), Space.PIXELS, Space.NORMALISED.toString(), Space.NORMALISED));
		final Rounding whole = Choice.of("rounding", rounding,
			Map.of("round", Rounding.ROUND, "truncate", Rounding.TRUNCATE, "none", Rounding.NONE));
		return Choice.of("attack_settings", attack_settings, Map.of(CUSTOM, false, PAPER, true))
			? Attack.asInThePaper(method, epsilon)
			: new Attack(method, epsilon, alpha, count, fixed_steps, units, whole);
	}

	/** @return index of the true class; -1 for the classifier's own prediction */
	final int trueClass(final Classifier model) {
		return Classifiers.find(model, true_class);
	}

	/** @return factor by which a perturbation is multiplied for display; 0 to fill the range */
	final double amplification() {
		if (!(amplification >= 0 && Double.isFinite(amplification)))
			throw new DipException("The value of amplification is " + amplification
				+ ": enter a number above 0, or 0 to fit it to the display range.");
		return amplification;
	}

	final boolean showsPerturbation() {
		return show_perturbation;
	}

	final boolean compares() {
		return comparison;
	}
}
