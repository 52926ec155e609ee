package io.github.deepimageprior.prior;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObservationTest {

	private static final FitSettings QUICK = FitSettings.DEFAULTS.withIterations(40).withDevice("CPU");
	private static final Hourglass SMALL = Hourglass.uniform(2, 8, 4, 1);

	private static FitResult run(final Observation observation, final FitSettings settings) {
		return new Fit(Hourglass.uniform(2, 8, 4, observation.channels()), settings).run(observation, null, null,
			FitListener.NONE, new Cancellation());
	}

	private static Picture picture(final int width, final int height, final int channels) {
		return FitTest.picture(width, height, channels);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void theLossIsOverTheKnownPixelsAlone(final int masks) {
		final Picture picture = picture(24, 16, 2);
		final float[] known = new float[24 * 16 * masks];
		int count = 0;
		for (int i = 0; i < known.length; i++) count += (int) (known[i] = i % 3 == 0 || i > 500 ? 1 : 0);
		final float[] other = picture.values().clone();
		for (int i = 0; i < other.length; i++) if (known[i % known.length] == 0) other[i] = 0.5f;
		final FitResult one = run(Observation.of(picture).known(known), QUICK),
			two = run(Observation.of(picture.with(other)).known(known), QUICK);
		assertArrayEquals(one.losses(), two.losses(), "what is missing has no influence");
		assertArrayEquals(one.last().raw().values(), two.last().raw().values());
		for (int i = 0; i < other.length; i++) if (known[i % known.length] == 0) other[i] = Float.NaN;
		assertArrayEquals(one.last().raw().values(),
			run(Observation.of(picture.with(other)).known(known), QUICK).last().raw().values());
		double error = 0;
		final float[] raw = one.last().raw().values();
		for (int i = 0; i < raw.length; i++)
			if (known[i % known.length] == 1) error += Math.pow((double) raw[i] - picture.values()[i], 2);
		assertEquals(error / (count * 2 / masks), one.losses()[39], 1e-6);
	}

	@Test
	void whatIsKnownInOneChannelAloneCountsThere() {
		final float[] mask = new float[24 * 16], masks = new float[2 * mask.length];
		for (int i = 0; i < mask.length; i++) mask[i] = i % 7 == 0 ? 0 : 1;
		for (int i = 0; i < masks.length; i++) masks[i] = mask[i % mask.length];
		final Observation whole = Observation.of(picture(24, 16, 2));
		final FitSettings stopping = QUICK.withIterations(60).withRule(StoppingRule.emv(60));
		final FitResult once = run(whole.known(mask), stopping), each = run(whole.known(masks), stopping);
		assertArrayEquals(once.losses(), each.losses(), 1e-6);
		assertArrayEquals(once.last().raw().values(), each.last().raw().values(), 1e-3f);
		masks[5] = 0;
		masks[mask.length + 6] = 0;
		assertArrayEquals(Arrays.copyOfRange(masks, mask.length, masks.length),
			whole.known(masks).channel(1).known());
		assertEquals(0, whole.known(masks).part(4, 0, 8, 8).known()[1]);
		assertEquals(0, whole.known(masks).part(4, 0, 8, 8).known()[64 + 2]);
	}

	@Test
	void noKnownPixelIsRefused() {
		assertEquals("No pixel is known: set the mask to 1 where the picture is observed.",
			assertThrows(DipException.class,
				() -> run(Observation.of(picture(24, 16, 2)).known(new float[24 * 16]), QUICK)).getMessage());
	}

	@Test
	void allKnownIsTheWholePicture() {
		final float[] known = new float[24 * 16];
		Arrays.fill(known, 1);
		final double[] masked = run(Observation.of(picture(24, 16, 1)).known(known), QUICK).losses(),
			whole = run(Observation.of(picture(24, 16, 1)), QUICK).losses();
		assertEquals(whole[0], masked[0], 1e-6 * whole[0]);
	}

	@Test
	void theLossIsThatOfTheDownsampledPicture() {
		for (final Downsampler downsampler : Downsampler.values()) for (final int factor : new int[] { 2, 3, 4 }) {
			final Observation observation = Observation.of(picture(12, 10, 3)).downsampled(factor, downsampler);
			final FitResult result = run(observation, QUICK.withIterations(3));
			final Picture raw = result.last().raw();
			assertArrayEquals(new int[] { 12 * factor, 10 * factor }, new int[] { raw.width(), raw.height() });
			final Picture seen = downsampler.apply(raw, factor);
			double error = 0;
			for (int i = 0; i < seen.values().length; i++)
				error += Math.pow((double) seen.values()[i] - observation.target().values()[i], 2);
			assertEquals(error / seen.values().length, result.losses()[2], 1e-6, downsampler + " " + factor);
			assertEquals(result.losses()[2], Math.pow(10, -result.last().rawPsnr() / 10), 1e-6);
		}
	}

	@Test
	void photonsAreComparedByTheirDeviance() {
		final Picture picture = picture(16, 16, 1);
		final Observation observation = Observation.of(picture)
			.counts(new PoissonNoise(Collections.nCopies(1, 50.0), Collections.nCopies(1, 3.0)));
		final FitResult result = run(observation, QUICK);
		final float[] raw = result.last().raw().values();
		double deviance = 0;
		for (int i = 0; i < raw.length; i++) {
			final double k = 50 * picture.values()[i] + 3.1, expected = 50 * raw[i] + 3.1;
			deviance += 2 * (expected - k + k * Math.log(k / expected)) / raw.length;
		}
		assertEquals(deviance, result.losses()[39], 1e-4 * deviance);
		assertTrue(result.losses()[39] < result.losses()[0] / 2);
	}

	@Test
	void partsAndChannelsAreCut() {
		final Picture picture = picture(12, 10, 2);
		final float[] known = new float[120];
		known[3 * 12 + 5] = 1;
		final Observation part = Observation.of(picture).known(known).part(4, 2, 8, 8);
		assertEquals(1, part.known()[1 * 8 + 1]);
		assertEquals(picture.values()[120 + 5 * 12 + 6], part.target().values()[64 + 3 * 8 + 2]);
		assertArrayEquals(Arrays.copyOfRange(picture.values(), 120, 240),
			Observation.of(picture).channel(1).target().values());
		assertThrows(IllegalArgumentException.class, () -> Observation.of(picture).known(new float[3]));
	}

	@Test
	void langevinSamplesHaveMeanAndDeviationOfTheirOutputs() {
		final List<float[]> outputs = new ArrayList<>();
		final FitSettings settings = QUICK.withLangevin(new Langevin(10, 5))
			.withRollbackThreshold(Double.POSITIVE_INFINITY).withSnapshots(Steps.parse("every 5", 40));
		final FitResult result = new Fit(SMALL, settings).run(FitTest.picture(16, 16, 1), new FitListener() {

			@Override
			public void snapshot(final Snapshot snapshot) {
				if (snapshot.step() > 10) outputs.add(snapshot.raw().values());
			}
		}, new Cancellation());
		assertEquals(6, outputs.size());
		final float[] mean = result.mean().values(), deviation = result.deviation().values();
		for (int i = 0; i < mean.length; i++) {
			final int pixel = i;
			final double average = outputs.stream().mapToDouble(output -> output[pixel]).average().orElseThrow();
			final double squares = outputs.stream().mapToDouble(output -> Math.pow(output[pixel] - average, 2)).sum();
			assertEquals(average, mean[i], 1e-5);
			assertEquals(Math.sqrt(squares / 5), deviation[i], 1e-4);
		}
		assertFalse(
			Arrays.equals(result.last().raw().values(),
				new Fit(SMALL, QUICK).run(FitTest.picture(16, 16, 1)).last().raw().values()),
			"the noise moves the weights");
		assertEquals(6, result.summary().samples());
	}

	@Test
	void aWarmStartBeginsWhereTheOtherFitEnded() {
		final FitResult first = run(Observation.of(picture(24, 16, 1)), QUICK.withIterations(150));
		final double[] warm = new Fit(SMALL, QUICK.withIterations(3))
			.run(Observation.of(picture(24, 16, 1)), first.parameters(), null, FitListener.NONE, new Cancellation())
			.losses();
		assertTrue(warm[0] < first.losses()[0] / 4, warm[0] + " after " + first.losses()[149]);
		assertThrows(IllegalArgumentException.class, () -> new Fit(SMALL, QUICK).run(Observation.of(picture(24, 16, 1)),
			new float[3], null, FitListener.NONE, new Cancellation()));
	}
}
