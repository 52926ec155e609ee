package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.UserPath;
import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.host.OpenImages;
import io.github.deepimageprior.host.RunMonitor;
import io.github.deepimageprior.image.HeapMemory;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.image.ShownValues;
import io.github.deepimageprior.measure.NoiseLevel;
import io.github.deepimageprior.prior.Averaging;
import io.github.deepimageprior.prior.FitSettings;
import io.github.deepimageprior.prior.Langevin;
import io.github.deepimageprior.prior.Observation;
import io.github.deepimageprior.prior.Recipe;
import io.github.deepimageprior.prior.StoppingRule;
import io.github.deepimageprior.restore.Partition;
import io.github.deepimageprior.restore.Restoration;
import io.github.deepimageprior.restore.RestorationResult;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.scijava.ItemIO;
import org.scijava.plugin.Parameter;

/** What the commands that restore the open image have in common: denoising, inpainting, super-resolution. */
abstract class RestoreBase extends FitBase {

	private static final String AS_BELOW = "as below", ULYANOV = "as in Ulyanov et al.";
	private static final String NONE = "none", LANGEVIN = "Langevin", SEEDS = "seeds", TOGETHER = "together",
		ONE_BY_ONE = "one by one";

	/**
	 * Observation, restored picture, blend, what is shown, deviation and its blend, in floats: bytes for each value.
	 */
	private static final int WORK_BYTES = 24;

	/**
	 * The largest picture that is fitted without tiles, unless the user says so, and the side of the tiles of larger
	 * ones.
	 */
	private static final int WHOLE = 1 << 20, TILE = 512;

	private static final int MOST_FITS = 1000;

	/**
	 * Letters of an image's name in a file's name, of up to three bytes each: with all that follows, 255 bytes are the
	 * most.
	 */
	private static final int LONGEST_NAME = 60;

	@Parameter(persist = false, label = "Settings", choices = { AS_BELOW, ULYANOV },
		description = "As in Ulyanov et al.: their network, iterations, learning rate, input noise and result for the task; those of this dialog, and the stopping rule, do not count")
	private String settings = AS_BELOW;

	@Parameter(persist = false, label = "Stopping rule", choices = { "EMV", "WMV", "noise level", "fixed" },
		description = "EMV, WMV: where the outputs change least; noise level: when the loss has come down to the noise; fixed: after all iterations")
	private String stop;

	@Parameter(persist = false, label = "Patience", min = "1", stepSize = "100",
		description = "EMV, WMV: steps without a lesser change that end the fit")
	private int patience = 500;

	@Parameter(persist = false, label = "Window of WMV", min = "2",
		description = "How many outputs WMV holds in memory")
	private int window = 100;

	@Parameter(persist = false, label = "Noise level (0: estimated)", min = "0",
		description = "Only for the stopping rule noise level: standard deviation of Gaussian noise in the image's own units; 0 to estimate it from the image")
	private double noise_level = 0;

	@Parameter(persist = false, label = "Uncertainty", choices = { NONE, LANGEVIN, SEEDS },
		description = "Langevin: samples of one long fit; seeds: several fits. Gives mean and standard deviation")
	private String uncertainty = NONE;

	@Parameter(persist = false, label = "Fits of different seeds", min = "2",
		description = "For the uncertainty by seeds")
	private int fits = 4;

	@Parameter(persist = false, label = "Langevin samples", min = "2",
		description = "They decide the number of iterations")
	private int samples = 260;

	@Parameter(persist = false, label = "Langevin burn-in", min = "0", stepSize = "100",
		description = "Steps before the first sample is due")
	private int burn_in = Langevin.DEFAULTS.burnIn();

	@Parameter(persist = false, label = "Langevin spacing", min = "1",
		description = "Steps from one sample to the next")
	private int spacing = Langevin.DEFAULTS.spacing();

	@Parameter(persist = false, label = "Channels", choices = { TOGETHER, ONE_BY_ONE },
		description = "Whether one network paints all channels, or each its own")
	private String channels = TOGETHER;

	@Parameter(persist = false, label = "Iterations of following slices (0: as the first)", min = "0", stepSize = "100",
		description = "Each slice after the first begins with its neighbour's network and needs fewer steps; 0: each begins untrained")
	private int following = 200;

	@Parameter(persist = false, label = "Tile (0: as needed)", min = "0", stepSize = "64",
		description = "Side of the tiles of a large image, in pixels; 0: tiles of 512 for images of more than a megapixel; as large as the image: no tiles")
	private int tile = 0;

	@Parameter(persist = false, label = "Overlap of tiles", min = "0", description = "In pixels")
	private int overlap = 32;

	@Parameter(persist = false, required = false, label = "Folder for checkpoints", style = "directory",
		description = "Where an interrupted run leaves what the same command goes on from; empty for none")
	private String checkpoints = "";

	@Parameter(persist = false, required = false, label = "Reference image",
		description = "Title of an open image without noise: PSNR and SSIM against it go to the Results table")
	private String reference = "";

	@Parameter(persist = false, label = "Plot the stopping rule",
		description = "What the rule looks at, step by step: the variance, or the loss")
	private boolean curve = false;

	@Parameter(type = ItemIO.OUTPUT, label = "Standard deviation")
	private ImagePlus deviation;

	@Parameter(type = ItemIO.OUTPUT, label = "Restored image")
	private ImagePlus restored;

	/**
	 * @param iterations default number of them
	 * @param stop default rule
	 */
	RestoreBase(final int iterations, final StoppingRule.Kind stop) {
		super(iterations);
		this.stop = stop.toString();
	}

	/** @return what is done, in the title of the result: "denoised" */
	abstract String done();

	/** @return the image as the task sees it */
	abstract ImageSource open(ImagePlus input);

	/**
	 * @param picture of the image
	 * @return what is known of it; null if it is to stay as it is
	 */
	abstract Observation observe(ImageSource image, int picture);

	/** @return the settings of Ulyanov et al. for the task */
	abstract Recipe ulyanov();

	/** @return how many times larger the result is */
	int factor() {
		return 1;
	}

	/**
	 * @param pictures what was restored; null for what stays as it is
	 * @param labels of their slices; null for the image's own
	 * @return the image that is made of them
	 */
	abstract ImagePlus result(ImageSource image, List<Picture> pictures, List<String> labels,
		Map<String, String> report);

	/** @return one picture by itself, for the preview */
	abstract ImagePlus preview(ImageSource image, int picture, Picture restored);

	@Override
	final void work(final ImagePlus input) {
		final ImageSource image = open(input);
		if (chosenRule() == StoppingRule.Kind.NOISE_LEVEL || !uncertainty.equalsIgnoreCase(NONE))
			ShownValues.requireUnscaled(input);
		HeapMemory.require(image, 1, WORK_BYTES * factor() * factor() * image.channels());
		final ImagePlus clean = reference.isBlank() ? null : reference(input);
		final ImagePlus before = clean != null && factor() == 1 ? ImageSource.kept(input) : null;
		if (clean != null) image.compared(clean, 0, factor(), gain()); // better an error now than after the fit
		final List<Picture> pictures = new ArrayList<>(), deviations = new ArrayList<>();
		final List<String> labels = new ArrayList<>();
		final List<double[]> curves = new ArrayList<>();
		final Report report = report();
		final Run run = new Run(report);
		boolean stopped = false;
		try (RunMonitor monitor = monitor("DIP: " + image.name())) {
			for (int picture = 0; picture < image.count(); picture++) {
				if (image.slice(picture) == 1) run.warm = List.of(); // the slice before is the last one of another
																	 // frame
				final Observation observation = observe(image, picture);
				final boolean goesOn = !run.begun || goesOn(picture);
				final RestorationResult its = observation == null || !goesOn ? null
					: run.restore(image, picture, observation, monitor);
				stopped |= observation != null && !goesOn;
				labels.add(observation != null && !goesOn ? "not " + done() : null);
				pictures.add(its == null ? null : its.picture());
				deviations.add(its == null ? null : its.deviation());
				if (its == null) continue;
				its.reports().forEach(report::add);
				if (!its.complete())
					report.add(
						Map.of("Parts", its.reached() + " of " + its.parts() + " were reached; the rest is as it was"));
				if (curve) curves.addAll(its.variances());
			}
		}
		cancellation().requireNotCancelled();
		if (stopped)
			report.add(Map.of("Pictures", "the last ones were not reached before the stop, and are as they were"));
		give(image, pictures, deviations, labels, report.text());
		if (clean != null) ReferenceScore.compare(image, clean, before, restored, factor(), gain());
		if (curve)
			Display.plot("Stopping rule of " + image.name(), "Step", "Variance or loss",
				curves.stream().map(Display.Curve::of).toList());
		Display.registerHeadless(deviation, restored); // last, so that it is the active image
	}

	private ImagePlus reference(final ImagePlus input) {
		final ImagePlus named = OpenImages.named("reference", reference);
		ShownValues.requireAlike(input, named);
		return ImageSource.kept(named);
	}

	private void give(final ImageSource image, final List<Picture> pictures, final List<Picture> deviations,
		final List<String> labels, final Map<String, String> report)
	{
		final Picture some = deviations.stream().filter(picture -> picture != null).findFirst().orElse(null);
		if (some != null) {
			deviations.replaceAll(picture -> picture == null ? some.with(new float[some.values().length]) : picture);
			deviation = image.results().deviations(deviations, factor(), gain(), report);
		}
		restored = result(image, pictures, labels, report);
	}

	/** @return by how much the image's values exceed those of the result where both show the same */
	double gain() {
		return 1;
	}

	private boolean isUlyanov() {
		return Choice.of("settings", settings, Map.of(AS_BELOW, false, ULYANOV, true));
	}

	private StoppingRule.Kind chosenRule() {
		return Choice.of("stop", stop, Arrays.stream(StoppingRule.Kind.values())
			.collect(Collectors.toMap(StoppingRule.Kind::toString, kind -> kind)));
	}

	/** All pictures, one after the other: what one leaves to the next. */
	private final class Run {

		private List<float[]> warm = List.of();
		private final Report report;
		private boolean begun;

		Run(final Report report) {
			this.report = report;
		}

		RestorationResult restore(final ImageSource image, final int picture, final Observation observation,
			final RunMonitor monitor)
		{
			final boolean handOn = image.count() > 1 && atLeast("following", following, 0) > 0 && !isUlyanov();
			final Restoration restoration = restoration(observation, image.spans(), !warm.isEmpty());
			final String which = image.label(picture);
			if (!begun) announce(restoration, observation, monitor);
			begun = true;
			final RestorationResult its = restoration.run(observation, checkpointName(image, picture), warm, handOn,
				(fraction, text, shown) -> monitor.progress((picture + fraction) / image.count(),
					(which.isEmpty() ? "" : which + ", ") + text, () -> preview(image, picture, shown.get())),
				cancellation());
			warm = its.parameters();
			if (restoration.settings().rule().kind() == StoppingRule.Kind.NOISE_LEVEL && observation.poisson() == null
				&& noise_level == 0)
				report.add(Map.of("Noise level", estimate(restoration.settings().rule(), image.spans())));
			return its;
		}

		private void announce(final Restoration restoration, final Observation observation, final RunMonitor monitor) {
			if (restoration.settings().rule().kind() != StoppingRule.Kind.FIXED) monitor.mayEndEarly();
			final int lanes = restoration.lanes(observation);
			final String tiles = restoration.partition().describe(observation.target().width(),
				observation.target().height());
			monitor.announce((tiles.isEmpty() ? "" : tiles + ", " + lanes + " at once, ")
				+ String.format(Locale.ROOT, "about %.0f MB of memory", lanes * restoration.memory(observation) / 1e6));
		}
	}

	private static String checkpointName(final ImageSource image, final int picture) {
		return image.name().substring(0, Math.min(LONGEST_NAME, image.name().length()))
			.replaceAll("[^\\p{L}\\p{N}._-]+", "_") + "-picture" + picture;
	}

	private Restoration restoration(final Observation observation, final double[] spans, final boolean warm) {
		final boolean theirs = isUlyanov();
		FitSettings chosen = theirs ? ulyanov().apply(settings())
			: settings().withRule(rule(observation, spans)).withAveraging(Averaging.GROWING);
		if (warm) chosen = chosen.withIterations(Math.min(following, chosen.iterations()));
		final String spread = Choice.of("uncertainty", uncertainty,
			Map.of(NONE, NONE, LANGEVIN, LANGEVIN, SEEDS, SEEDS));
		if (spread.equals(LANGEVIN)) {
			final Langevin langevin = new Langevin(atLeast("burn_in", burn_in, 0), atLeast("spacing", spacing, 1));
			chosen = chosen.withLangevin(langevin).withIterations(langevin.steps(atLeast("samples", samples, 2)))
				.withRule(StoppingRule.FIXED).withRollbackThreshold(Double.POSITIVE_INFINITY);
		}
		final boolean averaged = theirs ? ulyanov().averaged() : averaged();
		return new Restoration(theirs ? ulyanov()::network : preset()::network, chosen, averaged,
			partition(observation), spread.equals(SEEDS) ? fits() : 1,
			checkpoints.isBlank() ? null : UserPath.of(checkpoints));
	}

	private Partition partition(final Observation observation) {
		final boolean oneByOne = Choice.of("channels", channels, Map.of(TOGETHER, false, ONE_BY_ONE, true));
		final int width = observation.target().width(), height = observation.target().height();
		if (tile >= Math.max(width, height) || tile == 0 && (long) observation.width() * observation.height() <= WHOLE)
			return new Partition(oneByOne, 0, 0);
		final int side = tile == 0 ? Math.max(32, TILE / observation.factor()) : tile;
		return new Partition(oneByOne, side, tile == 0 ? Math.min(overlap, (side - 1) / 2) : overlap);
	}

	/** @param spans ranges of values of the channels: the noise level is in the image's own units */
	private StoppingRule rule(final Observation observation, final double[] spans) {
		return switch (chosenRule()) {
			case FIXED -> StoppingRule.FIXED;
			case EMV -> StoppingRule.emv(atLeast("patience", patience, 1));
			case WMV -> StoppingRule.wmv(Math.min(atLeast("window", window, 2), Math.max(2, settings().iterations())),
				atLeast("patience", patience, 1));
			case NOISE_LEVEL -> observation.poisson() != null ? StoppingRule.noiseLevel(1)
				: StoppingRule.noiseLevel(variances(observation, spans));
		};
	}

	/** @return of the noise in every channel, in units of the picture */
	private double[] variances(final Observation observation, final double[] spans) {
		if (!(noise_level >= 0 && Double.isFinite(noise_level)))
			throw new DipException(
				"The value of noise_level is " + noise_level + ": write a number above 0, or 0 to estimate it.");
		if (noise_level > 0)
			return Arrays.stream(spans).map(span -> span == 0 ? 0 : Math.pow(noise_level / span, 2)).toArray();
		if (observation.known() != null)
			throw new DipException(
				"The noise level cannot be estimated where pixels are missing: write it as noise_level, or choose another way to stop.");
		return NoiseLevel.variances(observation.target());
	}

	/** @return the noise level of every channel in the image's own units */
	private static String estimate(final StoppingRule rule, final double[] spans) {
		return IntStream.range(0, spans.length)
			.mapToObj(
				channel -> String.format(Locale.ROOT, "%.4g", spans[channel] * Math.sqrt(rule.levels().get(channel))))
			.collect(Collectors.joining(", ")) + " (estimated)";
	}

	private int fits() {
		if (fits > MOST_FITS)
			throw new DipException(
				"The value of fits is " + fits + ": write a whole number from 2 to " + MOST_FITS + ".");
		return atLeast("fits", fits, 2);
	}

	private static int atLeast(final String key, final int value, final int least) {
		if (value < least)
			throw new DipException(
				"The value of " + key + " is " + value + ": write a whole number from " + least + " up.");
		return value;
	}
}
