package io.github.deepimageprior.nonlocal;

import io.github.deepimageprior.Picture;

/**
 * A denoised picture and how much the estimates behind it differ.
 *
 * @param picture the denoised picture; after a stop that of the completed steps, the noisy picture if there are none
 * @param spread the standard deviation, at each pixel and channel, of the estimates whose mean the picture is, in units
 *        of the picture: large where the picture depends on the sizes of patches and groups and on the kind of filter.
 *        It is not the standard error of the picture: all estimates come from the same noisy pixels, so that errors
 *        that they share, which are most of the error, do not appear in it. Null if there are fewer than two estimates
 * @param steps the number of completed steps at full size
 */
public record NonLocalResult(Picture picture, Picture spread, int steps) {}
