package io.github.deepimageprior.prior;

import io.github.deepimageprior.engine.MemoryOrder;

import java.util.Arrays;
import java.util.List;

/**
 * One tensor of a network's parameters.
 *
 * @param name its place in the network, such as {@code scale0.down1.weight}
 * @param low least initial value
 * @param high greatest initial value; between the two the initial values are uniform
 * @param shape its dimensions: output maps, input maps, height, width; or maps
 */
public record Parameter(String name, float low, float high, int... shape) {

	/** @return how many numbers it holds */
	public int size() {
		return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
	}

	/**
	 * @param parameters one behind the other in a vector
	 * @param order of memory of the weights of convolutions
	 * @return the place in memory of each number of the vector
	 */
	static int[] places(final List<Parameter> parameters, final MemoryOrder order) {
		final int[] places = new int[parameters.stream().mapToInt(Parameter::size).sum()];
		int i = 0;
		for (final Parameter parameter : parameters) {
			final int start = i;
			for (final int end = i + parameter.size(); i < end; i++)
				places[i] = start + parameter.place(i - start, order);
		}
		return places;
	}

	/** @return the place in memory of the k-th of its numbers, counted dimension by dimension, the last one fastest */
	private int place(final int k, final MemoryOrder order) {
		if (shape.length < 4 || order == MemoryOrder.CONTIGUOUS) return k;
		final int maps = shape[1], area = shape[2] * shape[3];
		final int output = k / (maps * area), map = k / area % maps, pixel = k % area;
		return (output * area + pixel) * maps + map;
	}
}
