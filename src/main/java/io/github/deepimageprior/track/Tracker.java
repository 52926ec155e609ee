package io.github.deepimageprior.track;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.Prediction;
import io.github.deepimageprior.prior.FitListener;
import io.github.deepimageprior.prior.FitResult;
import io.github.deepimageprior.prior.Snapshot;
import io.github.deepimageprior.prior.StopReason;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Collects the points of one classified fit. */
final class Tracker implements FitListener {

	private final ClassifiedFit options;
	private final Classifier classifier;
	private final UnaryOperator<Picture> stored;
	private final TrackListener listener;
	private final Cancellation cancellation;
	private final SortedMap<Integer, TrackPoint> points = new TreeMap<>();
	private int trueClass;

	Tracker(final ClassifiedFit options, final Classifier classifier, final UnaryOperator<Picture> stored,
		final TrackListener listener, final Cancellation cancellation)
	{
		this.options = options;
		this.classifier = classifier;
		this.stored = stored;
		this.listener = listener;
		this.cancellation = cancellation;
		trueClass = classifier == null ? -1 : options.trueClass();
	}

	/** Adds the observed picture itself. */
	void begin(final Picture picture) {
		add(0, Double.NaN, Double.NaN, picture);
	}

	@Override
	public void progress(final int step, final int iterations, final double loss, final Supplier<Picture> averaged) {
		listener.progress(step, iterations, averaged);
	}

	@Override
	public void snapshot(final Snapshot snapshot) {
		final boolean averaged = options.averaged();
		add(snapshot.step(), snapshot.loss(), snapshot.psnr(averaged), snapshot.picture(averaged));
	}

	private void add(final int step, final double loss, final double psnr, final Picture picture) {
		final Picture shown = classifier == null ? null : stored.apply(picture);
		final Prediction prediction = shown == null ? null : classifier.classify(shown);
		if (prediction != null && trueClass < 0) trueClass = prediction.best();
		final TrackPoint point = new TrackPoint(step, loss, psnr, picture, prediction,
			prediction == null ? null : map(step, shown));
		points.put(step, options.keepPictures() ? point : point.withoutPicture());
		listener.point(point);
	}

	private Picture map(final int step, final Picture shown) {
		if (options.saliency() == null) return null;
		return options.saliency()
			.run(classifier, shown, null, trueClass, fraction -> listener.saliency(step, fraction), cancellation)
			.channelSum();
	}

	/** @return all points, the fit's result among them if it was requested or the user stopped the fit */
	Trajectory end(final FitResult result) {
		points.tailMap(result.summary().steps() + 1).clear(); // steps before a return to a checkpoint
		final boolean added = options.result() || result.summary().reason() == StopReason.STOPPED;
		// A snapshot of the same step shows the same picture: its map need not be computed twice.
		if (added && !points.containsKey(result.best().step())) snapshot(result.best());
		return new Trajectory(List.copyOf(points.values()), result, trueClass);
	}
}
