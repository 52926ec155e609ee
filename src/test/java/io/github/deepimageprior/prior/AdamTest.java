package io.github.deepimageprior.prior;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Device;

import io.github.deepimageprior.engine.MemoryOrder;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The steps of the optimiser against its formulas (Kingma and Ba 2015, algorithm 1), in double precision. */
class AdamTest {

	private static final double FIRST = 0.9, EPSILON = 1e-8;

	@ParameterizedTest
	@ValueSource(doubles = { 0.5, 0.95, 0.999 })
	void everyStepFollowsTheFormula(final double second) {
		final FitSettings settings = FitSettings.DEFAULTS.withBeta2(second).withDevice("CPU");
		final Observation observation = Observation.of(FitTest.picture(16, 16, 1));
		try (FitState state = FitState.create(Hourglass.uniform(2, 8, 4, 1), settings, observation,
			new Initialization(0, null), Device.cpu(), MemoryOrder.CHANNELS_LAST))
		{
			final int n = state.parameters().length;
			final double[] v = new double[n];
			float[] before = new float[n];
			for (int step = 1; step <= 6; step++) {
				final float[] vector = floats(state.tensors().bytes().get(FitProtocol.State.PARAMETERS.ordinal()), n);
				state.run(step, 1, 0, Double.POSITIVE_INFINITY);
				final float[] m = floats(state.tensors().bytes().get(FitProtocol.State.MOMENTS.ordinal()), n),
					moved = floats(state.tensors().bytes().get(FitProtocol.State.PARAMETERS.ordinal()), n);
				for (int i = 0; i < n; i++) {
					final double slope = (m[i] - FIRST * before[i]) / (1 - FIRST);
					v[i] = second * v[i] + (1 - second) * slope * slope;
					final double scale = Math.sqrt(v[i] / (1 - Math.pow(second, step))) + EPSILON;
					final double move = settings.learningRate() * m[i] / (1 - Math.pow(FIRST, step)) / scale;
					assertEquals(move, vector[i] - moved[i], 1e-3 * Math.abs(move) + 1e-6,
						"parameter " + i + " at step " + step);
				}
				before = m;
			}
		}
	}

	@ParameterizedTest
	@ValueSource(doubles = { -0.1, 1, Double.NaN })
	void aMomentThatIsNoAverageIsRefused(final double second) {
		assertThrows(IllegalArgumentException.class, () -> FitSettings.DEFAULTS.withBeta2(second));
	}

	/** @return the first numbers of a tensor: parameters, or first moments */
	private static float[] floats(final ByteBuffer tensor, final int n) {
		final float[] first = new float[n];
		tensor.order(ByteOrder.nativeOrder()).asFloatBuffer().get(first);
		return first;
	}
}
