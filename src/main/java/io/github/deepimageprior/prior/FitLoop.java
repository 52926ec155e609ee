package io.github.deepimageprior.prior;

import ai.djl.Device;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.engine.Torch;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;

/** The optimisation, call by call: a call ends at a snapshot, at a checkpoint, or after about half a second. */
final class FitLoop {

	private static final int CHECKPOINT_EVERY = 100, MOST_ROLLBACKS = 3;
	private static final double SECONDS_A_CALL = 0.5;

	private final Fit fit;
	private final FitSettings settings;
	private final FitState state;
	private final Observation observation;
	private final FitListener listener;
	private final Cancellation cancellation;
	private final Initialization start;
	private double[] losses = new double[CHECKPOINT_EVERY], variances = new double[CHECKPOINT_EVERY];
	private int done, checkpoint, rollbacks, pace = 1;
	private boolean ended;
	private Checkpoint file;
	private Map<String, String> identity;
	private long written = System.nanoTime();

	FitLoop(final Fit fit, final FitState state, final Observation observation, final Initialization start,
		final FitListener listener, final Cancellation cancellation)
	{
		this.fit = fit;
		this.state = state;
		this.observation = observation;
		this.listener = listener;
		this.cancellation = cancellation;
		settings = fit.settings();
		this.start = start;
	}

	/** Goes on where a file says, and keeps it up to date. */
	void keep(final Checkpoint where, final float[] warm) {
		file = where;
		identity = new LinkedHashMap<>();
		identity.put("network", fit.network().toString());
		identity.put("architecture", Integer.toHexString(fit.network().digest()));
		identity.put("iterations", String.valueOf(settings.iterations())); // what is changed most, by its name
		identity.put("seed", String.valueOf(settings.seed()));
		identity.put("stopping rule", settings.rule().toString());
		identity.put("precision", settings.precision().toString());
		identity.put("order of memory", state.order().toString());
		identity.put("settings", settings.toString());
		identity.put("image with the checksum", Integer.toHexString(observation.digest()));
		identity.put("start", Integer.toHexString(Arrays.hashCode(warm)));
		final Checkpoint.Content content = file.read(identity);
		if (content == null) {
			write(); // better an error now than after hours
			return;
		}
		done = content.done();
		checkpoint = content.checkpoint();
		rollbacks = content.rollbacks();
		losses = content.losses();
		variances = content.variances();
		state.resume(content.state(), content.saved());
		ended = state.ended();
	}

	void run() {
		while (goesOn()) {
			final int steps = nextStop() - done;
			final long began = System.nanoTime();
			final FitState.Done now = state.run(done + 1, steps, start.noiseSeed(rollbacks), limit());
			final int taken = now.losses().length;
			if (done + taken > losses.length) {
				losses = Arrays.copyOf(losses, 2 * (done + taken));
				variances = Arrays.copyOf(variances, losses.length);
			}
			System.arraycopy(now.losses(), 0, losses, done, taken);
			System.arraycopy(now.variances(), 0, variances, done, taken);
			done += taken;
			ended = state.ended();
			if (taken == 0 || taken < steps && !ended && !cancellation.isRequested()) goBack();
			else {
				pace = (int) Math.max(1, SECONDS_A_CALL * 1e9 * taken / (System.nanoTime() - began));
				report();
			}
		}
		cancellation.requireNotCancelled();
		if (file != null) write(); // so that a series of fits goes on where it was stopped
	}

	private boolean finished() {
		return ended || done == settings.iterations();
	}

	private boolean goesOn() {
		return !finished() && (!cancellation.isRequested() || done == 0 && !cancellation.isCancelled());
	}

	private int nextStop() {
		final Integer snapshot = settings.snapshots().higher(done);
		final int wanted = snapshot == null ? settings.iterations() : snapshot;
		return Math.min(Math.min(wanted, (done / CHECKPOINT_EVERY + 1) * CHECKPOINT_EVERY),
			Math.min(done + pace, settings.iterations()));
	}

	/** The loss that a fall of the PSNR by {@link FitSettings#rollbackThreshold()} since the checkpoint would mean. */
	private double limit() {
		return checkpoint == 0 || rollbacks == MOST_ROLLBACKS ? Double.POSITIVE_INFINITY
			: losses[checkpoint - 1] * Math.pow(10, settings.rollbackThreshold() / 10);
	}

	private void goBack() {
		if (checkpoint == 0 || rollbacks == MOST_ROLLBACKS)
			throw new DipException(
				"The fit diverged at step " + (done + 1) + ": try another seed, or precision float32.");
		state.restore();
		done = checkpoint;
		rollbacks++;
	}

	private void report() {
		if (done % CHECKPOINT_EVERY == 0) {
			state.save();
			checkpoint = done;
		}
		if (file != null && System.nanoTime() - written >= file.seconds() * 1e9) write();
		listener.progress(done, settings.iterations(), losses[done - 1], () -> image(state.average()));
		if (settings.snapshots().contains(done)) listener.snapshot(snapshot());
	}

	private void write() {
		file.write(identity, new Checkpoint.Content(done, checkpoint, rollbacks, Arrays.copyOf(losses, done),
			Arrays.copyOf(variances, done), state.values(), finished() ? List.of() : state.savedValues()));
		written = System.nanoTime();
	}

	private Snapshot snapshot() {
		return snapshot(done, state.output(), state.average());
	}

	private Snapshot snapshot(final int step, final float[] output, final float[] average) {
		return new Snapshot(step, losses[step - 1], image(output), image(average), Snapshot.psnr(state.error(output)),
			Snapshot.psnr(state.error(average)));
	}

	private Snapshot best() {
		final float[] both = state.best();
		return snapshot(state.bestStep(), Arrays.copyOf(both, both.length / 2),
			Arrays.copyOfRange(both, both.length / 2, both.length));
	}

	private Img<FloatType> image(final float[] values) {
		return ArrayImgs.floats(values, observation.width(), observation.height(), observation.channels());
	}

	/** @return what there is: after a stop by the user the last step, which is what the user saw */
	FitResult result(final Hourglass fitted, final double seconds) {
		final Snapshot last = snapshot();
		final int samples = settings.langevin().samples(done);
		final Device used = state.device();
		return new FitResult(last, finished() && state.bestStep() > 0 ? best() : last,
			samples > 0 ? image(state.mean()) : null, samples > 1 ? deviation(samples) : null,
			Arrays.copyOf(losses, done), Arrays.copyOf(variances, done), ended, rollbacks, fitted,
			fit.network().scales(), settings, state.parameters(), used.isGpu() ? "GPU " + used.getDeviceId() : "CPU",
			state.order(), Torch.threads(), seconds);
	}

	private Img<FloatType> deviation(final int samples) {
		final float[] values = state.squares();
		for (int i = 0; i < values.length; i++) values[i] = (float) Math.sqrt(values[i] / (samples - 1));
		return image(values);
	}
}
