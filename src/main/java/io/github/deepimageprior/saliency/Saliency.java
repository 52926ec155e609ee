package io.github.deepimageprior.saliency;

import ai.djl.Device;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.Progress;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.ClassifierSource;

/**
 * Computes saliency maps: how much every pixel contributes to the score of a class. All methods are settings of one sum
 * over an integration path and over noise. With g the gradient of the class score, or its magnitude for MIG-SG
 * (equation 1 of the paper, appendix A.1),
 *
 * <pre>{@code map = (x - x0) · Σ_k w_k · 1/N Σ_n g(x0 + k/m (x - x0) + σ · noise)}</pre>
 *
 * averaged over the baselines x0. For a map without sign, magnitudes are taken before that average. Without a path, g
 * is taken at x itself and the factor x - x0 is 1.
 *
 * @param method which method
 * @param settings its parameters; those that the method does not use are ignored
 */
public record Saliency(SaliencyMethod method, SaliencySettings settings) {

	/** Numbers in the input of most classifiers. */
	public static final int INPUT = 3 * 224 * 224;

	/** The bundled classifier takes this part of the memory of a large network (measured: less than a third). */
	private static final int BUNDLED = 3;

	/**
	 * Computes a saliency map.
	 *
	 * @param picture grey or RGB, in 0..1
	 * @param start the baseline for {@link Baseline#IMAGE}, of the size of the picture; otherwise ignored, may be null
	 * @param target the number of the class
	 * @param progress receives the share of gradients computed
	 * @param cancellation stops early, with the mean so far
	 * @return the map of every channel, in the size of the picture; usually its {@link Picture#channelSum()} is shown
	 * @throws DipException if there is no such class, the picture or the given baseline has values that are NaN or
	 *         infinite, the baseline has another size, or memory does not suffice for a single gradient
	 * @throws java.util.concurrent.CancellationException after a cancel
	 */
	public Picture run(final Classifier classifier, final Picture picture, final Picture start, final int target,
		final Progress progress, final Cancellation cancellation)
	{
		classifier.requireClass(target);
		Classifier.requirePicture(picture);
		final boolean given = method.path && settings.baseline() == Baseline.IMAGE;
		if (given && (start == null || start.width() != picture.width() || start.height() != picture.height()
			|| start.channels() != picture.channels()))
			throw new DipException("The baseline must be an open image of the same size and type: " + picture.width()
				+ "x" + picture.height() + " pixels and " + picture.channels() + " channels.");
		if (given) Classifier.requirePicture(start);
		final Noise noise = Noise.seeded(settings.seed());
		try (NoisyGradients gradients = new NoisyGradients(this, classifier, picture, target, noise)) {
			return mean(gradients, classifier, start, progress, cancellation);
		}
	}

	/** As the public method, with given noise: for tests against golden values. */
	Picture run(final Classifier classifier, final Picture picture, final int target, final Noise noise) {
		try (NoisyGradients gradients = new NoisyGradients(this, classifier, picture, target, noise)) {
			return mean(gradients, classifier, null, Progress.NONE, new Cancellation());
		}
	}

	private Picture mean(final NoisyGradients gradients, final Classifier classifier, final Picture start,
		final Progress progress, final Cancellation cancellation)
	{
		final BatchSize batch = new BatchSize(settings.batch(), classifier, gradients.picture);
		final double[] maps = new double[gradients.picture.values().length];
		double weight = 0;
		for (int t = 0; t < baselines() && (t == 0 || !cancellation.isRequested()); t++) {
			try (PathSum sum = new PathSum(gradients, t, start)) {
				final double share = sum.run(batch, progress, cancellation);
				if (share > 0) sum.addTo(maps);
				weight += share;
			}
		}
		cancellation.requireNotCancelled();
		final float[] mean = new float[maps.length];
		for (int i = 0; i < mean.length; i++) mean[i] = (float) (maps[i] / weight);
		return gradients.picture.with(classifier.finite(mean));
	}

	/** @return whether the map has a sign: negative values then contribute against the class */
	public boolean signed() {
		return !settings.absolute() && !method.magnitudes;
	}

	/** @return the number of gradients of a complete map: path points × noise samples × baselines */
	public int gradients() {
		return points() * samples() * baselines();
	}

	/**
	 * @param classifier its name
	 * @param numbers in the picture, or in the input of the classifier, whichever is larger
	 * @param device where the classifier runs
	 * @return the bytes that the gradients need outside the Java heap, an estimate that supposes a large network
	 */
	public long memory(final String classifier, final long numbers, final Device device) {
		return Math.min(gradients(), BatchSize.of(settings.batch(), numbers, device)) * BatchSize.bytes(numbers)
			/ (classifier.equalsIgnoreCase(ClassifierSource.LITE) ? BUNDLED : 1);
	}

	private int points() {
		return method.path ? settings.quadrature().places(settings.intervals()).length : 1;
	}

	/** @return the number of noisy copies at every point of the path */
	int samples() {
		return method.noise ? settings.samples() : 1;
	}

	private int baselines() {
		return method.path && settings.baseline() == Baseline.RANDOM ? settings.baselines() : 1;
	}
}
