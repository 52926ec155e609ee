/**
 * The classified fit: what the network generates at chosen steps, what a classifier predicts for it, and which pixels
 * contribute to that prediction. It is the experiment behind figures 1 to 4 of the paper (sections 3 to 5).
 */
package io.github.deepimageprior.track;
