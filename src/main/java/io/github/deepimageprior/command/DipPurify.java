package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.host.DialogPlace;
import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.image.HeapMemory;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.prior.Fit;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Fits an untrained network to the open image; its output is the image without noise or adversarial perturbation. */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>DIP Purify...")
public class DipPurify extends PurifyBase {

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Plot the loss",
		description = "Plots the mean squared error at each step")
	private boolean plot_loss = false;

	@Parameter(type = ItemIO.OUTPUT, label = "Purified image")
	private ImagePlus purified;

	@Override
	int atOnce(final Fit fit, final int width, final int height, final int pictures) {
		return fit.atOnce(pictures, width, height, 0).count();
	}

	@Override
	void work(final ImagePlus input) {
		averaged(); // better an error now than after the fit
		final ImageSource image = new ImageSource(input);
		final Shown shown = shown(image);
		final Fit fit = fit(image);
		HeapMemory.require(image, 1, 0, 1, 0, atOnce(fit, image.width(), image.height(), image.count()));
		withClassifier(model -> {
			final PurifyRun run = new PurifyRun(this, image, fit, model, averaged(), trueClass(model));
			try (var monitor = monitor("DIP Purify: " + image.name())) {
				final Effort effort = effort(fit, image.width(), image.height(), image.count());
				monitor.announce(effort.text());
				final long began = System.nanoTime();
				run.fit(shown, monitor);
				effort.done((double) run.steps() * image.width() * image.height(), (System.nanoTime() - began) / 1e9);
			}
			purified = run.result(report(resolved(fit), image));
			if (plot_loss)
				Display.plot(context(), "Loss of " + image.name(), "Step", "Mean squared error", run.losses());
		});
		Display.registerHeadless(context(), purified); // last, so that it is the active image
	}
}
