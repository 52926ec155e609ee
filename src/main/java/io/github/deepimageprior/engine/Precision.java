package io.github.deepimageprior.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import io.github.deepimageprior.DipException;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The number format of the convolutions. Everything that is summed over many steps stays in float32. */
public enum Precision {

	/** 32-bit floating point. */
	FLOAT32,

	/**
	 * 16-bit brain floating point: about twice as fast on processors that compute in it, several times slower on
	 * others.
	 */
	BFLOAT16;

	/** The name of what {@link #fastest} finds. */
	public static final String AUTO = "auto";

	private static final int TRIALS = 5;

	/** The two differ by a factor of two or more, one way or the other. */
	private static final double CLEARLY = 0.9;

	/**
	 * Sides of pictures: where brain floats are emulated the larger one would take many seconds, and the smaller one
	 * says so at once.
	 */
	private static final int GLANCE = 32, LOOK = 96;

	/** The small picture's ratio beyond which no large one is looked at. */
	private static final double HOPELESS = 2;

	private static final Map<Device, Precision> FASTEST = new ConcurrentHashMap<>();

	/**
	 * @param name of a precision, or {@link #AUTO}
	 * @param device where it is to be the fastest
	 * @throws DipException if there is no such precision
	 */
	public static Precision named(final String name, final String device) {
		if (name.trim().equalsIgnoreCase(AUTO)) return fastest(Torch.device(device));
		for (final Precision precision : values())
			if (precision.toString().equalsIgnoreCase(name.trim())) return precision;
		throw new DipException("There is no precision '" + name + "': write auto, float32 or bfloat16.");
	}

	/**
	 * @return the format in which a processor computes convolutions faster, measured once, within a second, on one
	 *         thread; on a GPU float32, since up to 512×512 pixels it waits for the launch of kernels, of which brain
	 *         floats need more
	 */
	public static Precision fastest(final Device device) {
		return device.isGpu() ? FLOAT32 : FASTEST.computeIfAbsent(device, Precision::measured);
	}

	/** @return what a trial finds now */
	static Precision measured(final Device device) {
		return Torch.compute(() -> {
			final int threads = Torch.threads();
			Torch.setThreads(1); // several wait for each other: on a busy machine that would be all that is measured
			try (NDManager manager = Torch.manager(device);
				Program trial = new Program(Precision.class, "Trial", device))
			{
				return ratio(trial, manager, GLANCE) < HOPELESS && ratio(trial, manager, LOOK) < CLEARLY ? BFLOAT16
					: FLOAT32;
			}
			finally {
				Torch.setThreads(threads);
			}
		});
	}

	/** @return seconds in brain floats by seconds in 32 bits */
	private static double ratio(final Program trial, final NDManager manager, final int side) {
		final double[] least = { Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY };
		// In turn, so that what else the machine does meets both; the first ones make their kernels.
		for (int i = 0; i < TRIALS; i++) for (final Precision precision : values()) {
			least[precision.ordinal()] = Math.min(least[precision.ordinal()], seconds(trial, manager, precision, side));
		}
		return least[BFLOAT16.ordinal()] / least[FLOAT32.ordinal()];
	}

	private static double seconds(final Program trial, final NDManager manager, final Precision precision,
		final int side)
	{
		final int order = MemoryOrder.of(manager.getDevice(), precision).number();
		final long start = System.nanoTime();
		try (NDArray plan = manager.create(new long[] { precision.ordinal(), order, side });
			NDArray sum = trial.call("run", plan).singletonOrThrow())
		{
			sum.getFloat();
		}
		return (System.nanoTime() - start) / 1e9;
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}
}
