package io.github.deepimageprior.study;

import io.github.deepimageprior.Picture;

/** What a defence does to a picture before it is classified, as an attacker knows it. */
@FunctionalInterface
interface Purifier {

	/**
	 * @param attacked a picture
	 * @param seed of the defence's random numbers
	 * @return the picture that is classified, of the same size
	 */
	Picture apply(Picture attacked, long seed);

	/**
	 * Takes a gradient back through the purifier. For one that cannot be differentiated the gradient stays as it is, as
	 * if the purifier changed nothing: backward pass differentiable approximation (BPDA), Athalye, Carlini and Wagner,
	 * "Obfuscated gradients give a false sense of security" (2018), section 4.1.
	 *
	 * @param gradient with respect to the purified picture
	 * @return the gradient with respect to the attacked picture, or what stands for it
	 */
	default Picture backward(final Picture gradient) {
		return gradient;
	}
}
