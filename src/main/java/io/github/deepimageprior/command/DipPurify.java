package io.github.deepimageprior.command;

import ij.ImagePlus;
import ij.process.ImageProcessor;

import io.github.deepimageprior.engine.ParallelRuns;
import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.host.RunMonitor;
import io.github.deepimageprior.image.HeapMemory;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.prior.Fit;
import io.github.deepimageprior.prior.FitResult;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Fits an untrained network to the open image and gives the network's picture of it, without noise or perturbation. */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>DIP Purify...")
public class DipPurify extends PurifyBase {

	@Parameter(persist = false, label = "Plot the loss",
		description = "The mean squared error against the input, step by step")
	private boolean curve = false;

	@Parameter(type = ItemIO.OUTPUT, label = "Purified image")
	private ImagePlus purified;

	@Override
	void work(final ImageSource image, final Fit fit, final Witness witness) {
		HeapMemory.require(image, 1);
		final Report report = report();
		final List<Purified> pictures = purify(image, fit);
		cancellation().requireNotCancelled();
		final List<Purified> done = pictures.stream().filter(Objects::nonNull).toList();
		done.forEach(picture -> report.add(picture.report));
		if (witness != null) {
			for (int picture = 0; picture < image.count(); picture++) {
				if (pictures.get(picture) != null)
					report.add(witness.testify(image.row(picture), picture, pictures.get(picture).planes));
			}
			Display.showResults();
		}
		if (done.size() < image.count())
			report.add(Map.of("Purified", done.size() + " of " + image.count() + "; the rest is as it was"));
		purified = image.results().image("purified",
			picture -> pictures.get(picture) != null ? pictures.get(picture).planes : image.write(picture, null),
			picture -> pictures.get(picture) != null ? null : "not purified", report.text());
		if (curve)
			Display.plot("Loss of " + image.name(), "Step", "Mean squared error",
				done.stream().map(picture -> Display.Curve.of(picture.losses)).toList());
		Display.registerHeadless(purified); // last, so that it is the active image
	}

	/** @return what came of each picture, side by side; null for those that a stop left out */
	private List<Purified> purify(final ImageSource image, final Fit fit) {
		final double[] fractions = new double[image.count()];
		final List<Callable<Purified>> work = new ArrayList<>();
		try (RunMonitor monitor = monitor("DIP Purify: " + image.name())) {
			for (int index = 0; index < image.count(); index++) {
				final int picture = index;
				work.add(() -> goesOn(picture)
					? purify(image, picture, fit, new Progress(monitor, image, picture, fractions)) : null);
			}
			return ParallelRuns.run(work,
				ParallelRuns.count(work.size(), fit.memory(image.width(), image.height()), fit.settings().device()),
				cancellation());
		}
	}

	private Purified purify(final ImageSource image, final int picture, final Fit fit, final Progress progress) {
		final FitResult result = fit.run(image.read(picture), progress, cancellation());
		return new Purified(image.write(picture, result.picture(averaged())), result.losses(), result.report());
	}

	/** What is kept of a picture's fit. */
	private record Purified(ImageProcessor[] planes, double[] losses, Map<String, String> report) {}
}
