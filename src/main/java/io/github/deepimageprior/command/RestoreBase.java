package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.UserPath;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.host.DialogPlace;
import io.github.deepimageprior.image.ImageShape;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.image.MissingPixels;
import io.github.deepimageprior.prior.FitSettings;
import io.github.deepimageprior.prior.Langevin;
import io.github.deepimageprior.prior.StoppingRule;
import io.github.deepimageprior.restore.Inpaint;
import io.github.deepimageprior.restore.Partition;
import io.github.deepimageprior.restore.RestoreSettings;
import io.github.deepimageprior.restore.RuleSettings;
import io.github.deepimageprior.restore.Task;
import io.github.deepimageprior.restore.Uncertainty;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

import org.scijava.ItemIO;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;

/** Base class for the commands that restore the open image: denoising, inpainting, super-resolution. */
abstract class RestoreBase extends FitBase {

	/** Label and description of a parameter that belongs to the task of denoising, and to no other. */
	static final String NOISE_LEVEL = "Noise level (0: estimated)",
		NOISE_MEANING = "Used by the method non-local, and by the stopping rule noise level: standard deviation of "
			+ "Gaussian noise in the image's own units; 0: estimated from the image, by the method non-local at "
			+ "every pixel. With the noise model Poisson: that of the read noise beside the photons, method "
			+ "non-local only; 0: none";

	private static final String CUSTOM = "custom", ULYANOV = "as in Ulyanov et al.", AUTO = "auto";
	private static final String NONE = "none", LANGEVIN = "Langevin", ENSEMBLE = "ensemble";
	private static final String REPLACE = "replace", KEEP = "keep";
	private static final String TOGETHER = "together", ONE_BY_ONE = "one by one";
	private static final int LARGEST_ENSEMBLE = 1000;

	@Parameter(persist = false, label = "Max. iterations (0: automatic)", min = "0", stepSize = "100",
		description = "Maximum number of optimisation steps of a fit; 0: 3000 to denoise, 2000 otherwise")
	@CountsIf({ "recipe=custom", "denoising_method!=non-local", "uncertainty!=Langevin" })
	private int max_iterations = 0;

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.FIRST), label = "Recipe",
		choices = { CUSTOM, ULYANOV },
		description = "custom: the settings of this dialog; as in Ulyanov et al.: their settings for the task, which "
			+ "override Method, Network, Result, Max. iterations, Stopping rule (with patience, window, noise level), "
			+ "Hot pixels and warm starts, and divide 8-bit and RGB values by 255")
	private String recipe = CUSTOM;

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Stopping rule",
		choices = { AUTO, "EMV", "WMV", "noise level", "fixed" },
		description = "EMV: stops when only noise is left to fit; if that is not seen, like WMV: "
			+ "takes the result near the step where successive outputs vary least, and stops after 'patience' steps "
			+ "without a new minimum; noise level: stops when the loss reaches the noise level; "
			+ "fixed: stops after all iterations; auto: EMV to denoise, fixed otherwise")
	@CountsIf({ "recipe=custom", "denoising_method!=non-local", "uncertainty!=Langevin" })
	private String stop = AUTO;

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Patience", min = "1",
		stepSize = "100",
		description = "EMV, WMV: the fit stops after this many steps without a new minimum of the variance")
	// auto is EMV to denoise, and fixed otherwise.
	@CountsIf({ "recipe=custom", "denoising_method!=non-local", "uncertainty!=Langevin",
		"stop=EMV|stop=WMV|denoising_method=deep image prior", "stop=EMV|stop=WMV|stop=auto" })
	private int patience = RuleSettings.DEFAULTS.patience();

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Window of WMV", min = "2",
		description = "WMV: number of outputs over which the variance is computed; they are kept in memory")
	@CountsIf("stop=WMV")
	private int window = RuleSettings.DEFAULTS.window();

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Uncertainty",
		choices = { NONE, LANGEVIN, ENSEMBLE },
		description = "Langevin: samples of one long fit, which ignores Stopping rule, Max. iterations and Result; "
			+ "ensemble: several fits with different seeds. The result is their mean; their standard deviation is a "
			+ "second image. Method non-local, ensemble: filters again with simulated noise; the second image "
			+ "estimates the error of the result")
	private String uncertainty = NONE;

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Ensemble size", min = "2",
		description = "Number of fits, or repetitions, of an ensemble")
	@CountsIf("uncertainty=ensemble")
	private int ensemble_size = Uncertainty.DEFAULTS.ensembleSize();

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Langevin samples", min = "2",
		description = "Number of samples; the fit takes burn-in + samples x spacing steps")
	@CountsIf("uncertainty=Langevin")
	private int langevin_samples = Uncertainty.DEFAULTS.samples();

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Langevin burn-in", min = "0",
		stepSize = "100", description = "Steps before sampling starts")
	@CountsIf("uncertainty=Langevin")
	private int burn_in = Langevin.DEFAULTS.burnIn();

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Langevin spacing", min = "1",
		description = "Steps from one sample to the next")
	@CountsIf("uncertainty=Langevin")
	private int spacing = Langevin.DEFAULTS.spacing();

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Hot pixels",
		choices = { REPLACE, KEEP },
		description = "Single pixels that are far brighter or darker than all others. replace: they count as missing, "
			+ "and the result is painted over them; keep: they keep their values. They never count for the range of "
			+ "values")
	@CountsIf("recipe=custom")
	private String hot_pixels = REPLACE;

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Channels",
		choices = { TOGETHER, ONE_BY_ONE },
		description = "together: all channels at once, which helps if they show the same thing; one by one: each by "
			+ "itself")
	private String channels = TOGETHER;

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED),
		label = "Warm-start iterations (0: no warm start)", min = "0", stepSize = "100",
		description = "Each slice after the first starts from the network of the slice before it and needs fewer "
			+ "steps; 0: each starts untrained")
	@CountsIf({ "recipe=custom", "denoising_method!=non-local" })
	private int warm_iterations = RestoreSettings.WARM_ITERATIONS;

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Tile (0: automatic)", min = "0",
		stepSize = "64",
		description = "Side of the tiles in pixels of the input image; 0: tiles of 512 if the result has more than a "
			+ "megapixel; as large as the image: no tiles")
	private int tile = 0;

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Overlap of tiles", min = "0",
		description = "Least overlap of neighbouring tiles, in pixels")
	private int overlap = RestoreSettings.OVERLAP;

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), required = false,
		label = "Folder for checkpoints", style = "directory",
		description = "An interrupted run of the same command resumes from here; leave empty for no checkpoints")
	private String checkpoints = "";

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), required = false, label = "Reference image",
		description = "Title of an open clean image of the size of the result: adds PSNR and SSIM to the Results table")
	private String reference = "";

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Plot the stopping rule",
		description = "Plots what the rule monitors at each step: the variance, or the loss")
	@CountsIf("denoising_method!=non-local")
	private boolean plot_rule = false;

	@Parameter(type = ItemIO.OUTPUT, label = "Standard deviation")
	private ImagePlus deviation;

	@Parameter(type = ItemIO.OUTPUT, label = "Restored image")
	private ImagePlus restored;

	/**
	 * @param missing defines which pixels are missing
	 * @param whole whether the whole image is read even if there is a selection
	 * @return the image, with the range of values that is there; for the published settings as these have it
	 */
	final ImageSource source(final ImagePlus input, final MissingPixels missing, final boolean whole) {
		final boolean keep = Choice.of("hot_pixels", hot_pixels, Map.of(REPLACE, false, KEEP, true));
		return isPublished() ? ImageSource.withMissing(input, missing, whole)
			: ImageSource.toRestore(input, missing, whole, keep);
	}

	private boolean isPublished() {
		return Choice.of("recipe", recipe, Map.of(CUSTOM, false, ULYANOV, true));
	}

	/** @return what is done, as far as it matters for the time that it takes */
	abstract Task roughly();

	/** @return standard deviation of the noise in the image's own units; 0 to estimate it */
	abstract double noiseLevel();

	@Override
	public final String estimate(final ImagePlus input) {
		if (!Torch.isRunning()) return "";
		final Task task = roughly();
		final ImageShape shape = ImageShape.of(input, task instanceof Inpaint);
		return RestoreRun
			.effort(shape, task, settings(task, new double[] { Double.MAX_VALUE }, this::settingsWithoutFit)).text();
	}

	/** Runs the restoration and sets the outputs. */
	final void restore(final RestoreRun run) {
		run.run(this, reference, plot_rule);
		deviation = run.deviation();
		restored = run.restored();
	}

	/**
	 * @param spans the range of values of each channel: the noise level is in the image's own units
	 * @return the settings that were chosen
	 */
	final RestoreSettings settings(final Task task, final double[] spans) {
		startEngine();
		return settings(task, spans, this::settings);
	}

	private RestoreSettings settings(final Task task, final double[] spans, final IntFunction<FitSettings> fit) {
		final RestoreSettings defaults = task.defaults();
		final int most = Choice.atLeast("max_iterations", max_iterations, 0);
		final int iterations = most == 0 ? defaults.fit().iterations() : most;
		final boolean published = isPublished();
		return new RestoreSettings(preset(),
			RestoreSettings.isNonLocal(task, published) ? settingsWithoutFit(iterations) : fit.apply(iterations),
			averaged(), published,
			new RuleSettings(kind(defaults.rule().kind()), Choice.atLeast("patience", patience, 1),
				Choice.atLeast("window", window, 2), noise(spans)),
			uncertainty(), partition(), Choice.atLeast("warm_iterations", warm_iterations, 0),
			checkpoints.isBlank() ? null : UserPath.of(checkpoints));
	}

	private StoppingRule.Kind kind(final StoppingRule.Kind automatic) {
		final Map<String, StoppingRule.Kind> kinds = Arrays.stream(StoppingRule.Kind.values())
			.collect(Collectors.toMap(StoppingRule.Kind::toString, kind -> kind));
		kinds.put(AUTO, automatic);
		return Choice.of("stop", stop, kinds);
	}

	private List<Double> noise(final double[] spans) {
		final double level = noiseLevel();
		if (!(level >= 0 && Double.isFinite(level)))
			throw new DipException(
				"The value of noise_level is " + level + ": enter a number above 0, or 0 to estimate it.");
		final double most = Arrays.stream(spans).max().orElse(0);
		if (most > 0 && level > most)
			throw new DipException(String.format(Locale.ROOT,
				"The noise level %s exceeds the range of the image's values, %.4g: enter a standard deviation in the "
					+ "image's own units, or 0 to estimate it.",
				level, most));
		return level == 0 ? List.of() : Arrays.stream(spans).mapToObj(span -> span == 0 ? 0 : level / span).toList();
	}

	private Uncertainty uncertainty() {
		final Langevin langevin = new Langevin(Choice.atLeast("burn_in", burn_in, 0),
			Choice.atLeast("spacing", spacing, 1));
		return new Uncertainty(
			Choice.of("uncertainty", uncertainty,
				Map.of(NONE, Uncertainty.Kind.NONE, LANGEVIN, Uncertainty.Kind.LANGEVIN, ENSEMBLE,
					Uncertainty.Kind.ENSEMBLE)),
			Choice.between("ensemble_size", ensemble_size, 2, LARGEST_ENSEMBLE),
			Choice.atLeast("langevin_samples", langevin_samples, 2), langevin);
	}

	private Partition partition() {
		return new Partition(Choice.of("channels", channels, Map.of(TOGETHER, false, ONE_BY_ONE, true)),
			Choice.atLeast("tile", tile, 0), Choice.atLeast("overlap", overlap, 0));
	}
}
