package io.github.deepimageprior.prior;

import ai.djl.Device;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.prior.FitProtocol.State;

import java.util.Arrays;

/** Copies a fit's results from its tensors. */
final class FitResults {

	private final Fit fit;
	private final FitState state;
	private final Observation observation;

	FitResults(final Fit fit, final FitState state, final Observation observation) {
		this.fit = fit;
		this.state = state;
		this.observation = observation;
	}

	/** @return the moving average of the outputs so far */
	Picture average() {
		return picture(state.average());
	}

	/** @return the last step */
	Snapshot last(final FitCurves curves) {
		return snapshot(curves, curves.steps(), state.output(), state.average());
	}

	/** @return the step that the stopping rule selects */
	private Snapshot best(final FitCurves curves) {
		final float[] both = state.tensors().floats(State.BEST);
		return snapshot(curves, state.bestStep(), Arrays.copyOf(both, both.length / 2),
			Arrays.copyOfRange(both, both.length / 2, both.length));
	}

	private Snapshot snapshot(final FitCurves curves, final int step, final float[] output, final float[] average) {
		return new Snapshot(step, curves.loss(step), picture(output), picture(average),
			Snapshot.psnr(state.error(output)), Snapshot.psnr(state.error(average)));
	}

	private Picture picture(final float[] values) {
		return new Picture(values, observation.width(), observation.height(), observation.channels());
	}

	/**
	 * @param fitted the network, reduced to the scales that the picture allows
	 * @param curves of all steps
	 * @param ended whether the stopping rule has stopped the fit
	 * @param rollbacks number of returns to a checkpoint
	 * @param seconds since the start
	 * @return the result so far; if the user has stopped the fit, that of the last step, which the user has seen
	 */
	FitResult result(final Hourglass fitted, final FitCurves curves, final boolean ended, final int rollbacks,
		final double seconds)
	{
		final StopReason reason = reason(curves.steps(), ended);
		final Snapshot last = last(curves),
			best = reason != StopReason.STOPPED && state.bestStep() > 0 ? best(curves) : last;
		final int samples = fit.settings().langevin().samples(curves.steps());
		final Device used = state.device();
		final FitSummary summary = new FitSummary(fitted, fit.network().scales(), fit.settings(), curves.steps(),
			best.step(), reason, rollbacks, samples, best.loss(), best.rawPsnr(), best.averagedPsnr(),
			used.isGpu() ? "GPU " + used.getDeviceId() : "CPU", state.order(), Torch.threads(), seconds);
		return new FitResult(last, best, samples > 0 ? picture(state.tensors().floats(State.MEAN)) : null,
			samples > 1 ? deviation(samples) : null, curves.losses(), curves.variances(), state.parameters(), summary);
	}

	private StopReason reason(final int steps, final boolean ended) {
		if (!ended && steps < fit.settings().iterations()) return StopReason.STOPPED;
		if (!state.found()) return StopReason.ITERATIONS;
		if (state.foundByResidual()) return StopReason.RESIDUAL;
		return fit.settings().rule().remembers() ? StopReason.VARIANCE : StopReason.NOISE_LEVEL;
	}

	private Picture deviation(final int samples) {
		final float[] values = state.tensors().floats(State.SQUARES);
		for (int i = 0; i < values.length; i++) values[i] = (float) Math.sqrt(values[i] / (samples - 1));
		return picture(values);
	}
}
