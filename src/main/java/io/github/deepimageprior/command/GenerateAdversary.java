package io.github.deepimageprior.command;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ImageProcessor;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.attack.Adversary;
import io.github.deepimageprior.attack.Attack;
import io.github.deepimageprior.attack.AttackMethod;
import io.github.deepimageprior.attack.Rounding;
import io.github.deepimageprior.attack.Space;
import io.github.deepimageprior.attack.StepCount;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.image.FloatImage;
import io.github.deepimageprior.image.HeapMemory;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.image.Rendering;
import io.github.deepimageprior.image.ShownValues;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Changes the open image so little that the eye does not see it, and so that a classifier takes it for something else.
 */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>Generate Adversary...")
public class GenerateAdversary extends ClassifierBase {

	private static final int RGB_BYTES = 4;
	private static final String AS_BELOW = "as below", PAPER = "as in the paper";
	private static final String KURAKIN = "min(e+4, 1.25e)", AUTHOR = "max(e+4, 1.25e)", FIXED = "fixed";

	@Parameter(persist = false, label = "Attack", choices = { "FGSM", "BI", "LLCI" },
		description = "FGSM: one step; BI: small steps away from the class; LLCI: small steps towards the least likely class")
	private String attack = Attack.DEFAULTS.method().name();

	@Parameter(persist = false, label = "Epsilon (grey levels)", min = "0", max = "255", stepSize = "1",
		description = "Largest change of a value, in grey levels of 255")
	private double epsilon = Attack.DEFAULTS.epsilon();

	@Parameter(persist = false, label = "Settings", choices = { AS_BELOW, PAPER },
		description = "As in the paper: alpha 1, max(e+4, 1.25e) steps, normalised space, truncated; the next five are then ignored")
	private String settings = AS_BELOW;

	@Parameter(persist = false, label = "Alpha (grey levels)", min = "0", max = "255", stepSize = "1",
		description = "Step of BI and LLCI, in grey levels of 255")
	private double alpha = Attack.DEFAULTS.alpha();

	@Parameter(persist = false, label = "Number of steps", choices = { KURAKIN, AUTHOR, FIXED },
		description = "Of BI and LLCI, from epsilon e")
	private String rule = KURAKIN;

	@Parameter(persist = false, label = "Fixed number", min = "1",
		description = "How many steps if their number is fixed")
	private int steps = Attack.DEFAULTS.steps();

	@Parameter(persist = false, label = "Space", choices = { "pixels", "normalised" },
		description = "Normalised: a unit of epsilon and alpha is about 0.226 grey levels, as in the paper's code")
	private String space = "pixels";

	@Parameter(persist = false, label = "Grey levels", choices = { "round", "truncate", "none" },
		description = "How the adversary becomes whole grey levels; none: it becomes a 32-bit image")
	private String quantisation = "round";

	@Parameter(persist = false, required = false, label = "True class (empty: as seen)",
		description = "Number or label of the image's class; empty for what the classifier sees")
	private String true_class = "";

	@Parameter(persist = false, label = "Perturbation", description = "Also shows the change, amplified, on grey")
	private boolean perturbation = false;

	@Parameter(persist = false, label = "Amplification (0: to fit)", min = "0",
		description = "Of the perturbation that is shown; 0 to fill the range")
	private double gain = 0;

	@Parameter(persist = false, label = "Comparison stack",
		description = "Also gives original, adversary and perturbation as a stack")
	private boolean comparison = false;

	@Parameter(type = ItemIO.OUTPUT, label = "Perturbation image")
	private ImagePlus difference;

	@Parameter(type = ItemIO.OUTPUT, label = "Comparison")
	private ImagePlus compared;

	@Parameter(type = ItemIO.OUTPUT, label = "Adversary")
	private ImagePlus adversary;

	@Override
	ImagePlus prepared(final ImagePlus input) {
		if (chosen().rounding() != Rounding.NONE) return input;
		ImageSource.requireOpen(input);
		ShownValues.requirePlain(input);
		return FloatImage.of(input);
	}

	@Override
	void work(final ImageSource image, final Classifier model) {
		final Attack chosen = chosen();
		final int label = find(model, true_class);
		if (!(gain >= 0))
			throw new DipException("The value of gain is " + gain + ": write a number above 0, or 0 for what fits.");
		HeapMemory.require(image, 1, (perturbation ? RGB_BYTES : 0) + (comparison ? 3 * RGB_BYTES : 0));
		final List<ImageProcessor[]> planes = new ArrayList<>();
		final ImageStack changes = new ImageStack(), comparisons = new ImageStack();
		final List<Object[]> rows = new ArrayList<>();
		final Report report = report();
		each(image, "Generate Adversary", (picture, clean, progress) -> {
			final Adversary found = chosen.run(model, clean, label, image.levels(), progress, cancellation());
			planes.add(image.add(picture, found.perturbation(clean).image()));
			final Adversary made = found.stored(model, clean, Picture.of(image.read(planes.get(picture))));
			if (perturbation) addChange(changes, made, clean);
			if (comparison) {
				comparisons.addSlice("original: " + Witness.words(made.clean()), Rendering.bytes(clean));
				comparisons.addSlice("adversary: " + Witness.words(made.attacked()), Rendering.bytes(made.picture()));
				addChange(comparisons, made, clean);
			}
			rows.add(cells(chosen, made));
			report.add(report(made));
		});
		for (int i = 0; i < rows.size(); i++) Display.addRow(image.row(i), rows.get(i));
		Display.showResults();
		difference = perturbation ? image.results().derived("perturbation", changes, report.text()) : null;
		compared = comparison ? image.results().derived("original, adversary, perturbation", comparisons, report.text())
			: null;
		adversary = image.results().image("adversary",
			picture -> picture < planes.size() ? planes.get(picture) : image.write(picture, null),
			picture -> picture < planes.size() ? null : "not attacked", report.text());
		Display.registerHeadless(difference, compared, adversary);
	}

	private Attack chosen() {
		final AttackMethod method = AttackMethod.named(attack);
		if (settings.equalsIgnoreCase(PAPER)) return Attack.asInThePaper(method, epsilon);
		if (!settings.equalsIgnoreCase(AS_BELOW))
			throw new DipException(
				"There are no settings '" + settings + "': write [" + AS_BELOW + "] or [" + PAPER + "].");
		return new Attack(method, epsilon, alpha,
			Choice.of("rule", rule,
				Map.of(KURAKIN, StepCount.KURAKIN, AUTHOR, StepCount.PAPER, FIXED, StepCount.FIXED)),
			steps, Choice.of("space", space, Map.of("pixels", Space.PIXELS, "normalised", Space.NORMALISED)),
			Choice.of("quantisation", quantisation,
				Map.of("round", Rounding.ROUND, "truncate", Rounding.TRUNCATE, "none", Rounding.NONE)));
	}

	private static Object[] cells(final Attack chosen, final Adversary made) {
		return new Object[] { "Attack", chosen.method(), "Epsilon", chosen.epsilon(), "Steps", made.steps(), "Linf",
			made.largest(), "L2", made.length(), "Changed", made.changed(), "Before",
			made.clean().label(made.clean().best()), "p(before)", made.clean().probability(made.clean().best()),
			"After", made.attacked().label(made.attacked().best()), "p(after)",
			made.attacked().probability(made.attacked().best()), "True class", made.clean().label(made.label()),
			"p(true) before", made.clean().probability(made.label()), "p(true) after",
			made.attacked().probability(made.label()), "Success", made.succeeds() ? 1 : 0 };
	}

	private static Map<String, String> report(final Adversary made) {
		final Map<String, String> report = new LinkedHashMap<>();
		report.put("Before", Witness.words(made.clean()));
		report.put("After", Witness.words(made.attacked()));
		report.put("Change", String.format(Locale.ROOT, "Linf %.3f, L2 %.1f grey levels, %.1f %% of the pixels",
			made.largest(), made.length(), 100 * made.changed()));
		return report;
	}

	private void addChange(final ImageStack stack, final Adversary made, final Picture before) {
		final double factor = gain > 0 ? gain : 127.5 / Math.max(1, made.largest());
		final float[] change = made.perturbation(before).values();
		for (int p = 0; p < change.length; p++) change[p] = (float) (0.5 + factor * change[p]);
		stack.addSlice(String.format(Locale.ROOT, "perturbation x%.4g", factor), Rendering.bytes(before.with(change)));
	}
}
