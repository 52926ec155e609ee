package io.github.deepimageprior.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.deepimageprior.Picture;

import java.util.Arrays;
import java.util.List;

/** Makes the tensors of {@link FitProtocol.Observed}: what is known of the picture. */
final class ObservedTensors {

	private ObservedTensors() {}

	/**
	 * @param there where the network runs
	 * @param observation what is known
	 * @param layout of the parameters if Langevin noise is added to them; else null
	 */
	static List<NDArray> of(final NDManager there, final Observation observation, final ParameterLayout layout) {
		final Picture target = observation.target();
		return Arrays.stream(FitProtocol.Observed.values()).map(element -> switch (element) {
			case TARGET ->
				there.create(values(observation), new Shape(1, target.channels(), target.height(), target.width()));
			case MASK -> observation.known() == null ? nothing(there)
				: there.create(observation.known(),
					new Shape(1, observation.mask().channels(), target.height(), target.width()));
			case KERNEL -> observation.factor() == 1 ? nothing(there) : kernel(there, observation);
			case COUNTS -> observation.poisson() == null ? nothing(there) : counts(there, observation.poisson());
			case WEIGHTS -> layout == null ? nothing(there) : there.create(layout.weights());
		}).toList();
	}

	/** @return the target with a finite value where it is missing: NaN times the mask's 0 would be NaN */
	private static float[] values(final Observation observation) {
		final float[] target = observation.target().values(), known = observation.known();
		if (known == null) return target;
		final float[] values = target.clone();
		for (int i = 0; i < values.length; i++)
			if (known[i % known.length] <= 0 && !Float.isFinite(values[i])) values[i] = 0.5f;
		return values;
	}

	private static NDArray nothing(final NDManager there) {
		return there.zeros(new Shape(0));
	}

	private static NDArray kernel(final NDManager there, final Observation observation) {
		final int factor = observation.factor(), side = observation.downsampler().side(factor);
		final float[] one = observation.downsampler().kernel(factor), all = new float[factor * one.length];
		for (int i = 0; i < factor; i++) System.arraycopy(one, 0, all, i * one.length, one.length);
		return there.create(all, new Shape(factor, 1, side, side));
	}

	private static NDArray counts(final NDManager there, final PoissonNoise poisson) {
		final int channels = poisson.scale().size();
		final float[] both = new float[2 * channels];
		for (int c = 0; c < channels; c++) {
			both[c] = poisson.scale().get(c).floatValue();
			both[channels + c] = poisson.offset().get(c).floatValue();
		}
		return there.create(both, new Shape(2, channels, 1, 1));
	}
}
