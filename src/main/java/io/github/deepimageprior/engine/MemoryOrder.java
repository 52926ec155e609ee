package io.github.deepimageprior.engine;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * How the feature maps and weights of a network lie in memory. Results in the two orders differ by rounding, which many
 * steps amplify, and Langevin noise differs by more. So that results repeat, the choice depends on the processor and
 * not on a measurement.
 */
public enum MemoryOrder {

	/** All channels of a pixel next to each other. */
	CHANNELS_LAST("channels-last", 2),

	/**
	 * All pixels of a channel next to each other: faster in float32 on x86 processors without AVX-512, except for small
	 * pictures (src/bench/README.md).
	 */
	CONTIGUOUS("contiguous", 0);

	private static volatile Boolean wideVectors;

	private final String name;
	private final int number;

	MemoryOrder(final String name, final int number) {
		this.name = name;
		this.number = number;
	}

	/** @return libtorch's number of the memory format, as programs take it */
	public int number() {
		return number;
	}

	/**
	 * @param device where a network runs
	 * @param precision of its convolutions
	 * @return the order in which fits of large pictures are faster
	 */
	public static MemoryOrder of(final Device device, final Precision precision) {
		return device.isGpu() || precision == Precision.BFLOAT16 || hasWideVectors() ? CHANNELS_LAST : CONTIGUOUS;
	}

	/** @return whether libtorch's convolutions for this processor are written for channels-last order */
	private static boolean hasWideVectors() {
		// Without a lock: its holder would wait for libtorch's thread, which may ask for the lock too.
		if (wideVectors == null)
			wideVectors = !System.getProperty("os.arch").matches("amd64|x86_64")
				|| Torch.compute(MemoryOrder::hasAvx512);
		return wideVectors;
	}

	private static boolean hasAvx512() {
		try (NDManager manager = Torch.manager(Device.cpu());
			Program processor = new Program(MemoryOrder.class, "Processor", Device.cpu());
			NDArray any = manager.zeros(new Shape(1));
			NDArray answer = processor.infer("avx512", any).singletonOrThrow())
		{
			return answer.getLong() == 1;
		}
		catch (final EngineException unknown) {
			return true; // a libtorch without these kernels cannot answer
		}
	}

	@Override
	public String toString() {
		return name;
	}
}
