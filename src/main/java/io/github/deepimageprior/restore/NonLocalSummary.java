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
 */
public record NonLocalSummary(String device, int threads, double seconds, double least, double greatest,
	List<PoissonGaussian> growth)
{}
