package io.github.deepimageprior.engine;

import ai.djl.Device;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How a network's maps lie in memory. Results differ by rounding only, and by the input noise, which is drawn in this order. */
public enum MemoryOrder {

	/** All channels of a pixel side by side. */
	CHANNELS_LAST("channels-last"),

	/** All pixels of a channel side by side. */
	CONTIGUOUS("contiguous");

	/** Which is faster differs from processor to processor, by half and more; where they are alike, it must not be chance that decides. */
	private static final double CLEARLY = 0.8;

	private static final int SIDE = 96;

	private static final Map<Device, MemoryOrder> FASTEST = new ConcurrentHashMap<>();

	private final String name;

	MemoryOrder(final String name) {
		this.name = name;
	}

	/**
	 * @param device where a network runs
	 * @param precision of its convolutions; those in brain floats are made for {@link #CHANNELS_LAST}
	 * @return the order in which it is faster: measured once, within a fraction of a second
	 */
	public static MemoryOrder fastest(final Device device, final Precision precision) {
		if (precision == Precision.BFLOAT16) return CHANNELS_LAST;
		return FASTEST.computeIfAbsent(device, here -> Trial.ratio(here, SIDE, new Trial.Way(precision, CONTIGUOUS), new Trial.Way(precision,
			CHANNELS_LAST)) < CLEARLY ? CONTIGUOUS : CHANNELS_LAST);
	}

	@Override
	public String toString() {
		return name;
	}
}
