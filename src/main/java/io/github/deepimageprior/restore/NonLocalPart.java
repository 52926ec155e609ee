package io.github.deepimageprior.restore;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.CheckpointFile;
import io.github.deepimageprior.Digest;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.nonlocal.NonLocalDenoiser;
import io.github.deepimageprior.nonlocal.NonLocalListener;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Denoises one part of a picture by non-local filtering.
 *
 * @param target the noisy part
 * @param noise of the part
 * @param repetitions of the {@link Bootstrap} that estimates its uncertainty; 0 for none
 * @param seed of the noise of the first repetition
 * @param device where it computes
 */
record NonLocalPart(Picture target, NoiseModel noise, int repetitions, long seed, String device) {

	/** To be raised when the same settings give other results. */
	private static final int VERSION = 5;

	/**
	 * Denoises the part.
	 *
	 * @param file holds the denoised part and what the completed repetitions tell, so that an interrupted run goes on
	 *        from there; null for none
	 * @return the result; null if a stop came before there was one
	 */
	PartResult run(final Path file, final NonLocalListener listener, final Cancellation cancellation) {
		final CheckpointFile kept = file == null ? null : new CheckpointFile(file, "denoising", VERSION);
		Bootstrap state = kept == null ? null
			: kept.read(identity(), in -> Bootstrap.read(in, target, noise, repetitions));
		if (state == null) {
			final Picture noisy = noise.forward(target);
			final UnaryOperator<Picture> inverse = now -> noise.inverse(now, noisy, target);
			final Picture clean = denoised(noisy, 0, inverse, listener, cancellation);
			// After a stop, not all steps were done.
			if (cancellation.isRequested())
				return clean == noisy ? null : new PartResult(inverse.apply(clean), null, List.of());
			state = new Bootstrap(target, clean, noise);
			keep(state, kept);
		}
		else listener.reached((state.done() + 1.0) / (repetitions + 1), state::result);
		final Picture result = state.result();
		while (state.done() < repetitions && !cancellation.isRequested()) {
			final Picture simulated = state.simulated(seed + state.done());
			final Picture again = denoised(simulated, state.done() + 1, now -> result, listener, cancellation);
			if (cancellation.isRequested()) break;
			state.add(simulated, again);
			keep(state, kept);
		}
		return new PartResult(result, state.deviation(), List.of());
	}

	/** @param runs how many were completed before */
	private Picture denoised(final Picture noisy, final int runs, final UnaryOperator<Picture> shown,
		final NonLocalListener listener, final Cancellation cancellation)
	{
		return NonLocalDenoiser.DEFAULTS.run(noisy, noise.strength(target), device,
			(fraction, now) -> listener.reached((runs + fraction) / (repetitions + 1), () -> shown.apply(now.get())),
			cancellation);
	}

	private void keep(final Bootstrap state, final CheckpointFile kept) {
		if (kept != null) kept.write(identity(), state::write);
	}

	private Map<String, String> identity() {
		final Map<String, String> identity = new LinkedHashMap<>();
		identity.put("repetitions", String.valueOf(repetitions));
		identity.put("seed", String.valueOf(seed));
		identity.put("device", device);
		identity.put("noise levels", noise.map().levels().toString());
		identity.put("noise of photons", String.valueOf(noise.counts()));
		identity.put("checksum of the noise map",
			noise.map().relative() == null ? "none" : Digest.of(noise.map().relative()));
		identity.put("image checksum", Digest.of(target));
		return identity;
	}
}
