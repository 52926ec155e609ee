package io.github.deepimageprior.prior;

import io.github.deepimageprior.Digest;
import io.github.deepimageprior.Picture;

/**
 * What is known of the picture that a network is fitted to: all of it, with noise; some of its pixels; a version with
 * lower resolution; photon counts; or a combination of these.
 *
 * @param target the observed picture, in 0..1
 * @param known height × width of the target, or channels × height × width if they differ: 1 where it was observed, 0
 *        where it is missing; null if nothing is missing
 * @param factor how many times wider and higher than the target the output is, at least 1
 * @param downsampler how the target results from the output
 * @param poisson the noise model if the target counts photons; null for signal-independent noise
 */
public record Observation(Picture target, float[] known, int factor, Downsampler downsampler, PoissonNoise poisson) {

	/** Checks the values. */
	public Observation {
		if (factor < 1) throw new IllegalArgumentException("Factor " + factor);
		if (known != null && known.length != target.width() * target.height()
			&& known.length != target.values().length)
			throw new IllegalArgumentException(
				"A mask of " + known.length + " pixels for " + target.width() + "x" + target.height());
		if (poisson != null && poisson.scale().size() != target.channels())
			throw new IllegalArgumentException(
				"Photons of " + poisson.scale().size() + " channels for " + target.channels());
	}

	/**
	 * @param picture values in 0..1
	 * @return an observation of the whole picture, with signal-independent noise
	 */
	public static Observation of(final Picture picture) {
		return new Observation(picture, null, 1, Downsampler.AREA, null);
	}

	/**
	 * @param pixels as {@link #known()}
	 * @return this observation with other missing pixels
	 */
	public Observation known(final float[] pixels) {
		return new Observation(target, pixels, factor, downsampler, poisson);
	}

	/**
	 * @param times how many times wider and higher than the target the output is, at least 1
	 * @param how the target results from the output
	 * @return this observation with another resolution of the output
	 */
	public Observation downsampled(final int times, final Downsampler how) {
		return new Observation(target, known, times, how, poisson);
	}

	/**
	 * @param counted how values of the target become photon counts; null for signal-independent noise
	 * @return this observation with another noise model
	 */
	public Observation counts(final PoissonNoise counted) {
		return new Observation(target, known, factor, downsampler, counted);
	}

	/** @return width of the output in pixels */
	public int width() {
		return target.width() * factor;
	}

	/** @return height of the output in pixels */
	public int height() {
		return target.height() * factor;
	}

	/** @return number of channels of the target and of the output */
	public int channels() {
		return target.channels();
	}

	/** @return the observation of a single channel */
	public Observation channel(final int c) {
		final boolean own = known != null && mask().channels() > 1;
		return new Observation(target.channels(c, 1), own ? mask().channels(c, 1).values() : known, factor, downsampler,
			poisson == null ? null : poisson.channel(c));
	}

	/** @return {@link #known()}, which is not null: one channel if it holds for all, else one for each of the target */
	public Picture mask() {
		final int area = target.width() * target.height();
		return new Picture(known, target.width(), target.height(), known.length / area);
	}

	/** @return the observation of a rectangle, in pixels of the target */
	public Observation part(final int x, final int y, final int width, final int height) {
		final float[] mask = known == null ? null : mask().part(x, y, width, height).values();
		return new Observation(target.part(x, y, width, height), mask, factor, downsampler, poisson);
	}

	/** @return the target in the size of the output: each pixel is repeated, nothing is interpolated */
	public Picture enlarged() {
		if (factor == 1) return target.with(target.values().clone());
		final Picture large = new Picture(new float[Math.multiplyExact(width() * height(), channels())], width(),
			height(), channels());
		for (int i = 0; i < large.values().length; i++) {
			final int x = i % width() / factor, y = i / width() / factor; // rows of all channels
			large.values()[i] = target.values()[y * target.width() + x];
		}
		return large;
	}

	/** @return a checksum that distinguishes it from other observations, the same in every process */
	public String digest() {
		return Digest.of(Digest.of(target), known == null ? "all" : Digest.of(known),
			factor + " " + downsampler + " " + poisson);
	}
}
