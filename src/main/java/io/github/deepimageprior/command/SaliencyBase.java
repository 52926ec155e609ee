package io.github.deepimageprior.command;

import ai.djl.Device;

import ij.ImagePlus;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.classifier.ClassScore;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.host.DialogPlace;
import io.github.deepimageprior.host.OpenImages;
import io.github.deepimageprior.image.ImageShape;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.saliency.Baseline;
import io.github.deepimageprior.saliency.Quadrature;
import io.github.deepimageprior.saliency.Saliency;
import io.github.deepimageprior.saliency.SaliencyMethod;
import io.github.deepimageprior.saliency.SaliencySettings;
import io.github.deepimageprior.saliency.SaliencyView;

import java.util.List;
import java.util.Map;

import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;

/** Base class that declares the parameters of a saliency map. */
abstract class SaliencyBase extends ClassifierBase {

	/** Descriptions of parameters that the study of saliency has as well. */
	static final String INTERVALS = "Number of intervals of the path from the baseline to the image",
		SAMPLES = "Number of noisy copies at every point of the path",
		BASELINES = "Number of random baselines; the map is the mean over them";

	private static final String ABSOLUTE = "absolute", SIGNED = "signed";

	@Parameter(persist = false, required = false, label = "Class (empty: as predicted)",
		description = "Number, or # and number, or label of the class to explain; empty for the classifier's own "
			+ "prediction")
	private String target_class = "";

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Score",
		choices = { "probability", "logit", "cross-entropy" }, description = "The class score that is differentiated")
	private String score = "probability";

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Baseline",
		choices = { "random", "black", "grey", "blurred", "image" },
		description = "The start of the integration path to the image")
	@CountsIf({ "method!=SmoothGrad", "method!=Gradient" })
	private String baseline = SaliencySettings.DEFAULTS.baseline().toString();

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Random baselines", min = "1",
		description = BASELINES)
	@CountsIf("baseline=random")
	private int random_baselines = SaliencySettings.DEFAULTS.baselines();

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), required = false, label = "Baseline image",
		description = "Title of an open image of the same size, if the baseline is an image")
	@CountsIf("baseline=image")
	private String baseline_image = "";

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Intervals m", min = "1",
		description = INTERVALS)
	@CountsIf({ "method!=SmoothGrad", "method!=Gradient" })
	private int intervals = SaliencySettings.DEFAULTS.intervals();

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Samples N", min = "1",
		description = SAMPLES)
	@CountsIf({ "method!=Integrated Gradients", "method!=Gradient" })
	private int noise_samples = SaliencySettings.DEFAULTS.samples();

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Noise (share of range)", min = "0",
		stepSize = "0.05", description = "Standard deviation of the noise, as a share of the image's range")
	@CountsIf({ "method!=Integrated Gradients", "method!=Gradient" })
	private double noise_share = SaliencySettings.DEFAULTS.noise();

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Quadrature",
		choices = { "left", "right", "trapezoid", "equation" },
		description = "Which points of the path are summed, and with which weights; equation: equation 1 of the paper "
			+ "as printed")
	@CountsIf({ "method!=SmoothGrad", "method!=Gradient" })
	private String quadrature = SaliencySettings.DEFAULTS.quadrature().toString();

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Values",
		choices = { ABSOLUTE, SIGNED },
		description = "signed: evidence against the class is negative; MIG-SG maps are always absolute")
	@CountsIf("method!=MIG-SG")
	private String values = ABSOLUTE;

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Batch size (0: automatic)",
		min = "0", description = "Number of gradients computed at once; 0: chosen to fit the available memory")
	private int batch = 0;

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Seed", description = FitBase.SEED)
	@CountsIf({ "method!=Gradient", "method!=Integrated Gradients|baseline=random" })
	private long seed = SaliencySettings.DEFAULTS.seed();

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Saturate above (% of total)",
		min = "0", max = "100",
		description = "For display: the pixels with the largest values, together 100 minus this percentage of the "
			+ "total, are shown at full intensity")
	private double saturate_above = SaliencyView.DEFAULTS.top();

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Hide below (% of total)",
		min = "0", max = "100",
		description = "For display: the pixels with the smallest values, together this percentage of the total, are "
			+ "hidden")
	private double hide_below = SaliencyView.DEFAULTS.bottom();

	/** @return the methods whose maps are computed */
	abstract List<SaliencyMethod> methods();

	/** @return of how many pictures of an image */
	abstract int explained(int count);

	@Override
	public final String estimate(final ImagePlus input) {
		if (!Torch.isRunning()) return "";
		final ImageShape shape = ImageShape.of(input, false);
		return effort((long) shape.width() * shape.height() * shape.channels(), explained(shape.count())).text();
	}

	/**
	 * @param values of a picture
	 * @param pictures whose maps are computed
	 */
	final Effort effort(final long values, final int pictures) {
		final List<Saliency> all = methods().stream().map(method -> new Saliency(method, settings())).toList();
		final Device where = Torch.device(device());
		final long memory = all.stream()
			.mapToLong(one -> one.memory(classifierName(), Math.max(values, Saliency.INPUT), where)).max().orElse(0);
		return new Effort("gradients of " + classifierName(), device(),
			(double) pictures * all.stream().mapToInt(Saliency::gradients).sum(), memory, false);
	}

	/** @return the settings that were chosen */
	final SaliencySettings settings() {
		final boolean absolute = Choice.of("values", values, Map.of(ABSOLUTE, true, SIGNED, false));
		return new SaliencySettings(
			Choice.atLeast("intervals", intervals, 1), Choice.atLeast("noise_samples", noise_samples, 1), noise_share,
			Quadrature.named(quadrature), absolute, Baseline.named(baseline),
			Choice.atLeast("random_baselines", random_baselines, 1), Choice.of("score", score, Map.of("probability",
				ClassScore.PROBABILITY, "logit", ClassScore.LOGIT, "cross-entropy", ClassScore.CROSS_ENTROPY)),
			Choice.atLeast("batch", batch, 0), seed);
	}

	/** @return how maps are displayed */
	final SaliencyView view() {
		return new SaliencyView(saturate_above, hide_below);
	}

	/** @return index of the class to explain in a picture */
	final int target(final Classifier model, final Picture picture) {
		final int given = Classifiers.find(model, target_class);
		return given < 0 ? model.classify(picture).best() : given;
	}

	/** @return the baseline if it is an image and counts: its first picture; otherwise null */
	final Picture start() {
		if (Baseline.named(baseline) != Baseline.IMAGE || methods().stream().noneMatch(SaliencyMethod::hasPath))
			return null;
		if (baseline_image.isBlank())
			throw new DipException("No baseline image was given: enter the title of an open image as baseline_image.");
		return ImageSource.asShown(OpenImages.named("baseline_image", baseline_image)).read(0);
	}
}
