package io.github.deepimageprior.study;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.engine.AtOnce;
import io.github.deepimageprior.engine.ParallelRuns;
import io.github.deepimageprior.engine.Torch;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

/**
 * Computes items on this computer, as many at once as given: on a CPU each on one core.
 *
 * @param atOnce how many
 */
public record Lanes(AtOnce atOnce) implements Executor {

	/**
	 * Computes as many items at once as cores and memory allow, see {@link Executor.Factory#of}. On a CPU, the same
	 * seed gives the same rows, whatever else is left to do: steps are always those of the same number of fits.
	 */
	public static Lanes of(final int items, final long bytes, final String device, final int together) {
		return new Lanes(together == 1 || Torch.isGpu(device) ? AtOnce.of(items, bytes, device, together)
			: AtOnce.ofFilled(items, bytes, together));
	}

	@Override
	public int lanes() {
		return atOnce.gpu() ? atOnce.count() : atOnce.lanes();
	}

	@Override
	public void run(final Worker worker, final List<WorkItem> items, final Receiver receiver,
		final Cancellation cancellation)
	{
		final List<Callable<Void>> work = items.stream()
			.map(item -> (Callable<Void>) () -> compute(worker, item, receiver, cancellation)).toList();
		if (!atOnce.gpu() && atOnce.isOneByOne(work.size())) work.forEach(ParallelRuns::here);
		else ParallelRuns.run(work, atOnce, cancellation);
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
