package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.host.RunMonitor;
import io.github.deepimageprior.image.HeapMemory;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.prior.Fit;
import io.github.deepimageprior.prior.FitResult;
import io.github.deepimageprior.prior.FitSettings;
import io.github.deepimageprior.prior.Snapshot;
import io.github.deepimageprior.prior.Steps;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Fits an untrained network to the open image and gives the network's picture of it at chosen steps, as a stack. */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>DIP Iteration Stack...")
public class DipIterationStack extends PurifyBase {

	@Parameter(persist = false, label = "Steps",
		description = "Which steps: every 100, or a list such as 10, 50, 100..1000 every 100")
	private String steps = "every 100";

	@Parameter(persist = false, label = "Original first", description = "Puts the image itself in front")
	private boolean original = true;

	@Parameter(persist = false, label = "Results table", description = "Adds step, loss and PSNR to the Results table")
	private boolean table = true;

	@Parameter(persist = false, label = "Plot the confidence",
		description = "With a classifier: the probability of the true class, step by step")
	private boolean curve = true;

	@Parameter(persist = false, label = "Saliency",
		description = "With a classifier: also a stack of picture, mask and overlay of MIG-SG for the true class, side by side")
	private boolean saliency = false;

	@Parameter(type = ItemIO.OUTPUT, label = "Saliency stack")
	private ImagePlus explained;

	@Parameter(type = ItemIO.OUTPUT, label = "Iteration stack")
	private ImagePlus stack;

	@Override
	void work(final ImageSource image, final Fit fit, final Witness witness) {
		if (saliency && witness == null)
			throw new DipException("Saliency needs a classifier: choose one, or leave saliency out.");
		image.results().requireFreeAxis();
		final FitSettings settings = fit.settings();
		final Fit withSteps = new Fit(fit.network(), settings.withSnapshots(Steps.parse(steps, settings.iterations())));
		HeapMemory.require(image, withSteps.settings().snapshots().size() + (original ? 1 : 0),
			saliency ? Series.VIEW_BYTES : 0);
		final List<Series> all = new ArrayList<>();
		final Report report = report();
		if (witness != null) report.add(Map.of("Classifier", witness.classifier().name()));
		try (RunMonitor monitor = monitor("DIP Iteration Stack: " + image.name())) {
			final double[] fractions = new double[image.count()];
			for (int picture = 0; picture < image.count(); picture++) {
				final Series series = new Series(image, picture, averaged(), witness, saliency);
				if (goesOn(picture)) {
					if (original || witness != null) series.begin(cancellation());
					report.add(run(withSteps, series, monitor, fractions).report());
				}
				all.add(series);
			}
		}
		cancellation().requireNotCancelled();
		final SortedSet<Integer> points = new TreeSet<>(); // after a stop not every picture has every step
		all.forEach(series -> points.addAll(series.steps()));
		if (original) points.add(0);
		else points.remove(0);
		if (table) {
			all.forEach(Series::addRows);
			Display.showResults();
		}
		if (curve && witness != null)
			Display.plot("Confidence of " + image.name(), "Step", "Probability of the true class",
				all.stream().flatMap(series -> series.confidence().stream()).toList(), -0.02, 1);
		explained = saliency ? image.results().derived("saliency", Series.explained(all, points), report.text()) : null;
		stack = image.results().series("iterations", all.stream().map(series -> series.planes(points)).toList(),
			all.stream().map(series -> series.labels(points)).toList(), report.text());
		Display.registerHeadless(explained, stack);
	}

	private FitResult run(final Fit fit, final Series series, final RunMonitor monitor, final double[] fractions) {
		final FitResult result = fit.run(series.observed(),
			new Progress(monitor, series.image(), series.picture(), fractions) {

				@Override
				public void snapshot(final Snapshot snapshot) {
					series.add(snapshot, cancellation());
				}
			}, cancellation());
		if (result.stopped() && !series.steps().contains(result.last().step()))
			series.add(result.last(), cancellation());
		return result;
	}
}
