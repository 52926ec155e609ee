package io.github.deepimageprior.prior;

import io.github.deepimageprior.engine.MemoryOrder;

import java.util.List;

/**
 * How all parameters of a network lie in one vector in memory, so that saving them is a single copy: one behind the
 * other in the order of {@link Hourglass#parameters()}, the weights of convolutions in the order of the feature maps.
 */
final class ParameterLayout {

	private final List<Parameter> parameters;
	private final int[] places; // in the vector, of each number of the parameters

	/**
	 * @param parameters of the network
	 * @param order how feature maps lie in memory
	 */
	ParameterLayout(final List<Parameter> parameters, final MemoryOrder order) {
		this.parameters = parameters;
		places = new int[parameters.stream().mapToInt(Parameter::size).sum()];
		int i = 0;
		for (final Parameter parameter : parameters) {
			final int start = i;
			for (final int end = i + parameter.size(); i < end; i++)
				places[i] = start + parameter.place(i - start, order);
		}
	}

	/** @return the parameters' numbers in the order of the vector */
	float[] toMemory(final float[] values) {
		final float[] vector = new float[values.length];
		for (int i = 0; i < values.length; i++) vector[places[i]] = values[i];
		return vector;
	}

	/** @return the vector's numbers in the order of {@link Hourglass#parameters()}, the same for every memory order */
	float[] fromMemory(final float[] vector) {
		final float[] values = new float[vector.length];
		for (int i = 0; i < values.length; i++) values[i] = vector[places[i]];
		return values;
	}

	/** @return a vector of 1 for weights of convolutions, and 0 for biases and batch normalisation */
	float[] weights() {
		final float[] weights = new float[places.length];
		int i = 0;
		for (final Parameter parameter : parameters) {
			for (final int end = i + parameter.size(); i < end; i++) weights[i] = parameter.shape().length == 4 ? 1 : 0;
		}
		return weights;
	}
}
