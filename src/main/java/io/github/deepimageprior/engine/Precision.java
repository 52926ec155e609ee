package io.github.deepimageprior.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import io.github.deepimageprior.DipException;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The number format of the convolutions. Everything that is accumulated over many steps stays in float32. */
public enum Precision {

	/** 32-bit floating point. */
	FLOAT32,

	/**
	 * 16-bit brain floating point: about twice as fast on processors with instructions for it, several times slower on
	 * others.
	 */
	BFLOAT16;

	/** Instead of a name: the precision that {@link #fastest} finds. */
	public static final String AUTO = "auto";

	private static final int TRIALS = 5;

	/** Below this ratio of times bfloat16 is clearly faster; the two differ by a factor of two or more. */
	private static final double CLEARLY = 0.9;

	/**
	 * Sides of the trial's pictures in pixels. Where bfloat16 is emulated the large one would take many seconds; the
	 * small one shows this at once.
	 */
	private static final int SMALL = 32, LARGE = 96;

	/** Ratio of times with the small picture beyond which the large one is not tried. */
	private static final double HOPELESS = 2;

	private static final Map<Device, Precision> FASTEST = new ConcurrentHashMap<>();

	/**
	 * Finds a precision by name.
	 *
	 * @param name {@code float32}, {@code bfloat16} or {@link #AUTO}, in upper or lower case
	 * @param device for {@link #AUTO}: where it is to be the fastest, see {@link Torch#device}
	 * @return the precision
	 * @throws DipException if there is no such precision
	 */
	public static Precision named(final String name, final String device) {
		if (name.trim().equalsIgnoreCase(AUTO)) return fastest(Torch.device(device));
		for (final Precision precision : values())
			if (precision.toString().equalsIgnoreCase(name.trim())) return precision;
		throw new DipException("There is no precision '" + name + "': use auto, float32 or bfloat16.");
	}

	/**
	 * @return the precision in which the device computes convolutions faster: on a CPU by a measurement on one thread,
	 *         which is made once and takes less than a second; on a GPU float32, since for pictures of up to 512×512
	 *         pixels the time is spent on launching kernels, of which bfloat16 needs more
	 */
	public static Precision fastest(final Device device) {
		return fastest(device, Precision::measured);
	}

	/** As {@link #fastest(Device)}, with the trial that measures a processor given. */
	static Precision fastest(final Device device, final Function<Device, Precision> trial) {
		return device.isGpu() ? FLOAT32 : FASTEST.computeIfAbsent(device, trial);
	}

	/** @return what a trial finds now; on one thread, since several would mainly measure how busy the machine is */
	static Precision measured(final Device device) {
		return Torch.compute(() -> OperatorThreads.with(1, () -> {
			try (NDManager manager = Torch.manager(device);
				Program trial = new Program(Precision.class, "Trial", device))
			{
				final boolean faster = ratio(trial, manager, SMALL) < HOPELESS
					&& ratio(trial, manager, LARGE) < CLEARLY;
				return faster ? BFLOAT16 : FLOAT32;
			}
		}));
	}

	/** @return time with bfloat16 divided by time with float32 */
	private static double ratio(final Program trial, final NDManager manager, final int side) {
		final double[] least = { Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY };
		// In turn, so that other load on the machine affects both; the first runs create the kernels.
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
		try (NDArray plan = manager.create(new long[] { precision == BFLOAT16 ? 1 : 0, order, side });
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
