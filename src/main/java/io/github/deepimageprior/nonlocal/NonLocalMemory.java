package io.github.deepimageprior.nonlocal;

import ai.djl.Device;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.engine.AvailableMemory;

/** Estimates the memory outside the Java heap that denoising needs at its peak. */
final class NonLocalMemory {

	/** Tensors of the size of the picture: noisy, sums, guide, estimates, their mean, the smaller scale. */
	private static final int PICTURES = 14;

	/** Matrices of all patches of a tile's area: those of both pictures, the sums, and copies while they are made. */
	private static final int MATRICES = 5;

	/** Bytes of the groups of patches that are denoised at once, and of the matrices of their equations. */
	private static final long GROUPS = 128L * 120 * (8 * 100 + 4 * 120) * Float.BYTES / 2;

	/** Bytes that libtorch's threads and kernels keep. */
	private static final long KERNELS = 16L << 20;

	private NonLocalMemory() {}

	/** @return estimated bytes */
	static long estimate(final NonLocalDenoiser settings, final int width, final int height, final int channels) {
		long matrix = 0;
		for (final ChainStep step : settings.steps(channels, width, height)) {
			final int reach = (ReferenceTile.side(channels) - 1) * settings.stride() + 2 * settings.radius(channels)
				+ 1;
			final long patches = (long) Math.min(reach, width) * Math.min(reach, height);
			matrix = Math.max(matrix, patches * step.side() * step.side() * Math.min(step.joint(), channels));
		}
		return Float.BYTES * ((long) PICTURES * width * height * channels + MATRICES * matrix) + GROUPS + KERNELS;
	}

	/** @throws DipException if denoising needs more memory than is available now */
	static void check(final NonLocalDenoiser settings, final int width, final int height, final int channels,
		final Device device)
	{
		final long needed = estimate(settings, width, height, channels), available = AvailableMemory.on(device);
		if (needed > available)
			throw DipException.tooLittleMemory("Denoising " + width + "x" + height + " pixels", needed, "memory",
				available, "select a smaller region, or close other images and programs");
	}
}
