package io.github.deepimageprior.restore;

import io.github.deepimageprior.measure.PoissonGaussian;

import java.util.List;

/**
 * How a picture was denoised by non-local filtering.
 *
 * @param device that held the tensors: {@code CPU}, {@code GPU n}
 * @param threads number of CPU threads of libtorch's operators
 * @param seconds from start to end
 * @param least the least standard deviation of the noise at a pixel, relative to its level in the channel
 * @param greatest the greatest
 * @param growth how the variance of the noise grows with the signal, as was found for each channel; empty if the noise
 *        was told
 * @param ratio of the noise that was estimated to that which was told, in the channel where they differ most; 1 if none
 *        was told or it cannot be estimated
 * @param dark share of the pixels that are darker than the black level that was told, by more than noise explains, 0..1
 * @param stopped whether a stop came before all was done
 */
public record NonLocalSummary(String device, int threads, double seconds, double least, double greatest,
	List<PoissonGaussian> growth, double ratio, double dark, boolean stopped)
{

	/** A ratio beyond this, or below its inverse, contradicts the noise that was told. */
	private static final double FACTOR = 1.5;

	/** A share of dark pixels beyond this contradicts the black level. */
	static final double FEW = 0.01;

	/** @return whether the black level that was told is clearly too high */
	public boolean isBelowBlack() {
		return dark > FEW;
	}

	/** @return whether the picture has clearly more noise than was told */
	public boolean hasMoreNoise() {
		return ratio > FACTOR;
	}

	/** @return whether the picture has clearly less noise than was told */
	public boolean hasLessNoise() {
		return ratio * FACTOR < 1;
	}
}
