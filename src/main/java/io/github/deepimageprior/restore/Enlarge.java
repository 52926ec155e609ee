package io.github.deepimageprior.restore;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.prior.BackProjection;
import io.github.deepimageprior.prior.Downsampler;
import io.github.deepimageprior.prior.Observation;
import io.github.deepimageprior.prior.Recipe;
import io.github.deepimageprior.prior.StoppingRule;

/**
 * Super-resolution: generates a larger picture that reproduces the given one when it is downsampled.
 *
 * @param factor how many times wider and higher the result is
 * @param downsampler how the given picture is assumed to have been downsampled
 * @param dataConsistency whether the result is corrected by {@linkplain BackProjection iterative back-projection} until
 *        it agrees with the given picture
 */
public record Enlarge(int factor, Downsampler downsampler, boolean dataConsistency) implements Task {

	@Override
	public Observation observe(final Picture picture, final float[] known) {
		return Observation.of(picture).known(known).downsampled(factor, downsampler);
	}

	@Override
	public RestoreSettings defaults() {
		return RestoreSettings.defaults(2000, StoppingRule.Kind.FIXED);
	}

	@Override
	public Recipe recipe() {
		return Recipe.superResolution(factor);
	}

	/** Where nothing was restored before a stop, each pixel of the given picture becomes a square. */
	@Override
	public Picture finish(final Picture restored, final Observation observation) {
		final Picture large = observation.enlarged();
		for (int i = 0; i < large.values().length; i++)
			if (!Float.isNaN(restored.values()[i])) large.values()[i] = restored.values()[i];
		return dataConsistency ? BackProjection.apply(large, observation) : large;
	}

	@Override
	public double gain() {
		return downsampler.gain(factor);
	}
}
