package io.github.deepimageprior.prior;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.engine.Joint;

import java.util.List;
import java.util.Map;

/**
 * The optimisation, run as a sequence of calls to {@code hourglass.py}: each ends at a snapshot, at a checkpoint, or
 * after about half a second. If the loss rises too far, the fit returns to its last checkpoint in memory and repeats
 * the steps with other noise.
 */
final class FitLoop {

	static final int MAX_ROLLBACKS = 3;
	private static final int CHECKPOINT_INTERVAL = 100;
	private static final double SECONDS_PER_CALL = 0.5;

	/**
	 * Of fits that share a lane: which of them are taken as one, on which rounding depends, must not depend on time.
	 */
	private static final int STEPS_TOGETHER = 20;

	private final FitSettings settings;
	private final FitState state;
	private final FitResults results;
	private final Initialization start;
	private final FitListener listener;
	private final Cancellation cancellation;
	private final FitCurves curves = new FitCurves();
	private int checkpoint, rollbacks, stepsPerCall = Joint.isShared() ? STEPS_TOGETHER : 1;
	private boolean ended;
	private Checkpoint file;
	private Map<String, String> identity;
	private long written = System.nanoTime();

	FitLoop(final FitSettings settings, final FitState state, final FitResults results, final Initialization start,
		final FitListener listener, final Cancellation cancellation)
	{
		this.settings = settings;
		this.state = state;
		this.results = results;
		this.start = start;
		this.listener = listener;
		this.cancellation = cancellation;
	}

	/**
	 * Continues from a file if there is one, and keeps it up to date.
	 *
	 * @param where the file
	 * @param properties what identifies this fit
	 */
	void keep(final Checkpoint where, final Map<String, String> properties) {
		file = where;
		identity = properties;
		final FitContent content = file.read(identity, settings, state.tensors().sizes());
		if (content == null) {
			write(); // better an error now than after hours
			return;
		}
		curves.add(content.losses(), content.variances());
		checkpoint = content.checkpoint();
		rollbacks = content.rollbacks();
		state.tensors().resume(content.state(), content.saved());
		ended = state.ended();
	}

	/** Runs to the end, or until it is stopped. */
	void run() {
		while (goesOn()) {
			final int done = curves.steps(), steps = nextStop(done) - done;
			final long began = System.nanoTime();
			final FitState.Done now = state.run(done + 1, steps, start.noiseSeed(rollbacks), limit());
			final int taken = now.losses().length;
			curves.add(now.losses(), now.variances());
			ended = state.ended();
			if (now.exceeded()) rollback();
			else {
				if (!Joint.isShared())
					stepsPerCall = (int) Math.max(1, SECONDS_PER_CALL * 1e9 * taken / (System.nanoTime() - began));
				if (taken > 0) report(curves.steps());
			}
		}
		cancellation.requireNotCancelled();
		if (file != null) write(); // so that a series of fits continues where it was stopped
	}

	private boolean finished() {
		return ended || curves.steps() == settings.iterations();
	}

	/** After a stop there is at least one step. */
	private boolean goesOn() {
		return !finished() && (!cancellation.isRequested() || curves.steps() == 0 && !cancellation.isCancelled());
	}

	private int nextStop(final int done) {
		final Integer snapshot = settings.snapshots().higher(done);
		final int wanted = snapshot == null ? settings.iterations() : snapshot;
		return Math.min(Math.min(wanted, (done / CHECKPOINT_INTERVAL + 1) * CHECKPOINT_INTERVAL),
			Math.min(done + stepsPerCall, settings.iterations()));
	}

	/** The loss at which the PSNR is {@link FitSettings#rollbackThreshold()} below that of the checkpoint. */
	private double limit() {
		return checkpoint == 0 || rollbacks == MAX_ROLLBACKS ? Double.POSITIVE_INFINITY
			: curves.loss(checkpoint) * Math.pow(10, settings.rollbackThreshold() / 10);
	}

	private void rollback() {
		if (checkpoint == 0 || rollbacks == MAX_ROLLBACKS)
			throw new DivergedFit(curves.steps() + 1);
		state.tensors().rollback();
		curves.rollback(checkpoint);
		rollbacks++;
	}

	private void report(final int done) {
		if (done % CHECKPOINT_INTERVAL == 0) {
			state.tensors().save();
			checkpoint = done;
		}
		if (file != null && System.nanoTime() - written >= file.seconds() * 1e9) write();
		listener.progress(done, settings.iterations(), curves.loss(done), results::average);
		if (settings.snapshots().contains(done)) listener.snapshot(results.last(curves));
	}

	private void write() {
		file.write(identity, new FitContent(checkpoint, rollbacks, curves.losses(), curves.variances(),
			state.tensors().bytes(), finished() ? List.of() : state.tensors().savedBytes()));
		written = System.nanoTime();
	}

	/** @return the result of the steps done */
	FitResult result(final Hourglass fitted, final double seconds) {
		return results.result(fitted, curves, ended, rollbacks, seconds);
	}
}
