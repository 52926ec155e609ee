package io.github.deepimageprior.command;

import ij.ImagePlus;
import ij.process.ImageProcessor;

import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.host.RunMonitor;
import io.github.deepimageprior.image.HeapMemory;
import io.github.deepimageprior.image.ImageFrames;
import io.github.deepimageprior.prior.Fit;
import io.github.deepimageprior.prior.FitResult;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Fits an untrained network to the open image and gives the network's picture of it, without noise or perturbation. */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>DIP Purify...")
public class DipPurify extends PriorCommand {

	@Parameter(persist = false, label = "Plot the loss", description = "The mean squared error against the input, step by step")
	private boolean curve = false;

	@Parameter(type = ItemIO.OUTPUT, label = "Purified image")
	private ImagePlus purified;

	@Override
	void work(final ImageFrames image, final Fit fit, final Witness witness) {
		HeapMemory.require(image, 1);
		final List<ImageProcessor[]> planes = new ArrayList<>();
		final List<double[]> losses = new ArrayList<>();
		final Report report = report();
		try (RunMonitor monitor = monitor("DIP Purify: " + image.name())) {
			for (int picture = 0; picture < image.count() && goesOn(picture); picture++) {
				final FitResult result = fit.run(image.read(picture), new Progress(monitor, image, picture), halt());
				planes.add(image.write(picture, result.picture(averaged())));
				losses.add(result.losses());
				report.add(result.report());
			}
		}
		halt().requireNotCancelled();
		if (witness != null) {
			for (int picture = 0; picture < planes.size(); picture++) report.add(witness.testify(image.row(picture), picture, planes.get(picture)));
			Display.showResults();
		}
		if (planes.size() < image.count()) report.add(Map.of("Purified", planes.size() + " of " + image.count() + "; the rest is as it was"));
		purified = image.results().image("purified", picture -> picture < planes.size() ? planes.get(picture) : image.write(picture, null),
			picture -> picture < planes.size() ? null : "not purified", report.text());
		if (curve) Display.plot("Loss of " + image.name(), "Step", "Mean squared error", losses.stream().map(Display.Curve::of).toList());
		Display.registerHeadless(purified); // last, so that it is the active image
	}
}
