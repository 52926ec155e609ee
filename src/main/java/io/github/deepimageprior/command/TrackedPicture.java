package io.github.deepimageprior.command;

import ij.ImageStack;
import ij.process.ImageProcessor;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.Prediction;
import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.prior.DivergedFit;
import io.github.deepimageprior.prior.Fit;
import io.github.deepimageprior.prior.FitSummary;
import io.github.deepimageprior.saliency.SaliencyView;
import io.github.deepimageprior.track.ClassifiedFit;
import io.github.deepimageprior.track.TrackListener;
import io.github.deepimageprior.track.TrackPoint;
import io.github.deepimageprior.track.Trajectory;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The trajectory of one picture of an image, and its pictures as planes of the image. */
final class TrackedPicture implements TrackListener {

	/** Bytes that a saliency view takes for each pixel of the picture: three pixels of RGB. */
	static final int VIEW_BYTES = 12;

	private final ImageSource image;
	private final int index;
	private final Shown shown;
	private final SliceProgress progress;
	private final Map<Integer, ImageProcessor[]> planes = new TreeMap<>();
	private final Map<Integer, ImageProcessor> views = new TreeMap<>();
	private final Map<Integer, TrackPoint> points = new TreeMap<>();
	private UnaryOperator<Picture> seen;
	private FitSummary summary;
	private int trueClass;

	/** @param shown what a classifier is shown of outputs; null without one */
	TrackedPicture(final ImageSource image, final int index, final Shown shown, final SliceProgress progress) {
		this.image = image;
		this.index = index;
		this.shown = shown;
		this.progress = progress;
	}

	void run(final ClassifiedFit track, final Fit fit, final Classifier model, final Cancellation cancellation) {
		final Picture observed = image.read(index);
		seen = shown == null ? null : shown.picture(index, observed);
		final Trajectory trajectory = DivergedFit.naming(image.label(index),
			() -> track.run(observed, fit, model, seen, this, cancellation));
		trajectory.points().forEach(point -> points.put(point.step(), point));
		trueClass = trajectory.trueClass();
		summary = trajectory.result().summary(); // its pictures are not needed any more
	}

	@Override
	public void progress(final int step, final int iterations, final Supplier<Picture> averaged) {
		progress.step(index, step, iterations, averaged);
	}

	@Override
	public void saliency(final int step, final double fraction) {
		progress.beside(index, "saliency of step " + step + ", " + Math.round(100 * fraction) + " %");
	}

	@Override
	public void point(final TrackPoint point) {
		planes.put(point.step(), image.writer().write(index, point.step() == 0 ? null : point.picture()));
		if (point.saliency() != null)
			views.put(point.step(), SaliencyPanel.of(seen.apply(point.picture()), point.saliency()));
	}

	/** @return whether it was fitted; a stop may have come before */
	boolean isDone() {
		return summary != null;
	}

	Map<String, String> report() {
		return FitReport.of(summary);
	}

	/** @return at which steps the saliency maps show nothing, and why; empty if there are none */
	String doubt() {
		final Map<String, Picture> maps = new LinkedHashMap<>();
		points.forEach((step, point) -> {
			if (point.saliency() != null) maps.put(String.valueOf(step), point.saliency());
		});
		return SaliencyView.doubt(image.row(index) + " at step ", maps,
			"use a model whose output is logits, or MIG-SG Saliency with the score logit");
	}

	Set<Integer> steps() {
		return points.keySet();
	}

	/** @return the planes at each step; where a step is missing, the original */
	List<ImageProcessor[]> planes(final Collection<Integer> steps) {
		return steps.stream()
			.map(step -> points.containsKey(step) ? planes.get(step) : image.writer().write(index, null)).toList();
	}

	List<String> labels(final Collection<Integer> steps) {
		return steps.stream().map(step -> points.containsKey(step) ? label(points.get(step))
			: step == 0 ? "original" : "step " + step + ", not computed").toList();
	}

	private String label(final TrackPoint point) {
		final String what = point.step() == 0 ? "original"
			: String.format(Locale.ROOT, "step %d, %.2f dB", point.step(), point.psnr());
		return point.prediction() == null ? what : what + ", " + Predictions.words(point.prediction());
	}

	/** Adds a row for every listed step to the Results table. */
	void addRows() {
		points.values().forEach(point -> {
			final Prediction prediction = point.prediction();
			if (prediction != null)
				Display.addRow(image.row(index), "Step", point.step(), "Loss", point.loss(), "PSNR to input",
					point.psnr(), "Top-1", prediction.label(prediction.best()), "p(top-1)",
					prediction.probability(prediction.best()), "p(true)", point.probability(trueClass));
			else
				if (point.step() > 0)
					Display.addRow(image.row(index), "Step", point.step(), "Loss", point.loss(), "PSNR to input",
						point.psnr());
		});
	}

	/** @return the probability of the true class at every listed step, and, as a line, for the input image: figure 1 */
	List<Display.Curve> confidence() {
		if (!isDone()) return List.of();
		final List<TrackPoint> all = List.copyOf(points.values()), fitted = all.subList(1, all.size());
		final double before = all.get(0).probability(trueClass);
		final String which = image.label(index).isEmpty() ? "" : ", " + image.label(index);
		return List.of(
			new Display.Curve("deep image prior" + which, fitted.stream().mapToDouble(TrackPoint::step).toArray(),
				fitted.stream().mapToDouble(point -> point.probability(trueClass)).toArray()),
			new Display.Curve("without the prior (input image)" + which,
				new double[] { 0, all.get(all.size() - 1).step() }, new double[] { before, before }));
	}

	/** Adds the saliency views of these steps; where the image has several pictures, with the slice's own label. */
	void addViews(final ImageStack stack, final Set<Integer> steps) {
		final String own = image.count() == 1 ? "" : image.sliceLabel(index, 0) + ": ";
		points.values().stream().filter(point -> steps.contains(point.step()))
			.forEach(point -> stack.addSlice(own + label(point), views.get(point.step())));
	}
}
