package io.github.deepimageprior.command;

import ij.ImagePlus;
import ij.process.ImageProcessor;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.engine.AtOnce;
import io.github.deepimageprior.engine.ParallelRuns;
import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.host.RunMonitor;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.prior.DivergedFit;
import io.github.deepimageprior.prior.Fit;
import io.github.deepimageprior.prior.FitSummary;
import io.github.deepimageprior.track.ClassifiedFit;
import io.github.deepimageprior.track.TrackListener;
import io.github.deepimageprior.track.TrackPoint;
import io.github.deepimageprior.track.Trajectory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Purifies all pictures of an image, in parallel, and makes the resulting image. */
final class PurifyRun {

	private final DipCommand command;
	private final ImageSource image;
	private final Fit fit;
	private final Classifier model;
	private final ClassifiedFit track;
	private List<Purified> pictures;

	/** What is kept of one picture's fit; the points are those of a classifier: before and after. */
	private record Purified(ImageProcessor[] planes, double[] losses, FitSummary summary, List<TrackPoint> points,
		int trueClass)
	{}

	/** @param model predicts the class before and after; null for none */
	PurifyRun(final DipCommand command, final ImageSource image, final Fit fit, final Classifier model,
		final boolean averaged, final int trueClass)
	{
		this.command = command;
		this.image = image;
		this.fit = fit;
		this.model = model;
		track = new ClassifiedFit(averaged, false, true, false, trueClass, null);
	}

	/** Fits all pictures; a stop leaves out those that have not begun. */
	void fit(final Shown shown, final RunMonitor monitor) {
		final SliceProgress progress = new SliceProgress(monitor, image);
		final List<Callable<Purified>> work = new ArrayList<>();
		for (int i = 0; i < image.count(); i++) {
			final int index = i;
			work.add(() -> command.goesOn(index) ? purify(index, shown, progress) : null);
		}
		final AtOnce atOnce = fit.atOnce(work.size(), image.width(), image.height(),
			model == null ? 0 : model.memory());
		pictures = ParallelRuns.run(work, atOnce, command.cancellation());
		command.cancellation().requireNotCancelled();
	}

	private Purified purify(final int index, final Shown shown, final SliceProgress progress) {
		final Picture observed = image.read(index);
		final UnaryOperator<Picture> seen = shown == null ? null : shown.picture(index, observed);
		final TrackListener listener = new TrackListener() {

			@Override
			public void progress(final int step, final int iterations, final Supplier<Picture> averaged) {
				progress.step(index, step, iterations, averaged);
			}
		};
		final Trajectory found = DivergedFit.naming(image.label(index),
			() -> track.run(observed, fit, model, seen, listener, command.cancellation()));
		return new Purified(image.writer().write(index, found.result().picture(track.averaged())),
			found.result().losses(), found.result().summary(), found.points(), found.trueClass());
	}

	/** @return the purified image; pictures that a stop left out are unchanged */
	ImagePlus result(final Report report) {
		final List<Purified> done = pictures.stream().filter(Objects::nonNull).toList();
		done.forEach(picture -> report.add(FitReport.of(picture.summary)));
		if (model != null)
			for (int i = 0; i < image.count(); i++)
				if (pictures.get(i) != null) compare(image.row(i), pictures.get(i), report);
		if (model != null) {
			Display.showResults();
			report.warn(model.warning());
		}
		if (done.size() < image.count())
			report.add(Map.of("Purified", done.size() + " of " + image.count() + "; the others are unchanged"));
		return image.results().image("purified",
			i -> pictures.get(i) != null ? pictures.get(i).planes : image.writer().write(i, null),
			i -> pictures.get(i) != null ? null : "not purified", report.text());
	}

	private void compare(final String row, final Purified picture, final Report report) {
		final TrackPoint before = picture.points.get(0), after = picture.points.get(picture.points.size() - 1);
		Display.addRow(row, Predictions.cells(before.prediction(), after.prediction(), picture.trueClass));
		report.add(Map.of("Classifier",
			Predictions.compared(model.name(), before.prediction(), after.prediction(), picture.trueClass)));
	}

	/** @return number of steps of all fits */
	long steps() {
		return pictures.stream().filter(Objects::nonNull).mapToLong(picture -> picture.summary.steps()).sum();
	}

	/** @return the loss curves of all pictures */
	List<Display.Curve> losses() {
		return pictures.stream().filter(Objects::nonNull).map(picture -> Display.Curve.of(picture.losses)).toList();
	}
}
