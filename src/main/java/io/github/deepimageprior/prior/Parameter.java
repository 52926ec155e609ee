package io.github.deepimageprior.prior;

import io.github.deepimageprior.engine.MemoryOrder;

import java.util.Arrays;

/**
 * One tensor of a network's parameters.
 *
 * @param name its place in the network, such as {@code scale0.down1.weight}
 * @param low least initial value
 * @param high greatest initial value; initial values are uniformly distributed between the two
 * @param shape for the weight of a convolution: output channels, input channels, height, width; otherwise: channels
 */
public record Parameter(String name, float low, float high, int... shape) {

	/** @return how many numbers it holds */
	public int size() {
		return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
	}

	/**
	 * @param k index of a number in the order of the shape, the last dimension fastest
	 * @param order how feature maps lie in memory
	 * @return index of that number in memory
	 */
	int place(final int k, final MemoryOrder order) {
		if (shape.length < 4 || order == MemoryOrder.CONTIGUOUS) return k;
		final int inputs = shape[1], area = shape[2] * shape[3];
		final int output = k / (inputs * area), input = k / area % inputs, pixel = k % area;
		return (output * area + pixel) * inputs + input;
	}
}
