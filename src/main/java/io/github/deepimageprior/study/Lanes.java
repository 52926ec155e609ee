package io.github.deepimageprior.study;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.engine.ParallelRuns;
import io.github.deepimageprior.engine.Torch;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

/**
 * Computes items on this computer: on a CPU each on one core, as many at once as given, so that rows do not depend on
 * how many there are; on a GPU one after the other.
 *
 * @param count how many at once
 * @param gpu whether they compute on a GPU
 */
public record Lanes(int count, boolean gpu) implements Executor {

	/** Makes as many lanes as cores and memory allow, see {@link Executor.Factory#of}. */
	public static Lanes of(final int items, final long bytes, final String device) {
		return new Lanes(ParallelRuns.count(items, bytes, device), Torch.isGpu(device));
	}

	@Override
	public int lanes() {
		return count;
	}

	@Override
	public void run(final Worker worker, final List<WorkItem> items, final Receiver receiver,
		final Cancellation cancellation)
	{
		final List<Callable<Void>> work = items.stream()
			.map(item -> (Callable<Void>) () -> compute(worker, item, receiver, cancellation)).toList();
		if (gpu) ParallelRuns.run(work, 1, cancellation);
		else if (count < 2 || work.size() < 2) work.forEach(ParallelRuns::here);
		else ParallelRuns.run(work, count, cancellation);
	}

	private static Void compute(final Worker worker, final WorkItem item, final Receiver receiver,
		final Cancellation cancellation)
	{
		if (cancellation.isRequested()) return null;
		final Cancellation own = new Cancellation(); // a stop keeps complete items: it cancels this one
		try (Cancellation.Watch watch = cancellation.watch(own::cancel)) {
			receiver.done(worker.compute(item, fraction -> receiver.progress(item, fraction), own));
		}
		catch (final CancellationException ended) {
			cancellation.stop(); // so that no other item begins, also if the process is about to end
		}
		return null;
	}
}
