package io.github.deepimageprior.restore;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.Progress;
import io.github.deepimageprior.engine.ParallelRuns;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.measure.NoiseLevel;
import io.github.deepimageprior.nonlocal.Anscombe;
import io.github.deepimageprior.nonlocal.NonLocalDenoiser;
import io.github.deepimageprior.prior.Observation;
import io.github.deepimageprior.prior.PoissonNoise;
import io.github.deepimageprior.tile.Tile;
import io.github.deepimageprior.tile.Tiles;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * Denoises one picture by non-local filtering, tile by tile if it is large. Photon noise is stabilised first.
 *
 * @param noise standard deviation of Gaussian noise in each channel, on the scale of the picture; empty to estimate it
 * @param partition what the parts are
 * @param device where it computes, see {@link Torch#device}
 */
record NonLocalRestoration(List<Double> noise, Partition partition, String device) implements PictureRestorer {

	@Override
	public RestorationResult run(final Observation observation, final String name, final List<float[]> warm,
		final boolean keepParameters, final RestorationListener listener, final Cancellation cancellation)
	{
		final long began = System.nanoTime();
		final int threads = Torch.threads(), groups = partition.groups(observation);
		final double[] levels = levels(observation);
		final Tiles tiles = partition.tiles(observation);
		final TileAssembler assembler = new TileAssembler(observation, tiles, partition.channels(observation), 1,
			false);
		final ProgressSum progress = new ProgressSum(assembler.parts(), 1, listener);
		final List<Callable<Void>> work = new ArrayList<>();
		for (int group = 0; group < groups; group++) for (int tile = 0; tile < tiles.count(); tile++) {
			final int part = group * tiles.count() + tile, channel = group;
			final Tile box = tiles.tile(tile);
			work.add(() -> {
				if (cancellation.isRequested() && part > 0) return null;
				final Observation whole = groups > 1 ? observation.channel(channel) : observation;
				final Observation its = tiles.count() == 1 ? whole
					: whole.part(box.x(), box.y(), box.width(), box.height());
				final double[] own = groups > 1 ? new double[] { levels[channel] } : levels;
				assembler.add(part,
					new PartResult(denoised(its, own,
						fraction -> progress.reached(part, fraction, () -> assembler.preview(part, its.target())),
						cancellation), null, List.of()));
				return null;
			});
		}
		ParallelRuns.run(work, lanes(observation), cancellation);
		cancellation.requireNotCancelled();
		final boolean estimated = noise.isEmpty() && observation.poisson() == null;
		return assembler.result().withNoise(estimated ? Arrays.stream(levels).boxed().toList() : List.of())
			.with(new NonLocalSummary(Torch.deviceName(device), threads, (System.nanoTime() - began) / 1e9));
	}

	private double[] levels(final Observation observation) {
		if (observation.poisson() != null) return new double[observation.channels()];
		return noise.isEmpty() ? NoiseLevel.estimate(observation.target())
			: noise.stream().mapToDouble(level -> level).toArray();
	}

	private Picture denoised(final Observation observation, final double[] levels, final Progress progress,
		final Cancellation cancellation)
	{
		final PoissonNoise photons = observation.poisson();
		if (photons == null)
			return NonLocalDenoiser.DEFAULTS.run(observation.target(), levels, device, progress, cancellation);
		return withoutPhotonNoise(observation.target(), photons, progress, cancellation);
	}

	/** A channel whose range is 0 has no scale of photons, and nothing to remove. */
	private Picture withoutPhotonNoise(final Picture noisy, final PoissonNoise photons, final Progress progress,
		final Cancellation cancellation)
	{
		final int[] channels = IntStream.range(0, noisy.channels()).filter(c -> photons.scale().get(c) > 0).toArray();
		if (channels.length == 0) return noisy;
		final Picture some = Picture.stack(IntStream.of(channels).mapToObj(c -> noisy.channels(c, 1)).toList());
		final Anscombe counts = new Anscombe(IntStream.of(channels).mapToObj(photons.scale()::get).toList(),
			IntStream.of(channels).mapToObj(photons.offset()::get).toList());
		final Picture clean = NonLocalDenoiser.DEFAULTS.run(some, counts, device, progress, cancellation);
		final Picture all = noisy.with(noisy.values().clone());
		for (int i = 0; i < channels.length; i++) all.paste(clean.channels(i, 1), 0, 0, channels[i]);
		return all;
	}

	@Override
	public int lanes(final Observation observation) {
		return ParallelRuns.count(partition.groups(observation) * partition.tiles(observation).count(),
			memory(observation), device);
	}

	@Override
	public long memory(final Observation observation) {
		final Tile box = partition.tiles(observation).tile(0);
		return NonLocalDenoiser.DEFAULTS.memory(box.width(), box.height(), partition.channels(observation));
	}

	@Override
	public boolean mayStopEarly() {
		return false;
	}
}
