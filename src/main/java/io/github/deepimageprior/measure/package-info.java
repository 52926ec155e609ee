/**
 * Measures of image quality, and statistics: {@linkplain io.github.deepimageprior.measure.Psnr PSNR} and
 * {@linkplain io.github.deepimageprior.measure.Ssim structural similarity} compare an image with a reference, and
 * {@link io.github.deepimageprior.measure.NoiseLevel} and {@link io.github.deepimageprior.measure.NoiseMap} estimate
 * the noise of an image without one. The paper (Kattamis, Adel and Weller, "Exploring Properties of the Deep Image
 * Prior") judges images by a classifier instead; these measures serve the restorations of Ulyanov, Vedaldi and
 * Lempitsky (2018), on which it builds.
 * <p>
 * {@link io.github.deepimageprior.measure.Interval}, {@link io.github.deepimageprior.measure.McNemar},
 * {@link io.github.deepimageprior.measure.Gini} and {@link io.github.deepimageprior.measure.Area} are the statistics of
 * studies over many pictures.
 * <p>
 * All pixel values are on the scale of pictures, 0..1.
 */
package io.github.deepimageprior.measure;
