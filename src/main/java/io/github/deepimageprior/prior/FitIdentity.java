package io.github.deepimageprior.prior;

import io.github.deepimageprior.Digest;
import io.github.deepimageprior.engine.MemoryOrder;

import java.util.LinkedHashMap;
import java.util.Map;

/** Identifies a fit, so that a checkpoint of another fit is recognised. */
final class FitIdentity {

	private FitIdentity() {}

	/**
	 * @param warm initial parameters; null if they are random
	 * @return properties by name, those that are changed most often first
	 */
	static Map<String, String> of(final Fit fit, final Observation observation, final float[] warm,
		final MemoryOrder order)
	{
		final FitSettings settings = fit.settings();
		final Map<String, String> identity = new LinkedHashMap<>();
		identity.put("network", fit.network().toString());
		identity.put("architecture", Integer.toHexString(fit.network().digest()));
		identity.put("iterations", String.valueOf(settings.iterations()));
		identity.put("seed", String.valueOf(settings.seed()));
		identity.put("stopping rule", settings.rule().toString());
		identity.put("precision", settings.precision().toString());
		identity.put("memory order", order.toString());
		identity.put("settings", Digest.of(settings.toString())); // all of them; those above by their names
		identity.put("image checksum", observation.digest());
		identity.put("checksum of the initial parameters", warm == null ? "none" : Digest.of(warm));
		return identity;
	}
}
