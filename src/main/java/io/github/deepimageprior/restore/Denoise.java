package io.github.deepimageprior.restore;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.prior.Observation;
import io.github.deepimageprior.prior.PoissonNoise;
import io.github.deepimageprior.prior.Recipe;
import io.github.deepimageprior.prior.StoppingRule;

/**
 * Removes noise. Non-local filtering paints over unknown pixels, of which there may be up to half; fits of the prior
 * leave them out, as they do when inpainting.
 *
 * @param method how
 * @param poisson if the picture counts photons; null for Gaussian noise
 * @param automatic whether non-local filtering finds out if the noise grows with the signal; if so, that takes the
 *        place of Gaussian noise
 */
public record Denoise(DenoisingMethod method, PoissonNoise poisson, boolean automatic) implements Task {

	/** Removes noise by non-local filtering. */
	public Denoise() {
		this(DenoisingMethod.NON_LOCAL);
	}

	/** Removes noise; non-local filtering finds out of which kind, the prior takes Gaussian noise. */
	public Denoise(final DenoisingMethod method) {
		this(method, null, true);
	}

	/** Removes noise of a kind that is told: of photon counts, or Gaussian. */
	public Denoise(final DenoisingMethod method, final PoissonNoise poisson) {
		this(method, poisson, false);
	}

	@Override
	public Observation observe(final Picture picture, final float[] known) {
		final Observation observation = Observation.of(picture).known(known);
		return poisson == null ? observation : observation.counts(poisson);
	}

	@Override
	public RestoreSettings defaults() {
		return RestoreSettings.defaults(3000, StoppingRule.Kind.EMV);
	}

	@Override
	public Recipe recipe() {
		return Recipe.DENOISE;
	}
}
