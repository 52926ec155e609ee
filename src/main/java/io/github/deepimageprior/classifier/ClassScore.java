package io.github.deepimageprior.classifier;

/** What of a class is differentiated with respect to the pixels. */
public enum ClassScore {

	/** The model's output before the softmax; for a model that gives probabilities, their logarithm. */
	LOGIT,

	/** The share of the softmax. Its gradient vanishes where the model is certain. */
	PROBABILITY,

	/** Minus the logarithm of the probability: the cost function of training, and of attacks. */
	CROSS_ENTROPY
}
