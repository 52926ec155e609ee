package io.github.deepimageprior.restore;

/**
 * How a picture was denoised by non-local filtering.
 *
 * @param device that held the tensors: {@code CPU}, {@code GPU n}
 * @param threads number of CPU threads of libtorch's operators
 * @param seconds from start to end
 * @param least the least standard deviation of the noise at a pixel, relative to its level in the channel
 * @param greatest the greatest
 */
public record NonLocalSummary(String device, int threads, double seconds, double least, double greatest) {}
