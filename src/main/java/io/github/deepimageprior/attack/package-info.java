/**
 * Adversarial examples: images changed so little that people do not notice, and that a classifier nevertheless
 * misclassifies. {@link io.github.deepimageprior.attack.Attack} implements the three attacks of section 2 of the paper
 * (Kattamis, Adel and Weller, "Exploring Properties of the Deep Image Prior"): FGSM (Goodfellow, Shlens and Szegedy,
 * 2015), BI and LLCI (Kurakin, Goodfellow and Bengio, 2017). {@link io.github.deepimageprior.attack.Adversary} is the
 * result, with its size and its effect measured on the image as it is stored.
 * <p>
 * Everything is given in the paper's unit, grey levels on the 0-255 scale, whatever the type of the image.
 */
package io.github.deepimageprior.attack;
