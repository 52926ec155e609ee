package io.github.deepimageprior.prior;

import io.github.deepimageprior.engine.Joint;

import java.util.List;

/** The next steps of a fit, which the program takes as one with those of fits of the same kind. */
final class FitCall implements Joint {

	private final FitState state;
	private final int first, count;
	private final double[] own;
	private FitState.Done done;

	/**
	 * @param first number of the first step, from 1
	 * @param count the most steps
	 * @param own see {@link FitProtocol.Own}
	 */
	FitCall(final FitState state, final int first, final int count, final double[] own) {
		this.state = state;
		this.first = first;
		this.count = count;
		this.own = own;
	}

	@Override
	public Object kind() {
		return state.kind();
	}

	@Override
	public int first() {
		return first;
	}

	@Override
	public int most() {
		return state.most();
	}

	@Override
	public void run(final List<? extends Joint> all, final int end) {
		final List<FitCall> calls = all.stream().map(FitCall.class::cast).toList();
		final int least = calls.stream().mapToInt(call -> call.count).min().getAsInt();
		final List<FitState.Done> results = FitState.run(calls.stream().map(call -> call.state).toList(), first,
			Math.min(least, end - first), calls.stream().map(call -> call.own).toArray(double[][]::new));
		for (int i = 0; i < calls.size(); i++) calls.get(i).done = results.get(i);
	}

	/** @return the steps taken */
	FitState.Done done() {
		return done;
	}
}
