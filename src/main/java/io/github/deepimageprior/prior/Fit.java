package io.github.deepimageprior.prior;

import ai.djl.Device;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.AtOnce;
import io.github.deepimageprior.engine.MemoryOrder;
import io.github.deepimageprior.engine.NativeMemory;
import io.github.deepimageprior.engine.ParallelRuns;
import io.github.deepimageprior.engine.Torch;

import java.util.concurrent.CancellationException;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * Fits an untrained network to an observed picture, by gradient descent on the mean squared error (Ulyanov et al. 2018,
 * equation 2) or, for photon counts, on the Poisson deviance. Stopped in time, the network's output is the picture
 * without its noise, missing pixels, low resolution, or adversarial perturbation.
 *
 * <pre>{@code
 * FitResult result = new Fit(Preset.FAST.network(3), Preset.FAST.settings().withIterations(500)).run(picture);
 * Picture purified = result.picture(true);
 * }</pre>
 *
 * On the CPU of one machine, the same seed gives the same picture bit by bit, with the same number of threads. Where
 * several fits are run {@linkplain #atOnce at once}, their steps may be taken as one: then results are those of the fit
 * alone but for rounding, and the same bits for the same fits at once.
 *
 * @param network the architecture; for a picture that is too small for it, the number of scales is reduced
 * @param settings how it is fitted
 */
public record Fit(Hourglass network, FitSettings settings) {

	/**
	 * Fits to a whole picture, without a listener.
	 *
	 * @param picture x × y × channels, or x × y for one channel, in 0..1; it is copied
	 * @return the result
	 * @throws DipException as {@link #run(Observation, float[], Checkpoint, FitListener, Cancellation)}
	 */
	public FitResult run(final RandomAccessibleInterval<? extends RealType<?>> picture) {
		return run(picture, FitListener.NONE, new Cancellation());
	}

	/**
	 * Fits to a whole picture, without a listener.
	 *
	 * @param picture values in 0..1
	 * @return the result
	 * @throws DipException as {@link #run(Observation, float[], Checkpoint, FitListener, Cancellation)}
	 */
	public FitResult run(final Picture picture) {
		return run(picture, FitListener.NONE, new Cancellation());
	}

	/**
	 * Fits to a whole picture.
	 *
	 * @param picture x × y × channels, or x × y for one channel, in 0..1; it is copied
	 * @param listener receives progress updates and snapshots
	 * @param cancellation stops or cancels the fit from any thread
	 * @return the result; after a stop, of the steps done
	 * @throws CancellationException after a cancel or an interruption of the thread
	 * @throws DipException as {@link #run(Observation, float[], Checkpoint, FitListener, Cancellation)}
	 */
	public FitResult run(final RandomAccessibleInterval<? extends RealType<?>> picture, final FitListener listener,
		final Cancellation cancellation)
	{
		return run(Picture.of(picture), listener, cancellation);
	}

	/**
	 * Fits to a whole picture.
	 *
	 * @param picture values in 0..1
	 * @param listener receives progress updates and snapshots
	 * @param cancellation stops or cancels the fit from any thread
	 * @return the result; after a stop, of the steps done
	 * @throws CancellationException after a cancel or an interruption of the thread
	 * @throws DipException as {@link #run(Observation, float[], Checkpoint, FitListener, Cancellation)}
	 */
	public FitResult run(final Picture picture, final FitListener listener, final Cancellation cancellation) {
		return run(Observation.of(picture), null, null, listener, cancellation);
	}

	/**
	 * Fits to an observation. Returns when the fit has stopped; the listener is called on the calling thread.
	 *
	 * @param observation what is known of the picture
	 * @param warm {@linkplain FitResult#parameters() parameters} of a similar picture to start from; null to start
	 *        untrained
	 * @param checkpoint a file from which the fit continues if it exists, and which is kept up to date; null for none.
	 *        Snapshots of steps that were done before are not repeated.
	 * @param listener receives progress updates and snapshots
	 * @param cancellation stops or cancels the fit from any thread
	 * @return the result; after a stop, of the steps done, at least one
	 * @throws CancellationException after a cancel or an interruption of the thread
	 * @throws DipException if an observed value is NaN or infinite, no pixel is observed, the device is unknown, memory
	 *         is insufficient, libtorch cannot be loaded, the checkpoint belongs to another fit or cannot be read or
	 *         written, or the fit diverges
	 * @throws IllegalArgumentException if the picture has other channels than the network, or the number of warm
	 *         parameters is not that of the network
	 */
	public FitResult run(final Observation observation, final float[] warm, final Checkpoint checkpoint,
		final FitListener listener, final Cancellation cancellation)
	{
		ObservedValues.require(observation, "");
		final int width = observation.width(), height = observation.height();
		// Not for pieces of ParallelRuns.run: its caller has checked the memory of all of them together.
		if (!ParallelRuns.isMemoryChecked()) requireMemory(width, height);
		if (observation.channels() != network.outputs())
			throw new IllegalArgumentException("A network with " + network.outputs() + " outputs does not match "
				+ observation.channels() + " channels");
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
			final FitLoop loop = new FitLoop(settings, state, new FitResults(this, state, observation), start, listener,
				cancellation);
			if (checkpoint != null) loop.keep(checkpoint, FitIdentity.of(this, observation, warm, state.order()));
			loop.run();
			return loop.result(fitted, (System.nanoTime() - began) / 1e9);
		}
	}

	/**
	 * @param width of the output picture
	 * @param height of the output picture
	 * @return estimate of the bytes outside the Java heap that the fit needs at its peak
	 */
	public long memory(final int width, final int height) {
		return FitMemory.estimate(network.fitting(width, height), width, height, settings);
	}

	/**
	 * How many such fits to run at once. Several small ones take their steps as one, with networks side by side, where
	 * that is faster than one after the other; results are the same but for rounding.
	 *
	 * @param fits how many there are
	 * @param width of the output picture
	 * @param height of the output picture
	 * @param more bytes that each needs besides the fit's own memory
	 * @return as many as the device and its memory allow
	 */
	public AtOnce atOnce(final int fits, final int width, final int height, final long more) {
		final int together = together(width, height);
		return AtOnce.of(fits, memory(width, height) + more / together, settings.device(), together);
	}

	/**
	 * @param width of the output picture
	 * @param height of the output picture
	 * @return the most fits that are faster as one than one after the other
	 */
	public int together(final int width, final int height) {
		return FitMemory.together(network, width, height, Torch.device(settings.device()).isGpu());
	}

	/**
	 * Checks, from an estimate, whether there is enough memory for the fit.
	 *
	 * @param width of the output picture
	 * @param height of the output picture
	 * @throws DipException if there is too little memory, or no such device
	 */
	public void requireMemory(final int width, final int height) {
		FitMemory.check(network.fitting(width, height), width, height, settings, Torch.device(settings.device()));
	}
}
