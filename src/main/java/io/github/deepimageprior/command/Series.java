package io.github.deepimageprior.command;

import ij.ImageStack;
import ij.process.ImageProcessor;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.Progress;
import io.github.deepimageprior.classifier.Prediction;
import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.image.Rendering;
import io.github.deepimageprior.prior.Snapshot;
import io.github.deepimageprior.saliency.Saliency;
import io.github.deepimageprior.saliency.SaliencyMethod;
import io.github.deepimageprior.saliency.SaliencySettings;
import io.github.deepimageprior.saliency.SaliencyView;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;

/** What comes of one picture of an image, step by step; step 0 is the picture itself. */
final class Series {

	/** What a view takes for each pixel of the picture: three pixels of RGB. */
	static final int VIEW_BYTES = 12;

	/**
	 * One step. Loss and ratio are not a number at step 0, the prediction is null without a classifier, the view
	 * without saliency.
	 */
	private record Point(ImageProcessor[] planes, double loss, double ratio, Prediction prediction,
		ImageProcessor view)
	{}

	private final ImageSource image;
	private final int picture;
	private final boolean averaged, saliency;
	private final Witness witness;
	private final SortedMap<Integer, Point> points = new TreeMap<>();

	/**
	 * @param averaged whether the averaged output is taken, else the raw one
	 * @param witness classifies every step; may be null
	 * @param saliency whether the classifier is explained at every step
	 */
	Series(final ImageSource image, final int picture, final boolean averaged, final Witness witness,
		final boolean saliency)
	{
		this.image = image;
		this.picture = picture;
		this.averaged = averaged;
		this.witness = witness;
		this.saliency = saliency;
	}

	ImageSource image() {
		return image;
	}

	int picture() {
		return picture;
	}

	Img<FloatType> observed() {
		return image.read(picture);
	}

	/** Adds the picture itself. */
	void begin(final Cancellation cancellation) {
		add(0, image.write(picture, null), Double.NaN, Double.NaN, cancellation);
	}

	void add(final Snapshot snapshot, final Cancellation cancellation) {
		add(snapshot.step(), image.write(picture, snapshot.picture(averaged)), snapshot.loss(), snapshot.psnr(averaged),
			cancellation);
	}

	private void add(final int step, final ImageProcessor[] planes, final double loss, final double ratio,
		final Cancellation cancellation)
	{
		final Prediction prediction = witness == null ? null : witness.classifier().classify(witness.look(planes));
		points.put(step, new Point(planes, loss, ratio, prediction,
			saliency ? view(witness.look(planes), prediction, cancellation) : null));
	}

	/**
	 * The picture, masked by what speaks for the true class, and overlaid with it, side by side: figure 2 of the paper.
	 */
	private ImageProcessor view(final Picture seen, final Prediction prediction, final Cancellation cancellation) {
		final int target = witness.trueClass(points.isEmpty() ? prediction : points.get(0).prediction);
		final Picture map = new Saliency(SaliencyMethod.MIG_SG, SaliencySettings.QUICK).run(witness.classifier(), seen,
			null, target, Progress.NONE, cancellation);
		final Picture clipped = SaliencyView.DEFAULTS.clipped(map.channelMean());
		final ImageProcessor view = Rendering.bytes(seen).convertToRGB().createProcessor(3 * seen.width(),
			seen.height());
		view.insert(Rendering.bytes(seen).convertToRGB(), 0, 0);
		view.insert(Rendering.bytes(SaliencyView.mask(seen, clipped)).convertToRGB(), seen.width(), 0);
		view.insert(Rendering.bytes(SaliencyView.overlay(seen, clipped)), 2 * seen.width(), 0);
		return view;
	}

	Set<Integer> steps() {
		return points.keySet();
	}

	/** @return the planes at each of the steps; the original stands for what is missing */
	List<ImageProcessor[]> planes(final Collection<Integer> steps) {
		return steps.stream()
			.map(step -> points.containsKey(step) ? points.get(step).planes : image.write(picture, null)).toList();
	}

	List<String> labels(final Collection<Integer> steps) {
		return steps.stream().map(step -> points.containsKey(step) ? label(step, points.get(step))
			: step == 0 ? "original" : "iteration " + step + ", not computed").toList();
	}

	private static String label(final int step, final Point point) {
		final String what = step == 0 ? "original"
			: String.format(Locale.ROOT, "iteration %d, %.2f dB", step, point.ratio);
		return point.prediction == null ? what : what + ", " + Witness.words(point.prediction);
	}

	/** Adds a row for every step to the Results table. */
	void addRows() {
		points.forEach((step, point) -> {
			if (point.prediction == null) {
				if (step > 0) Display.addRow(image.row(picture), "Step", step, "Loss", point.loss, "PSNR", point.ratio);
				return;
			}
			final int best = point.prediction.best();
			Display.addRow(image.row(picture), "Step", step, "Loss", point.loss, "PSNR", point.ratio, "Top-1",
				point.prediction.label(best), "p(top-1)", point.prediction.probability(best), "p(true)",
				trueProbability(point));
		});
	}

	private double trueProbability(final Point point) {
		return point.prediction.probability(witness.trueClass(points.get(0).prediction));
	}

	/**
	 * @return how likely the true class is at every step, and, as a line, in the picture itself: figure 1 of the paper
	 */
	List<Display.Curve> confidence() {
		if (points.isEmpty()) return List.of(); // stopped before
		final double[] steps = points.keySet().stream().skip(1).mapToDouble(step -> step).toArray();
		final double[] probabilities = points.values().stream().skip(1).mapToDouble(this::trueProbability).toArray();
		final double before = trueProbability(points.get(0));
		final String which = image.label(picture).isEmpty() ? "" : ", " + image.label(picture);
		return List.of(new Display.Curve("deep image prior" + which, steps, probabilities), new Display.Curve(
			"without" + which, new double[] { 0, points.lastKey() }, new double[] { before, before }));
	}

	/** @return the views of these steps of all pictures, labelled */
	static ImageStack explained(final List<Series> all, final Set<Integer> steps) {
		final ImageStack stack = new ImageStack();
		for (final Series series : all) for (final Map.Entry<Integer, Point> point : series.points.entrySet()) {
			if (steps.contains(point.getKey()))
				stack.addSlice(label(point.getKey(), point.getValue()), point.getValue().view);
		}
		return stack;
	}
}
