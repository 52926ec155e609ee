package io.github.deepimageprior.command;

import ij.ImagePlus;
import ij.ImageStack;

import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.host.RunMonitor;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.prior.Fit;
import io.github.deepimageprior.saliency.Saliency;
import io.github.deepimageprior.saliency.SaliencyMethod;
import io.github.deepimageprior.saliency.SaliencySettings;
import io.github.deepimageprior.track.ClassifiedFit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Follows the fits of all pictures of an image, and makes stacks, table rows and plots of their trajectories. */
final class TrackRun {

	private final DipCommand command;
	private final ImageSource image;
	private final Fit fit;
	private final Classifier model;
	private final List<TrackedPicture> pictures = new ArrayList<>();

	/** @param model predicts the class at every listed step; null for none */
	TrackRun(final DipCommand command, final ImageSource image, final Fit fit, final Classifier model) {
		this.command = command;
		this.image = image;
		this.fit = fit;
		this.model = model;
	}

	/** @return the options of the fit: pictures are written as they come, so that the trajectory need not keep them */
	ClassifiedFit options(final boolean averaged, final boolean original, final int trueClass, final boolean saliency) {
		return new ClassifiedFit(averaged, original, false, false, trueClass,
			saliency ? new Saliency(SaliencyMethod.MIG_SG, SaliencySettings.QUICK) : null);
	}

	/** Fits the pictures one after the other; a stop leaves out those that have not begun. */
	void fit(final ClassifiedFit track, final Shown shown, final RunMonitor monitor) {
		final SliceProgress progress = new SliceProgress(monitor, image);
		for (int i = 0; i < image.count(); i++) {
			final TrackedPicture picture = new TrackedPicture(image, i, shown, progress);
			if (command.goesOn(i)) picture.run(track, fit, model, command.cancellation());
			pictures.add(picture);
		}
		command.cancellation().requireNotCancelled();
	}

	/** @return the report, completed with the results of the fits */
	Report report(final Report report) {
		if (model != null) {
			report.add(Map.of("Classifier", model.name()));
			report.warn(model.warning());
		}
		pictures.stream().filter(TrackedPicture::isDone).forEach(picture -> {
			report.add(picture.report());
			report.tell(picture.doubt());
		});
		return report;
	}

	void addRows() {
		pictures.forEach(TrackedPicture::addRows);
		Display.showResults();
	}

	void plotConfidence() {
		Display.plot(command.context(), "Confidence of " + image.name(), "Step", "Probability of the true class",
			pictures.stream().flatMap(picture -> picture.confidence().stream()).toList(), -0.02, 1);
	}

	/** @return all steps that any picture has: after a stop not every picture has every step */
	private SortedSet<Integer> steps(final boolean original) {
		final SortedSet<Integer> steps = new TreeSet<>();
		pictures.forEach(picture -> steps.addAll(picture.steps()));
		if (original) steps.add(0);
		else steps.remove(0);
		return steps;
	}

	ImagePlus stack(final Report report, final boolean original) {
		final SortedSet<Integer> steps = steps(original);
		return image.results().series("iterations", pictures.stream().map(picture -> picture.planes(steps)).toList(),
			pictures.stream().map(picture -> picture.labels(steps)).toList(), report.text());
	}

	/** @return picture, mask and overlay of every step, side by side: figure 2 of the paper */
	ImagePlus explained(final Report report, final boolean original) {
		final SortedSet<Integer> steps = steps(original);
		final ImageStack stack = new ImageStack();
		pictures.forEach(picture -> picture.addViews(stack, steps));
		return image.results().derived("saliency", stack, report.text());
	}
}
