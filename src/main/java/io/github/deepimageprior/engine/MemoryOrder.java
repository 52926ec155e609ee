package io.github.deepimageprior.engine;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * How a network's maps and weights lie in memory. Results differ by rounding, which many steps amplify, and Langevin
 * noise by more; so what is chosen follows from the processor and not from a measurement, which may come out one way or
 * the other.
 */
public enum MemoryOrder {

	/** All channels of a pixel side by side. */
	CHANNELS_LAST("channels-last", 2),

	/**
	 * All pixels of a channel side by side: on x86 processors without AVX-512 faster in float32, but for small pictures
	 * (src/bench/README.md).
	 */
	CONTIGUOUS("contiguous", 0);

	private static volatile Boolean wideVectors;

	private final String name;
	private final int number;

	MemoryOrder(final String name, final int number) {
		this.name = name;
		this.number = number;
	}

	/** @return libtorch's number for it, which programs take */
	public int number() {
		return number;
	}

	/**
	 * @param device where a network runs
	 * @param precision of its convolutions
	 * @return the order in which large pictures are fitted faster
	 */
	public static MemoryOrder of(final Device device, final Precision precision) {
		return device.isGpu() || precision == Precision.BFLOAT16 || hasWideVectors() ? CHANNELS_LAST : CONTIGUOUS;
	}

	/** @return whether this processor is one for which libtorch's convolutions are written in channels-last order */
	private static boolean hasWideVectors() {
		// Without a lock: who held it would wait for libtorch's thread, which may ask too.
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
			return true; // a libtorch without these kernels cannot say
		}
	}

	@Override
	public String toString() {
		return name;
	}
}
