package io.github.deepimageprior.engine;

import ai.djl.Device;

/**
 * How many pieces of work are done at once.
 *
 * @param lanes how many lanes compute in parallel, on a CPU each on one core; 1 on a GPU
 * @param together how many pieces share a lane and take {@linkplain Joint joint} steps
 * @param gpu whether they compute on a GPU, where all calls of libtorch are made by its own thread
 * @param filled whether every joint step is taken by exactly {@link Joint#most()} pieces; if fewer want one, the last
 *        is taken several times. Rounding depends on that number, and then on nothing else
 */
public record AtOnce(int lanes, int together, boolean gpu, boolean filled) {

	/** Share of the available memory that may be used. */
	private static final double SHARE = 0.8;

	/** One piece after the other, on the calling thread. */
	public static final AtOnce ONE = new AtOnce(1, 1, false, false);

	/** Checks the values. */
	public AtOnce {
		if (lanes < 1 || together < 1 || gpu && lanes > 1)
			throw new IllegalArgumentException(lanes + " lanes, " + together + " together");
	}

	/** As many at once as given, not filled. */
	public AtOnce(final int lanes, final int together, final boolean gpu) {
		this(lanes, together, gpu, false);
	}

	/**
	 * On a CPU, with {@linkplain #filled() filled} joint steps.
	 *
	 * @param pieces number of pieces
	 * @param bytes memory outside the Java heap that the pieces of a lane need
	 * @param together number of pieces in each lane
	 */
	public static AtOnce ofFilled(final int pieces, final long bytes, final int together) {
		final int groups = (pieces + together - 1) / together;
		return new AtOnce(of(groups, bytes, "CPU", 1).lanes(), together, false, true);
	}

	/**
	 * @param pieces number of pieces
	 * @param bytes memory outside the Java heap that each of them needs
	 * @param device where they compute, see {@link Torch#device}
	 * @param together the most pieces for which joint steps pay there
	 * @return as many lanes as there are cores, or one on a GPU, with as many pieces in each as pay, as far as the
	 *         memory suffices
	 */
	public static AtOnce of(final int pieces, final long bytes, final String device, final int together) {
		final Device where = Torch.device(device);
		if (pieces == 1) return new AtOnce(1, 1, where.isGpu());
		final double fit = SHARE * AvailableMemory.on(where) / bytes;
		return of(pieces, (int) Math.max(1, Math.min(fit, pieces)), where.isGpu() ? 1 : Torch.threads(), where.isGpu(),
			together);
	}

	/** @param most how many pieces the memory holds, at most all */
	static AtOnce of(final int pieces, final int most, final int cores, final boolean gpu, final int together) {
		final int lanes = Math.min(most, cores);
		final int share = (pieces + lanes - 1) / lanes; // not more in one lane than in another
		final int room = most == pieces ? share : most / lanes;
		return new AtOnce(lanes, Math.min(together, Math.min(share, room)), gpu);
	}

	/** @return whether so many pieces are done one after the other on the calling thread */
	public boolean isOneByOne(final int pieces) {
		return !filled && (count() < 2 || pieces < 2);
	}

	/** @return how many pieces at once */
	public int count() {
		return lanes * together;
	}
}
