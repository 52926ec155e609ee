package io.github.deepimageprior.command;

import ij.ImagePlus;
import ij.process.ImageProcessor;

import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.host.RunMonitor;
import io.github.deepimageprior.image.ImageFrames;
import io.github.deepimageprior.prior.Fit;
import io.github.deepimageprior.prior.FitResult;
import io.github.deepimageprior.prior.FitSettings;
import io.github.deepimageprior.prior.Snapshot;
import io.github.deepimageprior.prior.Steps;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Fits an untrained network to the open image and gives the network's picture of it at chosen steps, as a stack. */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>DIP Iteration Stack...")
public class DipIterationStack extends PriorCommand {

	@Parameter(persist = false, label = "Steps", description = "Which steps: every 100, or a list such as 10, 50, 100..1000 every 100")
	private String steps = "every 100";

	@Parameter(persist = false, label = "Original first", description = "Puts the image itself in front")
	private boolean original = true;

	@Parameter(persist = false, label = "Results table", description = "Adds step, loss and PSNR to the Results table")
	private boolean table = true;

	@Parameter(type = ItemIO.OUTPUT, label = "Iteration stack")
	private ImagePlus stack;

	@Override
	void work(final ImageFrames image, final Fit fit) {
		image.requireFreeAxis();
		final FitSettings settings = fit.settings();
		final Fit withSteps = new Fit(fit.network(), settings.withSnapshots(Steps.parse(steps, settings.iterations())));
		image.requireMemory(withSteps.settings().snapshots().size() + (original ? 1 : 0));
		final List<Collector> series = new ArrayList<>();
		final Report report = report();
		try (RunMonitor monitor = monitor("DIP Iteration Stack: " + image.name())) {
			for (int picture = 0; picture < image.count(); picture++) {
				final Collector collector = new Collector(monitor, image, picture);
				if (goesOn(picture)) report.add(collector.run(withSteps).report());
				series.add(collector);
			}
		}
		requireNotCancelled();
		final SortedSet<Integer> points = new TreeSet<>(); // after a stop not every picture has every step
		series.forEach(collector -> points.addAll(collector.planes.keySet()));
		stack = image.series("iterations", series.stream().map(collector -> collector.planes(points)).toList(), series.stream().map(
			collector -> collector.labels(points)).toList(), report.text());
		Display.registerHeadless(stack);
		if (table) {
			series.forEach(Collector::addRows);
			Display.showResults();
		}
	}

	/** Keeps the planes of each snapshot in the image's own type, by step; step 0 is the original. */
	private final class Collector extends Progress {

		private final Map<Integer, ImageProcessor[]> planes = new HashMap<>();
		private final SortedMap<Integer, Double> losses = new TreeMap<>(), ratios = new TreeMap<>();

		Collector(final RunMonitor monitor, final ImageFrames image, final int picture) {
			super(monitor, image, picture);
			if (original) planes.put(0, image.write(picture, null));
		}

		FitResult run(final Fit fit) {
			final FitResult result = fit.run(image.read(picture), this, halt());
			if (result.stopped()) snapshot(result.last());
			return result;
		}

		@Override
		public void snapshot(final Snapshot snapshot) {
			planes.put(snapshot.step(), image.write(picture, snapshot.picture(averaged())));
			losses.put(snapshot.step(), snapshot.loss());
			ratios.put(snapshot.step(), snapshot.psnr(averaged()));
		}

		/** @return the planes at each of the steps; the original stands for what is missing */
		List<ImageProcessor[]> planes(final Collection<Integer> steps) {
			return steps.stream().map(step -> planes.containsKey(step) ? planes.get(step) : image.write(picture, null)).toList();
		}

		List<String> labels(final Collection<Integer> steps) {
			return steps.stream().map(step -> step == 0 ? "original" : ratios.containsKey(step) ? String.format(Locale.ROOT,
				"iteration %d, %.2f dB", step, ratios.get(step)) : "iteration " + step + ", not computed").toList();
		}

		void addRows() {
			final String label = image.name() + (image.count() > 1 ? ", " + image.label(picture) : "");
			losses.forEach((step, loss) -> Display.addRow(label, "Step", step, "Loss", loss, "PSNR", ratios.get(step)));
		}
	}
}
