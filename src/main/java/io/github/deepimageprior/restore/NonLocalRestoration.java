package io.github.deepimageprior.restore;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.engine.AtOnce;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.nonlocal.NonLocalDenoiser;
import io.github.deepimageprior.prior.Observation;
import io.github.deepimageprior.tile.Tile;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

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
		final Observation whole = UnknownPixels.filled(observation);
		final List<Observation> groups = groups(whole);
		final List<NoiseModel> models = IntStream.range(0, groups.size())
			.mapToObj(group -> NoiseModel.of(groups.get(group), told(group), automatic, cancellation)).toList();
		// Before the tiles, when there is most room for it.
		final double ratio = IntStream.range(0, groups.size())
			.mapToDouble(group -> ToldNoise.ratio(models.get(group), groups.get(group).target(), cancellation))
			.reduce(1, ToldNoise::farther);
		final double dark = IntStream.range(0, groups.size())
			.mapToDouble(group -> ToldNoise.dark(models.get(group), groups.get(group).target())).max().orElse(0);
		final TileAssembler assembler = new TileAssembler(whole, partition.tiles(whole), partition.channels(whole), 1,
			false);
		final ProgressSum progress = new ProgressSum(assembler.parts(), 1, listener);
		final AtOnce atOnce = atOnce(whole, 1);
		partition.forEach(whole, 1, atOnce, cancellation, (part, group, box, cut, member) -> {
			final NonLocalPart work = new NonLocalPart(cut.target(), models.get(group).part(box), repetitions,
				seed + (long) part * repetitions, device);
			final Path file = checkpoints == null ? null
				: checkpoints.resolve(name + "-part" + part + "-seed" + seed + "-non-local.dip");
			final PartResult result = work.run(file,
				(fraction, now) -> progress.reached(part, fraction, () -> assembler.preview(part, now.get())),
				cancellation);
			if (result != null) assembler.add(part, result);
		});
		final List<Double> estimated = IntStream.range(0, groups.size())
			.mapToObj(group -> models.get(group).estimated(groups.get(group).target())).flatMap(List::stream).toList();
		final int threads = atOnce.isOneByOne(assembler.parts()) ? Torch.threads() : 1;
		return assembler.result().withNoise(estimated)
			.with(summary(models, threads, (System.nanoTime() - began) / 1e9, ratio, dark, cancellation.isRequested()));
	}

	/** @return the channels that are denoised together: those that are denoised one by one share nothing */
	private List<Observation> groups(final Observation observation) {
		return partition.separateChannels()
			? IntStream.range(0, observation.channels()).mapToObj(observation::channel).toList() : List.of(observation);
	}

	/** @return the noise of a group of channels that was told */
	private List<Double> told(final int group) {
		return partition.separateChannels() && !noise.isEmpty() ? noise.subList(group, group + 1) : noise;
	}

	private NonLocalSummary summary(final List<NoiseModel> models, final int threads, final double seconds,
		final double ratio, final double dark, final boolean stopped)
	{
		final List<double[]> ranges = models.stream().map(model -> model.map().range()).toList();
		return new NonLocalSummary(Torch.deviceName(device), threads, seconds,
			ranges.stream().mapToDouble(range -> range[0]).min().orElse(1),
			ranges.stream().mapToDouble(range -> range[1]).max().orElse(1),
			models.stream().flatMap(model -> model.growth().stream()).toList(), ratio, dark, stopped);
	}

	@Override
	public AtOnce atOnce(final Observation observation, final int pictures) {
		final int parts = partition.parts(observation);
		return parts > 1 && pictures > 1 ? AtOnce.ONE : AtOnce.of(parts * pictures, memory(observation), device, 1);
	}

	@Override
	public int parts(final Observation observation, final boolean keepParameters) {
		return partition.parts(observation);
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
