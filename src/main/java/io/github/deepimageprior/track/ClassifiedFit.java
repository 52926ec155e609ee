package io.github.deepimageprior.track;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.Progress;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.prior.Fit;
import io.github.deepimageprior.saliency.Saliency;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * Fits a network to a picture and classifies its output at the steps of {@code fit.settings().snapshots()}.
 *
 * <pre>{@code
 * Fit fit = new Fit(network, settings.withSnapshots(List.of(100, 200, 500)));
 * Trajectory trajectory = ClassifiedFit.DEFAULTS.run(picture, fit, classifier, levels, Progress.NONE,
 *   new Cancellation());
 * }</pre>
 *
 * @param averaged whether the moving average of the outputs is followed, rather than the output of each step
 * @param initial whether the observed picture itself is a point, with step 0; with a classifier it always is
 * @param result whether the result of the fit is a point: the step that the stopping rule selects, or the last one;
 *        after a stop it always is
 * @param keepPictures whether the trajectory keeps the pictures of its points
 * @param trueClass index of the class that is followed; negative for the class predicted for the observed picture
 * @param saliency computes a map of the true class at each point; null for none
 */
public record ClassifiedFit(boolean averaged, boolean initial, boolean result, boolean keepPictures, int trueClass,
	Saliency saliency)
{

	/** Follows the averaged output, from the picture itself to the result of the fit, and keeps all pictures. */
	public static final ClassifiedFit DEFAULTS = new ClassifiedFit(true, true, true, true, -1, null);

	/**
	 * Runs the fit on the calling thread.
	 *
	 * @param picture x × y × channels, or x × y for one channel, in 0..1; it is copied
	 * @param fit the network and its settings, with the steps of the points as snapshots
	 * @param classifier predicts a class at each point; null for none
	 * @param levels for each channel of the picture how many whole values lie between 0 and 1, such as 255 for 8-bit:
	 *        outputs are classified {@linkplain Picture#rounded rounded}, as they would be stored; empty for no
	 *        rounding
	 * @param progress receives the fraction of the steps that are done
	 * @param cancellation a stop keeps what there is, a cancel discards it
	 * @throws java.util.concurrent.CancellationException after a cancel
	 * @throws io.github.deepimageprior.DipException as {@link Fit#run}, and if the classifier has no such class as the
	 *         true one
	 * @throws IllegalArgumentException if the levels are neither empty nor one for each channel
	 */
	public Trajectory run(final RandomAccessibleInterval<? extends RealType<?>> picture, final Fit fit,
		final Classifier classifier, final double[] levels, final Progress progress, final Cancellation cancellation)
	{
		return run(Picture.of(picture), fit, classifier, levels, progress, cancellation);
	}

	/**
	 * As {@link #run(RandomAccessibleInterval, Fit, Classifier, double[], Progress, Cancellation)}, for a picture,
	 * which is not copied.
	 */
	public Trajectory run(final Picture picture, final Fit fit, final Classifier classifier, final double[] levels,
		final Progress progress, final Cancellation cancellation)
	{
		picture.requireLevels(levels);
		return run(picture, fit, classifier, output -> output.rounded(levels), new TrackListener() {

			@Override
			public void progress(final int step, final int iterations, final Supplier<Picture> averagedSoFar) {
				progress.reached((double) step / iterations);
			}
		}, cancellation);
	}

	/**
	 * As {@link #run(Picture, Fit, Classifier, double[], Progress, Cancellation)}.
	 *
	 * @param stored what the classifier is shown for an output: the picture as it is stored and displayed
	 */
	public Trajectory run(final Picture picture, final Fit fit, final Classifier classifier,
		final UnaryOperator<Picture> stored, final TrackListener listener, final Cancellation cancellation)
	{
		if (saliency != null && classifier == null)
			throw new IllegalArgumentException("A saliency map needs a classifier");
		if (classifier != null && trueClass >= 0) classifier.requireClass(trueClass);
		final Tracker tracker = new Tracker(this, classifier, stored, listener, cancellation);
		if (initial || classifier != null) tracker.begin(picture);
		return tracker.end(fit.run(picture, tracker, cancellation));
	}
}
