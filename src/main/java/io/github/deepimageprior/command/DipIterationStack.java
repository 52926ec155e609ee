package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.host.DialogPlace;
import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.image.HeapMemory;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.prior.Fit;
import io.github.deepimageprior.prior.Steps;

import java.util.NavigableSet;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Fits an untrained network to the open image and gives its output at chosen steps as a stack. */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>DIP Iteration Stack...")
public class DipIterationStack extends PurifyBase {

	@Parameter(persist = false, label = "Steps",
		description = "Steps at which the output is shown: every 100, or a list such as 10, 50, 100..1000 every 100; "
			+ "the fit ends at the last one")
	private String steps = "every 100";

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Original first",
		description = "Puts the input image first in the stack")
	private boolean original = true;

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Results table",
		description = "Adds step, loss and PSNR to the Results table; with a classifier, also its predictions")
	private boolean table = true;

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Plot the confidence",
		description = "With a classifier: plots the probability of the true class at every listed step, with a line "
			+ "for the input image")
	private boolean plot_confidence = true;

	@Parameter(persist = false, label = "Saliency",
		description = "With a classifier: also gives a stack that shows, side by side, the image and its MIG-SG map of "
			+ "the true class (10 intervals, 3 baselines) as a mask and as an overlay")
	private boolean saliency = false;

	@Parameter(type = ItemIO.OUTPUT, label = "Saliency stack")
	private ImagePlus explained;

	@Parameter(type = ItemIO.OUTPUT, label = "Iteration stack")
	private ImagePlus stack;

	@Override
	int atOnce(final Fit fit, final int width, final int height, final int pictures) {
		return 1;
	}

	@Override
	void work(final ImagePlus input) {
		if (saliency && !isClassified())
			throw new DipException("Saliency needs a classifier: choose one, or turn saliency off.");
		averaged();
		final ImageSource image = new ImageSource(input);
		final Shown shown = shown(image);
		final Fit whole = fit(image);
		image.results().requireFreeAxis();
		final NavigableSet<Integer> listed = Steps.parse(steps, whole.settings().iterations());
		// Nobody sees a later step than the last one listed.
		final Fit fit = new Fit(whole.network(), whole.settings().withIterations(listed.last()).withSnapshots(listed));
		HeapMemory.require(image, fit.settings().snapshots().size() + (original ? 1 : 0),
			saliency ? TrackedPicture.VIEW_BYTES : 0, 1);
		withClassifier(model -> {
			final TrackRun run = new TrackRun(this, image, fit, model);
			try (var monitor = monitor("DIP Iteration Stack: " + image.name())) {
				monitor.announce(effort(fit, image.width(), image.height(), image.count()).text());
				run.fit(run.options(averaged(), original, trueClass(model), saliency), shown, monitor);
			}
			if (table) run.addRows();
			if (plot_confidence && model != null) run.plotConfidence();
			final Report report = run.report(report(resolved(fit), image));
			explained = saliency ? run.explained(report, original) : null;
			stack = run.stack(report, original);
		});
		Display.registerHeadless(context(), explained, stack);
	}
}
