package io.github.deepimageprior.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Times convolutions like those of a fit, so that what is fastest on a device can be chosen. */
final class Trial {

	private static final int ROUNDS = 5;

	private Trial() {}

	/** How the convolutions are computed. */
	record Way(Precision precision, MemoryOrder order) {}

	/**
	 * Compares two ways, in turn, so that what else the machine does meets both; the first rounds make their kernels.
	 *
	 * @param side of the picture in pixels
	 * @return least seconds of the first way by least seconds of the second
	 */
	static double ratio(final Device device, final int side, final Way first, final Way second) {
		return Torch.compute(() -> {
			try (NDManager manager = Torch.manager(device); Program trial = new Program(Trial.class, "Trial", device)) {
				double one = Double.POSITIVE_INFINITY, other = Double.POSITIVE_INFINITY;
				for (int i = 0; i < ROUNDS; i++) {
					one = Math.min(one, seconds(trial, manager, side, first));
					other = Math.min(other, seconds(trial, manager, side, second));
				}
				return one / other;
			}
		});
	}

	private static double seconds(final Program trial, final NDManager manager, final int side, final Way way) {
		final long start = System.nanoTime();
		final long[] numbers = { way.precision == Precision.BFLOAT16 ? 1 : 0, way.order == MemoryOrder.CHANNELS_LAST ? 1 : 0, side };
		try (NDArray plan = manager.create(numbers); NDArray sum = trial.call("run", plan).singletonOrThrow()) {
			sum.getFloat();
		}
		return (System.nanoTime() - start) / 1e9;
	}
}
