package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.host.RunMonitor;
import io.github.deepimageprior.image.CalibratedValues;
import io.github.deepimageprior.image.HeapMemory;
import io.github.deepimageprior.image.ImageShape;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.prior.FitSummary;
import io.github.deepimageprior.prior.StoppingRule;
import io.github.deepimageprior.restore.Denoise;
import io.github.deepimageprior.restore.RestorationProgress;
import io.github.deepimageprior.restore.RestorationResult;
import io.github.deepimageprior.restore.RestoreSettings;
import io.github.deepimageprior.restore.SeriesListener;
import io.github.deepimageprior.restore.SeriesPlan;
import io.github.deepimageprior.restore.SeriesRestorer;
import io.github.deepimageprior.restore.Task;
import io.github.deepimageprior.restore.Uncertainty;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Restores all pictures of an image, and makes the resulting images, table rows and plots. */
final class RestoreRun implements SeriesListener {

	/** What the estimate of the noise takes, for each pixel. */
	private static final int NOISE_BYTES = 24;

	private final ImagePlus input;
	private final ImageSource image;
	private final Task task;
	private final RestoreSettings settings;
	private final RestoredImages images;
	private final List<double[]> curves = new ArrayList<>();
	private RunMonitor monitor;
	private Report report;
	private boolean plots, incomplete;
	private Effort effort;
	private SeriesPlan plan;
	private double done;
	private long began;

	/** @param done what was done, for the title of the result: "denoised" */
	RestoreRun(final ImagePlus input, final ImageSource image, final Task task, final RestoreSettings settings,
		final String done)
	{
		this.input = input;
		this.image = image;
		this.task = task;
		this.settings = settings;
		images = new RestoredImages(image, task, done);
	}

	/**
	 * @param reference title of an open image to compare with; blank for none
	 * @param plot whether to plot what the stopping rule monitored
	 */
	void run(final FitBase command, final String reference, final boolean plot) {
		if (settings.rule().kind() == StoppingRule.Kind.NOISE_LEVEL && !settings.isNonLocal(task)
			|| settings.uncertainty().kind() != Uncertainty.Kind.NONE
			|| settings.isNonLocal(task) && !settings.rule().noise().isEmpty()) CalibratedValues.requireUnscaled(input);
		final SeriesRestorer restorer = new SeriesRestorer(task, settings);
		final ImageSeries series = new ImageSeries(image);
		final ReferenceScore score = reference.isBlank() ? null : ReferenceScore.of(reference, image, input, task);
		HeapMemory.require(image, 1, images.floatBytes(settings.uncertainty().kind() != Uncertainty.Kind.NONE),
			task.factor(), settings.isNonLocal(task) ? NOISE_BYTES : 0, restorer.picturesAtOnce(series));
		plots = plot;
		report = command.report(resolved(), image);
		try (RunMonitor window = command.monitor(command.title() + ": " + image.name())) {
			monitor = window;
			restorer.run(series, this, command.cancellation());
		}
		if (incomplete)
			report.add(image.count() > 1
				? Map.of("Slices", "the last ones were not reached before the stop; they are " + untouched())
				: Map.of("Stopped", "by the user, before there was a result; the image is " + untouched()));
		images.finish(report.text());
		if (score != null) score.addRows(restored());
		if (!curves.isEmpty())
			Display.plot(command.context(), "Stopping rule of " + image.name(), "Step", "Variance or loss",
				curves.stream().map(Display.Curve::of).toList());
		Display.registerHeadless(command.context(), deviation(), restored()); // last, so that it is the active image
	}

	/** @return what the restoration of an image of this shape takes */
	static Effort effort(final ImageShape shape, final Task task, final RestoreSettings settings) {
		final SeriesPlan plan = new SeriesRestorer(task, settings).plan(shape.width(), shape.height(), shape.channels(),
			shape.count());
		return effort(plan, shape.count(), shape.channels(), task, settings);
	}

	private static Effort effort(final SeriesPlan plan, final int pictures, final int channels, final Task task,
		final RestoreSettings settings)
	{
		final int together = settings.partition().separateChannels() ? 1 : channels;
		return new Effort(settings.isNonLocal(task) ? "non-local, " + together : Effort.fits(settings.preset()),
			settings.fit().device(), plan.work() * pictures, plan.memory(), plan.mayStopEarly());
	}

	@Override
	public void started(final SeriesPlan found) {
		plan = found;
		effort = effort(plan, image.count(), image.channels(), task, settings);
		began = System.nanoTime();
		if (plan.mayStopEarly()) monitor.mayEndEarly();
		final String tiles = plan.tiles() == 1 ? "" : plan.tiles() + " tiles of " + plan.tile().width() + "x"
			+ plan.tile().height() + " pixels, " + plan.parallel() + " at once, ";
		monitor.announce(tiles + effort.text());
	}

	@Override
	public void progress(final int index, final RestorationProgress now, final Supplier<Picture> picture) {
		final String text = (image.label(index).isEmpty() ? "" : image.label(index) + ", ")
			+ (now.parts() > 1 ? "part " + now.part() + " of " + now.parts() + ", " : "")
			+ (now.fits() > 1 ? "fit " + now.fit() + " of " + now.fits() + ", " : "")
			+ (now.steps() > 0 ? "step " + now.step() + " of " + now.steps() : "filtering");
		monitor.progress((index + now.fraction()) / image.count(), text, () -> images.preview(index, picture.get()));
	}

	@Override
	public void restored(final int index, final RestorationResult result) {
		images.add(index, result);
		final int area = plan.tile().width() * plan.tile().height() * task.factor() * task.factor();
		done += result.summaries().isEmpty() ? plan.work()
			: result.summaries().stream().mapToDouble(FitSummary::steps).sum() * area;
		// Parts that were read from a checkpoint tell nothing of the speed.
		if (settings.checkpoints() == null && result.isComplete()
			&& (result.nonLocal() == null || !result.nonLocal().stopped()))
			effort.done(done, (System.nanoTime() - began) / 1e9);
		if (!result.noise().isEmpty()) report.add(Map.of("Noise level", noise(result.noise())));
		if (result.nonLocal() != null) report.add(FitReport.of(result.nonLocal(), image));
		result.summaries().forEach(fit -> report.add(FitReport.of(fit)));
		final String doubt = doubt(result);
		if (!doubt.isEmpty()) {
			report.add(Map.of("Warning", doubt));
			monitor.warn(image.label(index).isEmpty() ? doubt : image.label(index) + ": " + doubt);
		}
		if (!result.isComplete())
			report.add(Map.of("Parts",
				result.reached() + " of " + result.parts() + " were reached; the others are " + untouched()));
		if (plots) curves.addAll(result.curves());
	}

	/** @return a sentence if the result, or what was entered, contradicts the noise of the image; else empty */
	private String doubt(final RestorationResult result) {
		if (result.nonLocal() != null)
			return FitReport.doubt(result.nonLocal(), task instanceof Denoise denoise && denoise.poisson() != null);
		return result.residual() == null ? "" : FitReport.doubt(result.residual(),
			settings.uncertainty().kind() == Uncertainty.Kind.LANGEVIN ? null : settings.rule().kind());
	}

	@Override
	public void notReached(final int index) {
		incomplete = true;
		images.notReached(index);
	}

	/** @return in words: what the result shows where a stop came before the fit */
	private String untouched() {
		return task.factor() > 1 ? "only enlarged" : "unchanged";
	}

	/** @return what the settings say for automatic parameters */
	private Map<String, String> resolved() {
		return Map.of("precision", settings.fit().precision().toString(), "max_iterations",
			String.valueOf(settings.fit().iterations()), "stop", settings.rule().kind().toString());
	}

	/** @return the noise level of every channel in the image's own units */
	private String noise(final List<Double> levels) {
		return IntStream.range(0, levels.size())
			.mapToObj(c -> String.format(Locale.ROOT, "%.4g", image.shownDifference(c, levels.get(c))))
			.collect(Collectors.joining(", ")) + " (estimated)";
	}

	ImagePlus restored() {
		return images.restored();
	}

	/** @return the image of standard deviations; null if none was estimated */
	ImagePlus deviation() {
		return images.deviation();
	}
}
