package io.github.deepimageprior.classifier;

/** The score of a class: the number whose gradient with respect to the pixels is computed. */
public enum ClassScore {

	/** The output of the model before the softmax. For a model that returns probabilities, their natural logarithm. */
	LOGIT,

	/** The softmax probability, 0..1. Its gradient vanishes where the model is certain. */
	PROBABILITY,

	/** The cross-entropy: minus the natural logarithm of the probability. It is the loss of training and of attacks. */
	CROSS_ENTROPY
}
