/**
 * Deep Image Prior for ImageJ and Fiji: removes noise, missing pixels, low resolution and adversarial perturbations
 * from images with an untrained network, and studies how classifiers respond to the results (Kattamis, Adel and Weller,
 * Exploring Properties of the Deep Image Prior, 2019).
 * <p>
 * This package has what all others share: {@link io.github.deepimageprior.Picture}, the form in which pixels pass
 * between packages; cancellation, progress, and the exception whose message is advice for the user. It depends on no
 * other package.
 */
package io.github.deepimageprior;
