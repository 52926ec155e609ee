package io.github.deepimageprior.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.MemoryOrder;
import io.github.deepimageprior.engine.Precision;

import java.util.List;
import java.util.stream.LongStream;

/** What {@code hourglass.py} takes, in its order. What a fit does not need has no or one element. */
final class Tensors {

	private final NDManager there;
	private final Hourglass network;
	private final Observation observation;

	Tensors(final NDManager there, final Hourglass network, final Observation observation) {
		this.there = there;
		this.network = network;
		this.observation = observation;
	}

	/** @return target; mask; kernel; counts; which parameters are weights of convolutions */
	List<NDArray> observed(final boolean weights) {
		final Picture target = observation.target();
		return List.of(there.create(target.values(), new Shape(1, target.channels(), target.height(), target.width())),
			observation.known() == null ? nothing()
				: there.create(observation.known(), new Shape(1, 1, target.height(), target.width())),
			observation.factor() == 1 ? nothing() : kernel(),
			observation.poisson() == null ? nothing() : counts(observation.poisson()),
			weights ? there.create(weights()) : nothing());
	}

	private NDArray nothing() {
		return there.zeros(new Shape(0));
	}

	/** The same kernel as often as the factor says, which is how the program learns the factor. */
	private NDArray kernel() {
		final int factor = observation.factor(), side = observation.downsampler().side(factor);
		final float[] one = observation.downsampler().kernel(factor), all = new float[factor * one.length];
		for (int i = 0; i < factor; i++) System.arraycopy(one, 0, all, i * one.length, one.length);
		return there.create(all, new Shape(factor, 1, side, side));
	}

	private NDArray counts(final PoissonNoise poisson) {
		final int channels = observation.channels();
		final float[] both = new float[2 * channels];
		for (int c = 0; c < channels; c++) {
			both[c] = poisson.scale().get(c).floatValue();
			both[channels + c] = poisson.offset().get(c).floatValue();
		}
		return there.create(both, new Shape(2, channels, 1, 1));
	}

	/** Langevin dynamics leaves out biases and normalisation. */
	private float[] weights() {
		final float[] weights = new float[network.parameterCount()];
		int i = 0;
		for (final Parameter parameter : network.parameters()) {
			for (final int end = i + parameter.size(); i < end; i++) weights[i] = parameter.shape().length == 4 ? 1 : 0;
		}
		return weights;
	}

	/**
	 * @param vector the parameters
	 * @param here where the scores are, which Java and the program look at after every step
	 * @return vector; moments; average; output; scores; what the stopping rule knows of recent outputs; best output and
	 *         average; best vector; window of outputs; mean and squared deviations of the samples
	 */
	List<NDArray> state(final float[] vector, final FitSettings settings, final NDManager here) {
		final StoppingRule rule = settings.rule();
		final long channels = network.outputs(), height = observation.height(), width = observation.width();
		final Shape picture = new Shape(1, channels, height, width), one = new Shape(1);
		final boolean remembers = rule.remembers(), samples = settings.langevin().isOn(),
			window = rule.kind() == StoppingRule.Kind.WMV;
		return List.of(there.create(vector), there.zeros(new Shape(2, vector.length)), there.zeros(picture),
			there.zeros(picture), here.zeros(new Shape(5), DataType.FLOAT64),
			there.zeros(remembers ? picture : one, window ? DataType.FLOAT64 : DataType.FLOAT32),
			there.zeros(remembers ? new Shape(2, channels, height, width) : one),
			there.zeros(remembers ? new Shape(vector.length) : one),
			there.zeros(window ? new Shape(rule.window(), channels, height, width) : one),
			there.zeros(samples ? picture : one), there.zeros(samples ? picture : one));
	}

	/** The architecture in numbers. */
	static long[] encode(final Hourglass network, final Precision precision, final MemoryOrder order) {
		final var numbers = LongStream.builder();
		numbers.add(network.scales());
		numbers.add(network.padding() == Hourglass.Padding.REFLECTION ? 1 : 0);
		numbers.add(network.upsampling() == Hourglass.Upsampling.NEAREST ? 1 : 0);
		numbers.add(network.downsampling() == Hourglass.Downsampling.AVERAGE ? 1 : 0);
		numbers.add(network.pointwise() ? 1 : 0);
		numbers.add(precision == Precision.BFLOAT16 ? 1 : 0);
		numbers.add(order == MemoryOrder.CHANNELS_LAST ? 1 : 0);
		for (final int maps : network.skip()) numbers.add(maps > 0 ? 1 : 0);
		for (final Parameter parameter : network.parameters()) {
			numbers.add(parameter.shape().length);
			for (final int size : parameter.shape()) numbers.add(size);
		}
		return numbers.build().toArray();
	}
}
