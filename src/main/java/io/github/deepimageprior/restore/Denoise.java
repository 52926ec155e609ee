package io.github.deepimageprior.restore;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.prior.Observation;
import io.github.deepimageprior.prior.PoissonNoise;
import io.github.deepimageprior.prior.Recipe;
import io.github.deepimageprior.prior.StoppingRule;

/**
 * Removes noise.
 *
 * @param method how
 * @param poisson if the picture counts photons; null for Gaussian noise
 */
public record Denoise(DenoisingMethod method, PoissonNoise poisson) implements Task {

	/** Removes Gaussian noise by the deep image prior. */
	public Denoise() {
		this(DenoisingMethod.DEEP_IMAGE_PRIOR);
	}

	/** Removes Gaussian noise. */
	public Denoise(final DenoisingMethod method) {
		this(method, null);
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
