package io.github.deepimageprior.track;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.prior.FitResult;

import java.util.List;
import java.util.Objects;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * The result of a classified fit.
 *
 * @param points in the order of their steps; the first is the observed picture itself (step 0) if that was requested or
 *        if there is a classifier
 * @param result of the fit
 * @param trueClass index of the class whose probability is followed; -1 without a classifier
 */
public record Trajectory(List<TrackPoint> points, FitResult result, int trueClass) {

	/** Copies the list. */
	public Trajectory {
		points = List.copyOf(points);
	}

	/** @return the probability of the true class at a point, 0..1; NaN without a classifier */
	public double trueProbability(final TrackPoint point) {
		return point.probability(trueClass);
	}

	/**
	 * @return the pictures of all points as one image, x × y × channels × points, without copying them
	 * @throws IllegalStateException if the pictures were not kept
	 */
	public RandomAccessibleInterval<FloatType> stack() {
		final List<Picture> pictures = points.stream().map(TrackPoint::picture).toList();
		if (pictures.isEmpty() || pictures.stream().anyMatch(Objects::isNull))
			throw new IllegalStateException("The pictures of this trajectory were not kept");
		return Views.stack(pictures.stream().map(Picture::image).toList());
	}
}
