package io.github.deepimageprior.prior;

import ai.djl.Device;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.engine.MemoryOrder;
import io.github.deepimageprior.engine.NativeMemory;
import io.github.deepimageprior.engine.ParallelRuns;
import io.github.deepimageprior.engine.Torch;

import java.util.concurrent.CancellationException;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * Fits an untrained network to what is known of a picture, by gradient descent on the mean squared error (Ulyanov et
 * al., equation 2) or on the likelihood of photon counts. Stopped in time, the network's output is the picture without
 * its noise, holes, coarse pixels, or adversarial perturbation.
 *
 * <pre>{@code
 * FitResult result = new Fit(Preset.FAST.network(3), Preset.FAST.settings().withIterations(500)).run(picture);
 * Img<FloatType> purified = result.picture(true);
 * }</pre>
 *
 * The same seed gives the same picture, bit by bit, on one machine's CPU with the same number of threads.
 *
 * @param network the architecture; a picture too small for its depth is fitted with fewer scales
 * @param settings how it is fitted
 */
public record Fit(Hourglass network, FitSettings settings) {

	/** Fits to the end, unwatched. */
	public FitResult run(final RandomAccessibleInterval<? extends RealType<?>> picture) {
		return run(picture, FitListener.NONE, new Cancellation());
	}

	/**
	 * Fits to a whole picture.
	 *
	 * @param picture x × y × channels, or x × y for one channel, in 0..1
	 */
	public FitResult run(final RandomAccessibleInterval<? extends RealType<?>> picture, final FitListener listener,
		final Cancellation cancellation)
	{
		return run(Observation.of(picture), null, null, listener, cancellation);
	}

	/**
	 * Fits on the calling thread.
	 *
	 * @param observation what is known of the picture
	 * @param warm {@linkplain FitResult#parameters() parameters} of a similar picture to begin with; null to begin
	 *        untrained
	 * @param checkpoint where to go on if there is one, and where to keep it; null for none. Snapshots of steps that
	 *        were done before are not given again.
	 * @param listener follows the fit
	 * @param cancellation ends it early
	 * @return the result; after a stop too, with one step at least
	 * @throws CancellationException after a cancel or an interruption of the thread
	 * @throws DipException if the device, the memory or libtorch is not there, the checkpoint is of another fit, or the
	 *         fit diverges
	 */
	public FitResult run(final Observation observation, final float[] warm, final Checkpoint checkpoint,
		final FitListener listener, final Cancellation cancellation)
	{
		final int width = observation.width(), height = observation.height();
		if (!ParallelRuns.isLane()) requireMemory(width, height); // there it was looked at before, for all lanes
		if (observation.channels() != network.outputs())
			throw new IllegalArgumentException(
				"A network with " + network.outputs() + " outputs cannot show " + observation.channels() + " channels");
		final long began = System.nanoTime();
		final Initialization start = new Initialization(settings.seed(), warm);
		final Device device = Torch.device(settings.device());
		final Hourglass fitted = network.fitting(width, height);
		if (warm != null && warm.length != fitted.parameterCount())
			throw new IllegalArgumentException(warm.length + " parameters for " + fitted);
		try (
			NativeMemory memory = NativeMemory
				.keep(device.isGpu() ? 0 : FitMemory.estimate(fitted, width, height, settings));
			FitState state = FitState.create(fitted, settings, observation, start, device,
				MemoryOrder.of(device, settings.precision()));
			Cancellation.Watch watch = cancellation.watch(state::halt))
		{
			final FitLoop loop = new FitLoop(this, state, observation, start, listener, cancellation);
			if (checkpoint != null) loop.keep(checkpoint, warm);
			loop.run();
			return loop.result(fitted, (System.nanoTime() - began) / 1e9);
		}
	}

	/**
	 * @param width of the picture that is painted
	 * @param height of the picture that is painted
	 * @return bytes outside the Java heap that the fit takes at its peak, from an estimate
	 */
	public long memory(final int width, final int height) {
		return FitMemory.estimate(network.fitting(width, height), width, height, settings);
	}

	/**
	 * Looks before the start, from an estimate, whether a fit has the memory that it needs.
	 *
	 * @param width of the picture that is painted
	 * @param height of the picture that is painted
	 * @throws DipException if there is too little, or no such device
	 */
	public void requireMemory(final int width, final int height) {
		FitMemory.check(network.fitting(width, height), width, height, settings, Torch.device(settings.device()));
	}
}
