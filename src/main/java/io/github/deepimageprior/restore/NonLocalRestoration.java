package io.github.deepimageprior.restore;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.engine.AtOnce;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.nonlocal.NonLocalDenoiser;
import io.github.deepimageprior.prior.Observation;
import io.github.deepimageprior.tile.Tile;

import java.nio.file.Path;
import java.util.List;

/**
 * Denoises one picture by non-local filtering, tile by tile if it is large.
 *
 * @param noise standard deviation of Gaussian noise in each channel, on the scale of the picture; empty to estimate how
 *        strong it is at each pixel
 * @param automatic whether to find out if the noise grows with the signal
 * @param partition what the parts are
 * @param repetitions of the bootstrap that estimates the uncertainty; 0 for none
 * @param seed of the bootstrap
 * @param device where it computes, see {@link Torch#device}
 * @param checkpoints folder from which an interrupted restoration resumes; null for none
 */
record NonLocalRestoration(List<Double> noise, boolean automatic, Partition partition, int repetitions, long seed,
	String device, Path checkpoints) implements PictureRestorer
{

	@Override
	public RestorationResult run(final Observation observation, final String name, final List<float[]> warm,
		final boolean keepParameters, final RestorationListener listener, final Cancellation cancellation)
	{
		final long began = System.nanoTime();
		final int threads = Torch.threads();
		final NoiseModel model = NoiseModel.of(observation, noise, automatic);
		final TileAssembler assembler = new TileAssembler(observation, partition.tiles(observation),
			partition.channels(observation), 1, false);
		final ProgressSum progress = new ProgressSum(assembler.parts(), 1, listener);
		partition.forEach(observation, 1, atOnce(observation, 1), cancellation, (part, group, box, cut, member) -> {
			final NoiseModel its = partition.separateChannels() ? model.channel(group) : model;
			final NonLocalPart work = new NonLocalPart(cut.target(), its.part(box), repetitions,
				seed + (long) part * repetitions, device);
			final Path file = checkpoints == null ? null
				: checkpoints.resolve(name + "-part" + part + "-seed" + seed + "-non-local.dip");
			assembler.add(part,
				work.run(file,
					(fraction, now) -> progress.reached(part, fraction, () -> assembler.preview(part, now.get())),
					cancellation));
		});
		final double[] range = model.map().range();
		return assembler.result().withNoise(model.estimated(observation.target())).with(new NonLocalSummary(
			Torch.deviceName(device), threads, (System.nanoTime() - began) / 1e9, range[0], range[1], model.growth()));
	}

	@Override
	public AtOnce atOnce(final Observation observation, final int pictures) {
		final int parts = partition.parts(observation);
		return parts > 1 && pictures > 1 ? AtOnce.ONE : AtOnce.of(parts * pictures, memory(observation), device, 1);
	}

	@Override
	public long memory(final Observation observation) {
		final Tile box = partition.tiles(observation).tile(0);
		return NonLocalDenoiser.DEFAULTS.memory(box.width(), box.height(), partition.channels(observation));
	}

	@Override
	public double work(final Observation observation) {
		final Tile box = partition.tiles(observation).tile(0);
		return (double) box.width() * box.height() * (1 + repetitions);
	}

	@Override
	public boolean mayStopEarly() {
		return false;
	}
}
