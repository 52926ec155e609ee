package io.github.deepimageprior.saliency;

import io.github.deepimageprior.DipException;

/**
 * The saliency methods. They differ in whether they average over an integration path, average over noise, and add up
 * magnitudes; {@link Saliency} computes all of them.
 */
public enum SaliencyMethod {

	/** The gradient of the class score at the image (Simonyan, Vedaldi and Zisserman, 2014). */
	GRADIENT("Gradient", false, false, false),

	/** The mean gradient over noisy copies of the image (Smilkov et al., 2017). */
	SMOOTHGRAD("SmoothGrad", false, true, false),

	/**
	 * The mean gradient along the path from a baseline to the image, times image minus baseline (Sundararajan, Taly and
	 * Yan, 2017).
	 */
	INTEGRATED_GRADIENTS("Integrated Gradients", true, false, false),

	/** Integrated gradients, with the mean over noisy copies at every point of the path. */
	INTEGRATED_SMOOTHGRAD("Integrated SmoothGrad", true, true, false),

	/**
	 * Magnitude integrated gradients with SmoothGrad: Integrated SmoothGrad of the magnitudes of the gradients
	 * (equation 1 of the paper, appendix A.1).
	 */
	MIG_SG("MIG-SG", true, true, true);

	private final String title;

	/** Whether gradients are averaged along the integration path. */
	final boolean path;

	/** Whether gradients are averaged over noisy copies. */
	final boolean noise;

	/** Whether magnitudes of gradients are added up, rather than gradients. */
	final boolean magnitudes;

	SaliencyMethod(final String title, final boolean path, final boolean noise, final boolean magnitudes) {
		this.title = title;
		this.path = path;
		this.noise = noise;
		this.magnitudes = magnitudes;
	}

	/**
	 * @param name of the method, in any case
	 * @return the method of that name
	 * @throws DipException if there is no such method
	 */
	public static SaliencyMethod named(final String name) {
		for (final SaliencyMethod method : values()) if (method.title.equalsIgnoreCase(name.strip())) return method;
		throw new DipException("There is no saliency method '" + name
			+ "': use Gradient, SmoothGrad, Integrated Gradients, Integrated SmoothGrad or MIG-SG.");
	}

	/** @return whether it averages along an integration path, from one baseline or several */
	public boolean hasPath() {
		return path;
	}

	/** @return whether it averages over noisy copies */
	public boolean hasNoise() {
		return noise;
	}

	/** @return the name, as users know it */
	@Override
	public String toString() {
		return title;
	}
}
