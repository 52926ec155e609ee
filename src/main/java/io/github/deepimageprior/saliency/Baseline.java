package io.github.deepimageprior.saliency;

import ai.djl.ndarray.NDArray;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.Program;

import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The baseline x0: the image at the start of the integration path, which stands for the absence of information
 * (Sundararajan, Taly and Yan, 2017). A saliency map explains the difference between image and baseline.
 */
public enum Baseline {

	/** Uniform random values in 0..1; the map is the mean over several such baselines. */
	RANDOM,

	/** 0 everywhere. */
	BLACK,

	/** 0.5 everywhere. */
	GREY,

	/** The image itself, blurred by a Gaussian whose standard deviation is an eighth of the image's shorter side. */
	BLURRED,

	/** A given image. */
	IMAGE;

	/**
	 * @param name random, black, grey, blurred or image, in any case
	 * @return the baseline of that name
	 * @throws DipException if there is no such baseline
	 */
	public static Baseline named(final String name) {
		for (final Baseline baseline : values())
			if (baseline.toString().equalsIgnoreCase(name.strip())) return baseline;
		throw new DipException("There is no baseline '" + name + "': use random, black, grey, blurred or image.");
	}

	/**
	 * Creates the baseline of an image. To be called on libtorch's thread only.
	 *
	 * @param x the image, 1 × channels × height × width
	 * @param given the picture for {@link #IMAGE}, of the same size
	 * @param random the source of {@link #RANDOM} values
	 * @param program that of {@code saliency.py}
	 * @return the baseline, in the shape of the image
	 */
	NDArray of(final NDArray x, final Picture given, final SplittableRandom random, final Program program) {
		return switch (this) {
			case RANDOM -> x.getManager().create(uniform(random, (int) x.size()), x.getShape());
			case BLACK -> x.zerosLike();
			case GREY -> x.zerosLike().add(0.5f);
			case BLURRED -> {
				final float sigma = Math.min(x.getShape().get(2), x.getShape().get(3)) / 8f;
				yield program.infer("blur", x, x.getManager().create(new float[] { sigma })).singletonOrThrow();
			}
			case IMAGE -> x.getManager().create(given.values(), x.getShape());
		};
	}

	private static float[] uniform(final SplittableRandom random, final int size) {
		final float[] values = new float[size];
		for (int i = 0; i < size; i++) values[i] = (float) random.nextDouble();
		return values;
	}

	/** @return the name, in lower case */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}
}
