package io.github.deepimageprior.prior;

import io.github.deepimageprior.Picture;

import java.util.Arrays;
import java.util.Objects;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * What is known of the picture that a network is to paint: all of it, with noise; a part of it; a coarser version. What
 * can be combined, may be.
 *
 * @param target what is known, in 0..1
 * @param known height × width of the target: 1 where it is known, 0 where it is missing; null if all is known
 * @param factor how many times wider and higher than the target the painted picture is
 * @param downsampler how the target came of it
 * @param poisson if the target counts photons; else null, and the noise is taken as Gaussian
 */
public record Observation(Picture target, float[] known, int factor, Downsampler downsampler, PoissonNoise poisson) {

	/** Checks the values. */
	public Observation {
		if (factor < 1) throw new IllegalArgumentException("Factor " + factor);
		if (known != null && known.length != target.width() * target.height())
			throw new IllegalArgumentException(
				"A mask of " + known.length + " pixels for " + target.width() + "x" + target.height());
		if (poisson != null && poisson.scale().size() != target.channels())
			throw new IllegalArgumentException("Photons of " + poisson.scale().size() + " channels");
	}

	/** @return that all of a picture is known: x × y × channels, or x × y, in 0..1 */
	public static Observation of(final RandomAccessibleInterval<? extends RealType<?>> picture) {
		return of(Picture.of(picture));
	}

	/** @return that all of a picture is known */
	public static Observation of(final Picture picture) {
		return new Observation(picture, null, 1, Downsampler.AREA, null);
	}

	/** @return that of the target only these pixels are known */
	public Observation known(final float[] pixels) {
		return new Observation(target, pixels, factor, downsampler, poisson);
	}

	/** @return that the target is a coarser version of what is to be painted */
	public Observation downsampled(final int times, final Downsampler how) {
		return new Observation(target, known, times, how, poisson);
	}

	/** @return that the target counts photons */
	public Observation counts(final PoissonNoise counted) {
		return new Observation(target, known, factor, downsampler, counted);
	}

	/** @return width of the picture that is to be painted */
	public int width() {
		return target.width() * factor;
	}

	/** @return height of the picture that is to be painted */
	public int height() {
		return target.height() * factor;
	}

	/** @return channels of both */
	public int channels() {
		return target.channels();
	}

	/** @return what is known of one channel */
	public Observation channel(final int c) {
		return new Observation(target.channels(c, 1), known, factor, downsampler,
			poisson == null ? null : poisson.channel(c));
	}

	/** @return what is known of a rectangle of the target */
	public Observation part(final int x, final int y, final int width, final int height) {
		final float[] mask = known == null ? null
			: new Picture(known, target.width(), target.height(), 1).part(x, y, width, height).values();
		return new Observation(target.part(x, y, width, height), mask, factor, downsampler, poisson);
	}

	/** @return the target as it is, in the size of what is to be painted: each pixel as a square */
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

	/** What makes it another observation, for a checkpoint. */
	int digest() {
		return Objects.hash(Arrays.hashCode(target.values()), target.width(), target.height(), Arrays.hashCode(known),
			factor, downsampler.toString(), poisson);
	}
}
