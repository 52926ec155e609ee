package io.github.deepimageprior.restore;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.prior.Observation;
import io.github.deepimageprior.prior.Recipe;
import io.github.deepimageprior.prior.StoppingRule;

/**
 * Fills in missing pixels.
 *
 * @param keepKnown whether the observed pixels stay as they are; otherwise the network's output replaces them too
 */
public record Inpaint(boolean keepKnown) implements Task {

	@Override
	public Observation observe(final Picture picture, final float[] known) {
		return known == null || count(known) == known.length ? null : Observation.of(picture).known(known);
	}

	/** @return the number of observed pixels of a mask */
	public static int count(final float[] known) {
		int count = 0;
		for (final float pixel : known) if (pixel > 0) count++;
		return count;
	}

	@Override
	public RestoreSettings defaults() {
		return RestoreSettings.defaults(2000, StoppingRule.Kind.FIXED);
	}

	@Override
	public Recipe recipe() {
		return Recipe.INPAINT;
	}

	@Override
	public boolean keepsKnown() {
		return keepKnown;
	}

	@Override
	public Picture finish(final Picture restored, final Observation observation) {
		if (!keepKnown) return restored;
		final float[] known = observation.known(), target = observation.target().values();
		final float[] values = restored.values().clone();
		for (int i = 0; i < values.length; i++) if (known[i % known.length] > 0) values[i] = target[i];
		return restored.with(values);
	}
}
