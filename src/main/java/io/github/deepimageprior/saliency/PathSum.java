package io.github.deepimageprior.saliency;

import ai.djl.ndarray.NDArray;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.Progress;
import io.github.deepimageprior.engine.Torch;

import java.util.SplittableRandom;

/**
 * The running sum of weighted gradients along the path from one baseline to the image, and the map that it gives. After
 * a stop the map is the mean so far.
 */
final class PathSum implements AutoCloseable {

	private final NoisyGradients gradients;
	private final int number;
	private final NDArray baseline, path, sum;
	private double used, all;

	/**
	 * @param number of the baseline, counted from 0
	 * @param given the picture of {@link Baseline#IMAGE}
	 */
	PathSum(final NoisyGradients gradients, final int number, final Picture given) {
		this.gradients = gradients;
		this.number = number;
		baseline = Torch.compute(() -> gradients.saliency.method().path
			? gradients.saliency.settings().baseline().of(gradients.x, given, random(), gradients.program)
			: gradients.x.zerosLike());
		path = Torch.compute(() -> gradients.x.sub(baseline));
		sum = Torch.compute(() -> gradients.x.zerosLike());
	}

	private SplittableRandom random() {
		SplittableRandom random = new SplittableRandom(gradients.saliency.settings().seed());
		for (int i = 0; i <= number; i++) random = random.split();
		return random;
	}

	/**
	 * Computes the terms of the sum, batch by batch; the very first batch is computed even after a stop.
	 *
	 * @return the share of the sum, by weight, that was computed before a stop, 0..1
	 */
	double run(final BatchSize batch, final Progress progress, final Cancellation cancellation) {
		for (int term = 0; term < gradients.terms; term++) all += gradients.weight(term);
		final long before = (long) number * gradients.terms;
		int term = 0;
		while (term < gradients.terms && (before + term == 0 || !cancellation.isRequested())) {
			final int first = term, count = Math.min(batch.size(), gradients.terms - term);
			try {
				gradients.classifier.compute(() -> {
					gradients.addTo(sum, baseline, path, first, count, before);
					return null;
				});
			}
			catch (final DipException outOfMemory) {
				if (batch.size() == 1) throw outOfMemory;
				batch.halve();
				continue;
			}
			for (; term < first + count; term++) used += gradients.weight(term);
			progress.reached((double) (before + term) / gradients.saliency.gradients());
		}
		return used / all;
	}

	/**
	 * Adds the map of this baseline to a sum of maps, weighted by the share of it that was computed.
	 *
	 * @param maps channels × height × width
	 */
	void addTo(final double[] maps) {
		final Saliency saliency = gradients.saliency;
		final double factor = all / used / saliency.samples(), share = used / all;
		final float[] total = Torch.compute(sum::toFloatArray), lengths = Torch.compute(path::toFloatArray);
		for (int i = 0; i < maps.length; i++) {
			final double value = total[i] * factor * (saliency.method().path ? lengths[i] : 1);
			maps[i] += share * (saliency.signed() ? value : Math.abs(value));
		}
	}

	/** Frees the arrays. */
	@Override
	public void close() {
		Torch.close(baseline);
		Torch.close(path);
		Torch.close(sum);
	}
}
