package io.github.deepimageprior.saliency;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.Program;

import java.util.SplittableRandom;

/** The source of SmoothGrad's noise. */
@FunctionalInterface
interface Noise {

	/**
	 * @param program that of {@code saliency.py}
	 * @param manager of the result
	 * @param picture whose size the noise is to have
	 * @param first the number of the first sample, counted over all baselines
	 * @param count how many samples
	 * @return standard normal noise, count × channels × height × width
	 */
	NDArray samples(Program program, NDManager manager, Picture picture, long first, int count);

	/** @return noise of which every sample depends on the seed and its number only, not on the batch it is drawn in */
	static Noise seeded(final long seed) {
		final long start = new SplittableRandom(seed).nextLong(Long.MAX_VALUE / 2);
		return (program, manager, picture, first, count) -> {
			try (NDArray size = manager
				.create(new long[] { picture.channels(), picture.height(), picture.width(), start + first, count }))
			{
				return program.infer("noise", size).singletonOrThrow();
			}
		};
	}
}
