package io.github.deepimageprior.nonlocal;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.Progress;
import io.github.deepimageprior.engine.Program;
import io.github.deepimageprior.engine.Torch;

import java.util.List;

/** One picture being denoised: the chain of steps at half the size, then at full size. */
final class Chain implements AutoCloseable {

	/** Pictures with a shorter side have no smaller scale. */
	private static final int LEAST_SIDE = 32;

	/** How far the low frequencies are moved towards the estimate at half the size: for one channel, for several. */
	private static final float SHARE_ONE = 0.2f, SHARE_SEVERAL = 0.3f;

	private final NonLocalDenoiser settings;
	private final Picture noisy;
	private final Components components;
	private final NDManager there, here; // as of ScaleState
	private final boolean twoScales;
	private final float share;
	private int tilesDone;

	Chain(final NonLocalDenoiser settings, final Picture noisy, final Components components, final Device device) {
		this.settings = settings;
		this.noisy = noisy;
		this.components = components;
		there = Torch.manager(device);
		here = Torch.manager(Device.cpu());
		twoScales = Math.min(noisy.width(), noisy.height()) >= LEAST_SIDE;
		share = components.count() == 1 ? SHARE_ONE : SHARE_SEVERAL;
	}

	private Shape shape(final int divisor) {
		return new Shape(components.count(), noisy.height() / divisor, noisy.width() / divisor);
	}

	private int tiles(final Shape shape) {
		return settings.steps(components.count(), (int) shape.get(2), (int) shape.get(1)).stream()
			.mapToInt(step -> settings.tiles(shape, step).size()).sum();
	}

	/** @param spread whether the spread of the estimates is wanted */
	NonLocalResult run(final Progress progress, final Cancellation cancellation, final boolean spread) {
		final int tiles = tiles(shape(1)) + (twoScales ? tiles(shape(2)) : 0);
		final Runnable tileDone = () -> progress.reached((double) ++tilesDone / tiles);
		final Program program = Torch.compute(() -> Program.of(Chain.class, "Nonlocal", there.getDevice()));
		final NDArray full = Torch.compute(() -> there.create(components.values(), shape(1)));
		NDArray coarse = null;
		if (twoScales) {
			final NDArray half = Torch.compute(() -> program.infer("halve", full).singletonOrThrow());
			final ScaleState scale = scale(program, half, null, 0.25); // the mean of four pixels
			final boolean complete = scale.run(tileDone, cancellation);
			cancellation.requireNotCancelled();
			if (!complete) return new NonLocalResult(noisy, null, 0);
			coarse = Torch.compute(() -> scale.result(share));
		}
		final ScaleState scale = scale(program, full, coarse, 1);
		scale.run(tileDone, cancellation);
		cancellation.requireNotCancelled();
		return result(scale, spread);
	}

	private ScaleState scale(final Program program, final NDArray picture, final NDArray coarse,
		final double variance)
	{
		return Torch.compute(() -> new ScaleState(program, there, here, settings, picture, coarse, variance));
	}

	private NonLocalResult result(final ScaleState scale, final boolean spread) {
		if (scale.estimates().isEmpty()) return new NonLocalResult(noisy, null, 0);
		final float[] values = Torch.compute(() -> scale.result(share).toFloatArray());
		return new NonLocalResult(components.picture(values),
			spread && scale.estimates().size() > 1 ? spread(scale.estimates()) : null, scale.done());
	}

	/** The standard deviation over the estimates (Welford 1962), zero for channels that have no noise. */
	private Picture spread(final List<NDArray> estimates) {
		final float[] mean = new float[noisy.values().length], squares = new float[mean.length];
		int n = 0;
		for (final NDArray estimate : estimates) {
			n++;
			final float[] values = components.picture(Torch.compute(estimate::toFloatArray)).values();
			for (int i = 0; i < mean.length; i++) {
				final float change = values[i] - mean[i];
				mean[i] += change / n;
				squares[i] += change * (values[i] - mean[i]);
			}
		}
		for (int i = 0; i < squares.length; i++) squares[i] = (float) Math.sqrt(Math.max(0, squares[i]) / (n - 1));
		return noisy.with(squares);
	}

	@Override
	public void close() {
		Torch.compute(() -> {
			there.close();
			here.close();
			return null;
		});
	}
}
