package io.github.deepimageprior.nonlocal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.engine.Program;
import io.github.deepimageprior.engine.Torch;

import java.util.ArrayList;
import java.util.List;

/**
 * The chain at one scale as it is in libtorch: its tensors, and the program {@code nonlocal.py} that changes them tile
 * by tile. To be created within {@link Torch#compute}.
 */
final class ScaleState {

	/** The share of the details that the estimate at half the size lacks, in the guide of the first step. */
	private static final float DETAIL = 0.25f;

	private final Program program;
	private final NDManager there; // where the patches are
	private final NDManager here; // the CPU, whose numbers the program reads without waiting for a GPU
	private final NonLocalDenoiser settings;
	private final NDArray noisy, variance, coarse;
	private final List<ChainStep> steps;
	private final List<NDArray> estimates = new ArrayList<>();

	/**
	 * @param noisy components × height × width
	 * @param variance of the noise in each of its pixels, 1 × height × width
	 * @param coarse the estimate at half the size; null if there is none
	 */
	ScaleState(final Program program, final NDManager there, final NDManager here, final NonLocalDenoiser settings,
		final NDArray noisy, final NDArray variance, final NDArray coarse)
	{
		this.program = program;
		this.there = there;
		this.here = here;
		this.settings = settings;
		this.noisy = noisy;
		this.variance = variance;
		this.coarse = coarse;
		final Shape shape = noisy.getShape();
		steps = settings.steps((int) shape.get(0), (int) shape.get(2), (int) shape.get(1));
	}

	/**
	 * Runs the steps of the chain.
	 *
	 * @param tileDone runs after every tile
	 * @return whether all steps were done, not ended early
	 */
	boolean run(final Runnable tileDone, final Cancellation cancellation) {
		while (estimates.size() < steps.size()) if (!step(tileDone, cancellation)) return false;
		return true;
	}

	private boolean step(final Runnable tileDone, final Cancellation cancellation) {
		final boolean first = estimates.isEmpty();
		final ChainStep step = steps.get(estimates.size());
		final NDArray pilot = first ? noisy : estimates.get(estimates.size() - 1);
		final NDArray guide = Torch.compute(() -> first ? guide() : pilot);
		final NDArray sums = Torch.compute(() -> there.zeros(new Shape(2).addAll(noisy.getShape())));
		try {
			for (final ReferenceTile tile : settings.tiles(noisy.getShape(), step)) {
				if (cancellation.isRequested()) return false;
				Torch.compute(() -> {
					add(tile, step, first, pilot, guide, sums);
					return null;
				});
				tileDone.run();
			}
			estimates.add(Torch.compute(() -> program.infer("estimate", sums, pilot).singletonOrThrow()));
			return true;
		}
		finally {
			Torch.compute(() -> {
				sums.close();
				if (guide != pilot) guide.close();
				return null;
			});
		}
	}

	private NDArray guide() {
		if (coarse == null) return noisy;
		try (NDArray detail = here.create(new float[] { DETAIL })) {
			return program.infer("guide", noisy, coarse, detail).singletonOrThrow();
		}
	}

	private void add(final ReferenceTile tile, final ChainStep step, final boolean first, final NDArray pilot,
		final NDArray guide, final NDArray sums)
	{
		try (NDManager call = here.newSubManager()) {
			program.infer("tile", noisy, pilot, guide, sums,
				call.create(
					step.numbers(tile, settings.radius((int) noisy.getShape().get(0)), settings.stride(), first)),
				variance).close();
		}
	}

	/**
	 * @return the estimates whose mean is the result: all except the first, which is coarser; only that one if there is
	 *         no other; none if no step was completed
	 */
	List<NDArray> estimates() {
		return estimates.size() < 2 ? estimates : estimates.subList(1, estimates.size());
	}

	/**
	 * The result of the steps done, at least one. To be called within {@link Torch#compute}.
	 *
	 * @param share how far its low frequencies are moved towards the estimate at half the size, 0..1
	 */
	NDArray result(final float share) {
		final NDArray mean = program.infer("mean", Program.arguments(Program.list("estimates", estimates())))
			.singletonOrThrow();
		estimates.forEach(estimate -> estimate.setName(null)); // the next step takes the last one by itself
		if (coarse == null) return mean;
		try (mean; NDArray number = here.create(new float[] { share })) {
			return program.infer("correct", mean, coarse, number).singletonOrThrow();
		}
	}
}
