package io.github.deepimageprior.saliency;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.engine.Program;
import io.github.deepimageprior.engine.Torch;

/**
 * The gradients of a class score along the integration path, at noisy points: the terms of {@link PathSum}. Term i
 * belongs to point i mod (number of points) and to noise sample i div (number of points). A method without a path has
 * one point, the image itself.
 */
final class NoisyGradients implements AutoCloseable {

	final Saliency saliency;
	final Classifier classifier;
	final Picture picture;
	final Program program;
	final NDManager manager;

	/** The image, 1 × channels × height × width. */
	final NDArray x;

	/** The number of terms for one baseline. */
	final int terms;

	private final int target;
	private final Noise noise;
	private final double deviation;
	private final float[] places, weights;

	/** @param target the number of the class */
	NoisyGradients(final Saliency saliency, final Classifier classifier, final Picture picture, final int target,
		final Noise noise)
	{
		this.saliency = saliency;
		this.classifier = classifier;
		this.picture = picture;
		this.target = target;
		this.noise = noise;
		final SaliencySettings settings = saliency.settings();
		final boolean path = saliency.method().path;
		places = path ? settings.quadrature().places(settings.intervals()) : new float[] { 1 };
		weights = path ? settings.quadrature().weights(settings.intervals()) : new float[] { 1 };
		terms = places.length * saliency.samples();
		deviation = saliency.method().noise ? settings.noise() * range(picture.values()) : 0;
		program = Torch.compute(() -> Program.of(Saliency.class, "Saliency", classifier.device()));
		manager = Torch.manager(classifier.device());
		x = Torch.compute(() -> manager.create(picture.values(), shape(1)));
	}

	private static double range(final float[] values) {
		float min = Float.POSITIVE_INFINITY, max = Float.NEGATIVE_INFINITY;
		for (final float value : values) {
			min = Math.min(min, value);
			max = Math.max(max, value);
		}
		return (double) max - min;
	}

	private Shape shape(final int pictures) {
		return new Shape(pictures, picture.channels(), picture.height(), picture.width());
	}

	/** @return the weight of a term */
	float weight(final int term) {
		return weights[term % weights.length];
	}

	/**
	 * Adds a batch of weighted gradients, or of their magnitudes, to a sum, in place. To be called within
	 * {@link Classifier#compute}.
	 *
	 * @param sum 1 × channels × height × width
	 * @param baseline the start of the path, in the same shape
	 * @param path the image minus the baseline
	 * @param first the first term
	 * @param count how many terms
	 * @param before the number of terms of earlier baselines, whose noise is not used again
	 */
	void addTo(final NDArray sum, final NDArray baseline, final NDArray path, final int first, final int count,
		final long before)
	{
		try (NDManager here = manager.newSubManager()) {
			final float[] where = new float[count], factors = new float[count + 1];
			for (int i = 0; i < count; i++) {
				where[i] = places[(first + i) % places.length];
				factors[i] = weight(first + i);
			}
			factors[count] = saliency.method().magnitudes ? 1 : 0;
			final NDArray samples = deviation == 0 ? here.zeros(shape(count))
				: noise.samples(program, here, picture, before + first, count);
			final NDArray points = program
				.infer("points", samples, baseline, path, here.create(where), here.create((float) deviation))
				.singletonOrThrow();
			program.infer("add", classifier.gradients(points, saliency.settings().score(), target), sum,
				here.create(factors));
		}
	}

	/** Frees all arrays. */
	@Override
	public void close() {
		Torch.close(manager);
	}
}
