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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

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
		final Map<String, String> report = new LinkedHashMap<>();
		try (RunMonitor monitor = monitor("DIP Iteration Stack: " + image.name())) {
			for (int picture = 0; picture < image.count(); picture++) {
				final Collector collector = new Collector(monitor, image, picture);
				if (!halt().isRequested()) report.putAll(collector.run(withSteps).report());
				series.add(collector);
			}
		}
		report.put("Result", averaged() ? AVERAGED : RAW);
		final int points = series.get(0).planes.size(); // the first is never behind the others when the user stops
		stack = image.series("iterations", series.stream().map(collector -> collector.planes(points)).toList(), series.stream().map(
			collector -> collector.labels(points)).toList(), report);
		Display.registerHeadless(stack);
		if (table) {
			series.forEach(Collector::addRows);
			Display.showResults();
		}
	}

	/** Keeps the planes of each snapshot in the image's own type, by step; step 0 is the original. */
	private final class Collector extends Progress {

		private final ImageFrames image;
		private final int picture;
		private final SortedMap<Integer, ImageProcessor[]> planes = new TreeMap<>();
		private final SortedMap<Integer, Double> losses = new TreeMap<>(), ratios = new TreeMap<>();

		Collector(final RunMonitor monitor, final ImageFrames image, final int picture) {
			super(monitor, image, picture);
			this.image = image;
			this.picture = picture;
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

		/** @param points their number: after a stop the original stands for what is missing */
		List<ImageProcessor[]> planes(final int points) {
			final List<ImageProcessor[]> all = new ArrayList<>(planes.values());
			while (all.size() < points) all.add(image.write(picture, null));
			return all;
		}

		List<String> labels(final int points) {
			final List<String> all = new ArrayList<>();
			for (final int step : planes.keySet()) all.add(step == 0 ? "original" : String.format(Locale.ROOT, "iteration %d, %.2f dB", step,
				ratios.get(step)));
			while (all.size() < points) all.add("not computed");
			return all;
		}

		void addRows() {
			final String label = image.name() + (image.count() > 1 ? ", " + image.label(picture) : "");
			losses.forEach((step, loss) -> Display.addRow(label, "Step", step, "Loss", loss, "PSNR", ratios.get(step)));
		}
	}
}
