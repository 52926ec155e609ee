package io.github.deepimageprior.saliency;

import io.github.deepimageprior.DipException;

/**
 * The methods that are settings of one sum.
 */
public enum SaliencyMethod {

	/** The gradient at the picture (Simonyan et al., 2014). */
	GRADIENT("Gradient", false, false, false),

	/** Its mean over noisy copies of the picture (Smilkov et al., 2017). */
	SMOOTHGRAD("SmoothGrad", false, true, false),

	/** Its mean on the way from a baseline to the picture, times the way (Sundararajan et al., 2017). */
	INTEGRATED_GRADIENTS("Integrated Gradients", true, false, false),

	/** The same over noisy copies. */
	INTEGRATED_SMOOTHGRAD("Integrated SmoothGrad", true, true, false),

	/** Magnitude integrated gradients with SmoothGrad: the same of the gradients' magnitudes (paper, equation 1). */
	MIG_SG("MIG-SG", true, true, true);

	private final String title;

	/** Whether it goes along the way from a baseline. */
	final boolean path;

	/** Whether noise is added. */
	final boolean noise;

	/** Whether it sums magnitudes. */
	final boolean magnitudes;

	SaliencyMethod(final String title, final boolean path, final boolean noise, final boolean magnitudes) {
		this.title = title;
		this.path = path;
		this.noise = noise;
		this.magnitudes = magnitudes;
	}

	/** @throws DipException if there is no such method */
	public static SaliencyMethod named(final String name) {
		for (final SaliencyMethod method : values()) if (method.title.equalsIgnoreCase(name.strip())) return method;
		throw new DipException("There is no saliency method '" + name
			+ "': write Gradient, SmoothGrad, Integrated Gradients, Integrated SmoothGrad or MIG-SG.");
	}

	@Override
	public String toString() {
		return title;
	}
}
