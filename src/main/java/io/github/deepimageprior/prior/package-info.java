/**
 * The deep image prior: fitting an untrained network to an observed picture. {@link io.github.deepimageprior.prior.Fit}
 * is the entry point.
 * <p>
 * It implements what section 4 of the paper uses as a defence against adversarial perturbations, with the architectures
 * and settings of appendices A.2 and A.3: the network and the loss of Ulyanov, Vedaldi and Lempitsky (Deep Image Prior,
 * CVPR 2018). Beyond the paper, it offers missing pixels, super-resolution and Poisson noise, stopping rules (Wang et
 * al., Early Stopping for Deep Image Prior, 2023) and samples of the posterior (Cheng et al., A Bayesian Perspective on
 * the Deep Image Prior, CVPR 2019).
 */
package io.github.deepimageprior.prior;
