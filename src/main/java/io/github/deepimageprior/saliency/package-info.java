/**
 * Saliency maps: how much every pixel of an image contributes to the score of a class.
 * {@link io.github.deepimageprior.saliency.Saliency} computes MIG-SG, magnitude integrated gradients with SmoothGrad
 * (equation 1 in appendix A.1 of the paper: Kattamis, Adel and Weller, "Exploring Properties of the Deep Image Prior";
 * shown in its section 3), and the four methods that it combines, as settings of one sum.
 * {@link io.github.deepimageprior.saliency.SaliencyView} turns a map into an image.
 */
package io.github.deepimageprior.saliency;
