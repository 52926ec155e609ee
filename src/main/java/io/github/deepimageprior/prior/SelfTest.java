package io.github.deepimageprior.prior;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.Precision;

import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/** A short fit of the network {@link Preset#FAST} to a picture of 256×256 pixels in three channels. */
public final class SelfTest {

	private static final int SIDE = 256;

	/** Time from the first report of progress to the end, in nanoseconds. */
	private static final long DURATION = 2_500_000_000L;

	private SelfTest() {}

	/**
	 * Fits for about three seconds.
	 *
	 * @param device as in {@link FitSettings}
	 * @param cancellation cancels the test
	 * @return optimisation steps per second, without the preparations before the first ones
	 * @throws DipException as {@link Fit#run(Picture)}
	 * @throws CancellationException after a cancel
	 */
	public static double stepsPerSecond(final String device, final Cancellation cancellation) {
		final FitSettings settings = Preset.FAST.settings().withIterations(1_000_000).withDevice(device)
			.withPrecision(Precision.named(Precision.AUTO, device));
		final Cancellation end = new Cancellation();
		final Clock clock = new Clock(end);
		try (Cancellation.Watch watch = cancellation.watch(end::cancel)) {
			new Fit(Preset.FAST.network(3), settings).run(stripes(), clock, end);
		}
		return clock.stepsPerSecond();
	}

	private static Picture stripes() {
		final float[] values = new float[3 * SIDE * SIDE];
		for (int i = 0; i < values.length; i++) values[i] = i / 8 % 2 == 0 ? 0.25f : 0.75f;
		return new Picture(values, SIDE, SIDE, 3);
	}

	/** Stops the fit when it is time, and knows how fast it was. */
	private static final class Clock implements FitListener {

		private final Cancellation end;
		private long firstTime, lastTime;
		private int firstStep, lastStep;

		Clock(final Cancellation end) {
			this.end = end;
		}

		@Override
		public void progress(final int step, final int iterations, final double loss,
			final Supplier<Picture> averaged)
		{
			lastTime = System.nanoTime();
			lastStep = step;
			if (firstStep == 0) {
				firstTime = lastTime;
				firstStep = step;
			}
			else if (lastTime - firstTime >= DURATION) end.stop();
		}

		double stepsPerSecond() {
			return (lastStep - firstStep) / ((lastTime - firstTime) / 1e9);
		}
	}
}
