package io.github.deepimageprior.prior;

import java.util.Arrays;

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
}
