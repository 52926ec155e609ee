package io.github.deepimageprior.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import org.junit.jupiter.api.Test;

/** The noise that a GPU gets, where libtorch has no generators for programs; it comes out the same on the CPU. */
class NoiseTest {

	private static final double DEVIATION = 0.5;

	@Test
	void numbersFollowTheFormulas() {
		final int count = 7, pairs = 4;
		for (final long seed : new long[] { 0, 5, -1, Long.MAX_VALUE }) {
			final float[] expected = new float[count];
			for (int i = 0; i < pairs; i++) {
				final long bits = mix(mix(seed + 0x9E3779B97F4A7C15L) + i);
				final double radius = DEVIATION * Math.sqrt(-2 * Math.log(((bits >>> 32) + 0.5) / (1L << 32)));
				final double angle = 2 * Math.PI * (bits & 0xffffffffL) / (1L << 32);
				expected[i] = (float) (radius * Math.cos(angle));
				if (pairs + i < count) expected[pairs + i] = (float) (radius * Math.sin(angle));
			}
			assertArrayEquals(expected, hashed(count, seed), 1e-5f);
		}
	}

	@Test
	void numbersAreNormallyDistributedAndSeedsHaveNothingInCommon() {
		final float[] one = hashed(400_001, 1), two = hashed(400_001, 2);
		assertEquals(0, moment(one, one, 1, 0), 0.01);
		assertEquals(1, moment(one, one, 2, 0), 0.01);
		assertEquals(0, moment(one, one, 3, 0), 0.02);
		assertEquals(3, moment(one, one, 4, 0), 0.06);
		assertEquals(0, moment(one, two, 1, 1), 0.01);
	}

	/** @return the mean of a product of powers, the numbers in units of the deviation */
	private static double moment(final float[] a, final float[] b, final int ofA, final int ofB) {
		double sum = 0;
		for (int i = 0; i < a.length; i++) sum += Math.pow(a[i] / DEVIATION, ofA) * Math.pow(b[i] / DEVIATION, ofB);
		return sum / a.length;
	}

	private static float[] hashed(final int count, final long seed) {
		return Torch.compute(() -> {
			try (NDManager manager = Torch.manager(Device.cpu());
				Program program = new Program(NoiseTest.class, "NoiseTrial", Device.cpu()))
			{
				final NDArray noise = program.infer("hashed", manager.create(new long[] { count, seed }))
					.singletonOrThrow();
				return noise.toFloatArray();
			}
		});
	}

	/** The finaliser of SplitMix64. */
	private static long mix(final long seed) {
		long x = seed;
		x = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9L;
		x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
		return x ^ x >>> 31;
	}
}
