package io.github.deepimageprior.command;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.classifier.ClassScore;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.host.OpenImages;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.saliency.Baseline;
import io.github.deepimageprior.saliency.Quadrature;
import io.github.deepimageprior.saliency.SaliencySettings;
import io.github.deepimageprior.saliency.SaliencyView;

import java.util.Map;

import org.scijava.plugin.Parameter;

/** What the commands that explain a classifier have in common. */
abstract class SaliencyBase extends ClassifierBase {

	static final String ABSOLUTE = "absolute", SIGNED = "signed";

	@Parameter(persist = false, required = false, label = "Class (empty: as seen)",
		description = "Number or label; empty for what the classifier sees")
	private String target_class = "";

	@Parameter(persist = false, label = "Score", choices = { "probability", "logit", "cross-entropy" },
		description = "What of the class is differentiated")
	private String score = "probability";

	@Parameter(persist = false, label = "Baseline", choices = { "random", "black", "grey", "blurred", "image" },
		description = "Where the path to the image begins")
	private String baseline = SaliencySettings.DEFAULTS.baseline().toString();

	@Parameter(persist = false, label = "Random baselines", min = "1",
		description = "How many; the map is the mean over them")
	private int trials = SaliencySettings.DEFAULTS.baselines();

	@Parameter(persist = false, required = false, label = "Baseline image",
		description = "Title of an open image of the same size, if the baseline is one")
	private String start_image = "";

	@Parameter(persist = false, label = "Intervals m", min = "1",
		description = "m, of the path from the baseline to the image")
	private int intervals = SaliencySettings.DEFAULTS.intervals();

	@Parameter(persist = false, label = "Samples N", min = "1",
		description = "N, noisy copies at every point of the path")
	private int samples = SaliencySettings.DEFAULTS.samples();

	@Parameter(persist = false, label = "Noise (share of range)", min = "0", stepSize = "0.05",
		description = "Its standard deviation, as a share of the image's range")
	private double noise = SaliencySettings.DEFAULTS.noise();

	@Parameter(persist = false, label = "Sum", choices = { "left", "right", "trapezoid", "equation" },
		description = "Which points of the path count, and how much; equation: as equation 1 of the paper is printed")
	private String sum = SaliencySettings.DEFAULTS.rule().toString();

	@Parameter(persist = false, label = "Values", choices = { ABSOLUTE, SIGNED },
		description = "Signed: what speaks against the class is negative")
	private String values = ABSOLUTE;

	@Parameter(persist = false, label = "Gradients at once (0: auto)", min = "0",
		description = "0: a number that suits the memory")
	private int batch = 0;

	@Parameter(persist = false, label = "Seed", description = "Of noise and random baselines")
	private long seed = SaliencySettings.DEFAULTS.seed();

	@Parameter(persist = false, label = "Full above (% of sum)", min = "0", max = "100",
		description = "Of what is shown: the largest values, up to 100 minus this percentage of the sum, are shown full")
	private double top = SaliencyView.DEFAULTS.top();

	@Parameter(persist = false, label = "Empty below (% of sum)", min = "0", max = "100",
		description = "Of what is shown: the smallest values, up to this percentage of the sum, are not shown")
	private double bottom = SaliencyView.DEFAULTS.bottom();

	final SaliencySettings settings() {
		final boolean absolute = Choice.of("values", values, Map.of(ABSOLUTE, true, SIGNED, false));
		return new SaliencySettings(intervals, samples, noise, Quadrature.named(sum), absolute,
			Baseline.named(baseline), trials, Choice.of("score", score, Map.of("probability", ClassScore.PROBABILITY,
				"logit", ClassScore.LOGIT, "cross-entropy", ClassScore.CROSS_ENTROPY)),
			batch, seed);
	}

	final SaliencyView view() {
		return new SaliencyView(top, bottom);
	}

	/** @return the class that is explained in a picture */
	final int target(final Classifier model, final Picture picture) {
		final int given = find(model, target_class);
		return given < 0 ? model.classify(picture).best() : given;
	}

	/** @return the baseline if it is an image: its first picture; else null */
	final Picture start() {
		if (Baseline.named(baseline) != Baseline.IMAGE) return null;
		if (start_image.isBlank())
			throw new DipException("No baseline image was given: write the title of an open one as start_image.");
		return Picture.of(ImageSource.asShown(OpenImages.named("start_image", start_image)).read(0));
	}
}
