package io.github.deepimageprior.prior;

import ai.djl.Device;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Halt;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.NativeMemory;
import io.github.deepimageprior.engine.Torch;

import java.util.Arrays;
import java.util.concurrent.CancellationException;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Fits an untrained network to one picture, by gradient descent on the mean squared error (Ulyanov et al., equation 2). Stopped in
 * time, the network's output is the picture without its noise or adversarial perturbation.
 *
 * <pre>{@code
 * FitResult result = new Fit(Preset.FAST.network(3), FitSettings.DEFAULTS.withIterations(500)).run(picture);
 * Img<FloatType> purified = result.last().averaged();
 * }</pre>
 *
 * The same seed gives the same picture, bit by bit, on one machine's CPU with the same number of threads.
 *
 * @param network the architecture; a picture too small for its depth is fitted with fewer scales
 * @param settings how it is fitted
 */
public record Fit(Hourglass network, FitSettings settings) {

	private static final int CHECKPOINT_EVERY = 100, MOST_RESTORES = 3;
	private static final double SECONDS_A_CALL = 0.5;

	/** Fits to the end, unwatched. */
	public FitResult run(final RandomAccessibleInterval<? extends RealType<?>> picture) {
		return run(picture, FitListener.NONE, new Halt());
	}

	/**
	 * Fits on the calling thread.
	 *
	 * @param picture x × y × channels, or x × y for one channel, in 0..1
	 * @param listener follows the fit
	 * @param halt ends it early
	 * @return the result; after a stop too, with one step at least
	 * @throws CancellationException after a cancel or an interruption of the thread
	 * @throws DipException if the device, the memory or libtorch is not there, or the fit diverges
	 */
	public FitResult run(final RandomAccessibleInterval<? extends RealType<?>> picture, final FitListener listener, final Halt halt) {
		final int width = (int) picture.dimension(0), height = (int) picture.dimension(1);
		requireMemory(width, height);
		final float[] target = Picture.of(picture).values();
		if (target.length != width * height * network.outputs()) throw new IllegalArgumentException("A network with " + network.outputs() +
			" outputs cannot show " + target.length / (width * height) + " channels");
		final long start = System.nanoTime();
		final Device device = Torch.device(settings.device());
		final Hourglass fitted = network.fitting(width, height);
		try (NativeMemory memory = NativeMemory.keep();
			FitState state = FitState.create(fitted, settings.precision(), target, width, height, new Start(settings.seed()), device);
			Halt.Watch watch = halt.watch(state::halt))
		{
			final Loop loop = new Loop(state, target, width, height, listener, halt);
			loop.run();
			final Device used = state.device();
			return new FitResult(loop.snapshot(), Arrays.copyOf(loop.losses, loop.done), loop.done < settings.iterations(), loop.restores,
				fitted, network.scales(), settings, used.isGpu() ? "GPU " + used.getDeviceId() : "CPU", Torch.threads(), (System
					.nanoTime() - start) / 1e9);
		}
	}

	/**
	 * Looks before the start, from an estimate, whether a fit has the memory that it needs.
	 *
	 * @param width of the picture
	 * @param height of the picture
	 * @throws DipException if there is too little, or no such device
	 */
	public void requireMemory(final int width, final int height) {
		FitMemory.check(network.fitting(width, height), width, height, settings.precision(), Torch.device(settings.device()));
	}

	/** The optimisation, call by call: a call ends at a snapshot, at a checkpoint, or after about half a second. */
	private final class Loop {

		private final FitState state;
		private final float[] target;
		private final int width, height;
		private final FitListener listener;
		private final Halt halt;
		private final Start start = new Start(settings.seed());
		private double[] losses = new double[CHECKPOINT_EVERY];
		private int done, checkpoint, restores, pace = 1;

		Loop(final FitState state, final float[] target, final int width, final int height, final FitListener listener,
			final Halt halt)
		{
			this.state = state;
			this.target = target;
			this.width = width;
			this.height = height;
			this.listener = listener;
			this.halt = halt;
		}

		void run() {
			while (done < settings.iterations() && (!halt.isRequested() || done == 0 && !halt.isCancelled())) {
				final int steps = nextStop() - done;
				final long began = System.nanoTime();
				final double[] taken = state.run(settings, done + 1, steps, start.noiseSeed(restores), limit());
				if (done + taken.length > losses.length) losses = Arrays.copyOf(losses, 2 * (done + taken.length));
				System.arraycopy(taken, 0, losses, done, taken.length);
				done += taken.length;
				if (taken.length == 0 || taken.length < steps && !halt.isRequested()) goBack();
				else if (taken.length > 0) {
					pace = (int) Math.max(1, SECONDS_A_CALL * 1e9 * taken.length / (System.nanoTime() - began));
					report();
				}
			}
			halt.requireNotCancelled();
		}

		private int nextStop() {
			final Integer snapshot = settings.snapshots().higher(done);
			final int wanted = snapshot == null ? settings.iterations() : snapshot;
			return Math.min(Math.min(wanted, (done / CHECKPOINT_EVERY + 1) * CHECKPOINT_EVERY), Math.min(done + pace, settings
				.iterations()));
		}

		/** The loss that a fall of the PSNR by {@link FitSettings#drop()} since the checkpoint would mean. */
		private double limit() {
			return checkpoint == 0 || restores == MOST_RESTORES ? Double.POSITIVE_INFINITY : losses[checkpoint - 1] * Math.pow(10, settings
				.drop() / 10);
		}

		private void goBack() {
			if (checkpoint == 0 || restores == MOST_RESTORES) throw new DipException(
				"The fit diverged at step " + (done + 1) + ": try another seed, or precision float32.");
			state.restore();
			done = checkpoint;
			restores++;
		}

		private void report() {
			if (done % CHECKPOINT_EVERY == 0) {
				state.save();
				checkpoint = done;
			}
			listener.progress(done, settings.iterations(), losses[done - 1], () -> image(state.average()));
			if (settings.snapshots().contains(done)) listener.snapshot(snapshot());
		}

		Snapshot snapshot() {
			final float[] average = state.average();
			final double loss = losses[done - 1];
			return new Snapshot(done, loss, image(state.output()), image(average), Snapshot.psnr(loss), Snapshot.psnr(error(average)));
		}

		private double error(final float[] values) {
			double sum = 0;
			for (int i = 0; i < values.length; i++) {
				final double difference = values[i] - target[i];
				sum += difference * difference;
			}
			return sum / values.length;
		}

		private Img<FloatType> image(final float[] values) {
			return ArrayImgs.floats(values, width, height, network.outputs());
		}
	}
}
