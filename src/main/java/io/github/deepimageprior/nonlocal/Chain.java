package io.github.deepimageprior.nonlocal;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.Program;
import io.github.deepimageprior.engine.Torch;

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

	/** @return the denoised picture; the noisy one if a stop came before the first step at full size was done */
	Picture run(final NonLocalListener listener, final Cancellation cancellation) {
		final int tiles = tiles(shape(1)) + (twoScales ? tiles(shape(2)) : 0);
		final Program program = Torch.compute(() -> Program.of(Chain.class, "Nonlocal", there.getDevice()));
		final NDArray full = Torch.compute(() -> there.create(components.values(), shape(1)));
		final NDArray variance = Torch
			.compute(() -> there.create(components.variance(), new Shape(1, noisy.height(), noisy.width())));
		NDArray coarse = null;
		if (twoScales) {
			final ScaleState scale = Torch.compute(
				() -> new ScaleState(program, there, here, settings, program.infer("halve", full).singletonOrThrow(),
					program.infer("halve", variance).singletonOrThrow().muli(0.25), null)); // means of four pixels
			final boolean complete = scale.run(() -> listener.reached((double) ++tilesDone / tiles, () -> noisy),
				cancellation);
			cancellation.requireNotCancelled();
			if (!complete) return noisy;
			coarse = Torch.compute(() -> scale.result(share));
		}
		final NDArray guide = coarse;
		final ScaleState scale = Torch
			.compute(() -> new ScaleState(program, there, here, settings, full, variance, guide));
		scale.run(() -> listener.reached((double) ++tilesDone / tiles, () -> result(scale)), cancellation);
		cancellation.requireNotCancelled();
		return result(scale);
	}

	private Picture result(final ScaleState scale) {
		if (scale.estimates().isEmpty()) return noisy;
		return components.picture(Torch.compute(() -> {
			try (NDArray result = scale.result(share)) {
				return result.toFloatArray();
			}
		}));
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
