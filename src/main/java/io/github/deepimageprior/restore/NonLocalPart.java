package io.github.deepimageprior.restore;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.measure.NoiseMap;
import io.github.deepimageprior.nonlocal.NonLocalDenoiser;
import io.github.deepimageprior.nonlocal.NonLocalListener;

import java.util.List;
import java.util.Random;

/**
 * Denoises one part of a picture by non-local filtering. Its uncertainty is estimated by the parametric bootstrap
 * (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, section 6.5): noise as strong as that of the part is
 * added to the denoised part, which is then denoised again, several times. How far these repetitions are from the
 * denoised part tells how far that is from the truth, as far as the truth is as smooth.
 *
 * @param target the noisy part
 * @param noise of the part
 * @param repetitions of the bootstrap; 0 for no estimate of the uncertainty
 * @param seed of the noise of the first repetition
 * @param device where it computes
 */
record NonLocalPart(Picture target, NoiseModel noise, int repetitions, long seed, String device) {

	PartResult run(final NonLocalListener listener, final Cancellation cancellation) {
		final double runs = repetitions + 1;
		final Picture noisy = noise.forward(target);
		final Picture clean = NonLocalDenoiser.DEFAULTS.run(noisy, noise.map(), device,
			(fraction, now) -> listener.reached(fraction / runs, () -> inverse(now.get(), noisy)), cancellation);
		final Picture result = inverse(clean, noisy);
		final double[] squares = new double[result.values().length];
		int done = 0;
		for (; done < repetitions && !cancellation.isRequested(); done++) {
			final int before = done + 1;
			final Picture again = NonLocalDenoiser.DEFAULTS.run(simulated(clean, noise.map(), seed + done), noise.map(),
				device, (fraction, now) -> listener.reached((before + fraction) / runs, () -> result), cancellation);
			if (cancellation.isRequested()) break; // not all of its steps were done
			final float[] values = inverse(again, noisy).values();
			for (int i = 0; i < squares.length; i++) squares[i] += Math.pow(values[i] - result.values()[i], 2);
		}
		return new PartResult(result, done == 0 ? null : deviation(result, squares, done), List.of());
	}

	/** @return the values that transformed values stand for; those of the noisy part if nothing was done */
	private Picture inverse(final Picture transformed, final Picture noisy) {
		return transformed == noisy ? target : noise.inverse(transformed);
	}

	private static Picture simulated(final Picture clean, final NoiseMap level, final long seed) {
		final Random random = new Random(seed);
		final float[] values = clean.values().clone();
		final int area = clean.width() * clean.height();
		for (int i = 0; i < values.length; i++) {
			final double relative = level.relative() == null ? 1 : level.relative().values()[i % area];
			values[i] += (float) (level.levels().get(i / area) * relative * random.nextGaussian());
		}
		return clean.with(values);
	}

	private static Picture deviation(final Picture result, final double[] squares, final int repetitions) {
		final float[] deviation = new float[squares.length];
		for (int i = 0; i < deviation.length; i++) deviation[i] = (float) Math.sqrt(squares[i] / repetitions);
		return result.with(deviation);
	}
}
