package io.github.deepimageprior.restore;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.AtOnce;
import io.github.deepimageprior.engine.ParallelRuns;
import io.github.deepimageprior.prior.Checkpoint;
import io.github.deepimageprior.prior.DivergedFit;
import io.github.deepimageprior.prior.Fit;
import io.github.deepimageprior.prior.FitListener;
import io.github.deepimageprior.prior.FitResult;
import io.github.deepimageprior.prior.FitSettings;
import io.github.deepimageprior.prior.Hourglass;
import io.github.deepimageprior.prior.Observation;
import io.github.deepimageprior.prior.StoppingRule;
import io.github.deepimageprior.tile.Tile;
import io.github.deepimageprior.tile.Tiles;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;

/**
 * Restores one picture: an ensemble of fits for each of its parts (groups of channels, tiles).
 *
 * @param network gives the architecture for a number of channels
 * @param settings of all fits; the members of an ensemble have consecutive seeds, beginning with this one
 * @param averaged whether the result is the moving average of the outputs, rather than the output of a single step
 * @param partition what the parts are
 * @param members number of fits of each part, which differ by their seed
 * @param checkpoints folder from which an interrupted restoration resumes; null for none
 * @param keepsKnown whether the observed pixels stay as they are, so that a part that lacks none needs no fit
 */
public record Restoration(IntFunction<Hourglass> network, FitSettings settings, boolean averaged, Partition partition,
	int members, Path checkpoints, boolean keepsKnown) implements PictureRestorer
{

	/** Seconds between two checkpoints. */
	private static final double CHECKPOINT_SECONDS = 20;

	/**
	 * Restores on the calling thread, or on several.
	 *
	 * @param observation what is observed of the picture
	 * @param name of the picture, for the file names of its checkpoints; null if there are none
	 * @param warm parameters of a similar picture with the same partition; empty to start untrained
	 * @param keepParameters whether the result holds the parameters, for the next picture
	 * @param listener receives progress updates
	 * @param cancellation stops or cancels the restoration
	 * @throws CancellationException after a cancel
	 * @throws DipException as {@link Fit#run(Observation, float[], Checkpoint, FitListener, Cancellation)}, and if a
	 *         tile has no observed pixel
	 */
	@Override
	public RestorationResult run(final Observation observation, final String name, final List<float[]> warm,
		final boolean keepParameters, final RestorationListener listener, final Cancellation cancellation)
	{
		final Tiles tiles = partition.tiles(observation);
		final TileAssembler assembler = new TileAssembler(observation, tiles, partition.channels(observation), members,
			keepParameters);
		final ProgressSum progress = new ProgressSum(assembler.parts(), members, listener);
		requireSense(observation, tiles);
		final BitSet complete = complete(observation, keepParameters);
		complete.stream().forEach(part -> {
			progress.done(part);
			assembler.add(part, unchanged(partition.part(observation, part)));
		});
		final Ensembles ensembles = new Ensembles(members);
		final int fits = (assembler.parts() - complete.cardinality()) * members;
		partition.forEach(observation, members, atOnceFor(observation, fits), cancellation,
			(part, group, box, cut, member) -> {
				if (complete.get(part)) return;
				final FitSettings own = partition.separateChannels() ? settings.withRule(settings.rule().of(group))
					: settings;
				final FitResult fit = DivergedFit.naming(
					tiles.count() == 1 ? "" : "the tile at " + box.x() + ", " + box.y(), () -> fit(cut, own, name,
						part, member, warm, progress.of(part, member, assembler::preview), cancellation));
				final List<FitResult> all = ensembles.add(part, member, fit);
				progress.done(part, member);
				if (all != null) assembler.add(part, PartResult.of(all, averaged));
			});
		ensembles.incomplete().forEach(part -> assembler.add(part, PartResult.of(ensembles.remove(part), averaged)));
		return assembler.result();
	}

	/** Checks before the start whether the memory holds a part and whether each part has an observed pixel. */
	private void requireSense(final Observation observation, final Tiles tiles) {
		final Tile first = tiles.tile(0);
		if (!ParallelRuns.isMemoryChecked())
			new Fit(network.apply(partition.channels(observation)), settings)
				.requireMemory(first.width() * observation.factor(), first.height() * observation.factor());
		requireKnown(observation, tiles, "");
	}

	/**
	 * @param where of which picture they are, such as " of slice 3"
	 * @throws DipException if a channel of a tile has no observed pixel
	 */
	static void requireKnown(final Observation observation, final Tiles tiles, final String where) {
		if (observation.known() == null) return;
		for (final Tile box : tiles.all()) {
			final Picture mask = observation.mask().part(box.x(), box.y(), box.width(), box.height());
			for (int c = 0; c < mask.channels(); c++)
				if (Inpaint.count(mask.channels(c, 1).values()) == 0)
					throw new DipException("No pixel is known in the tile at " + box.x() + ", " + box.y() + where
						+ ": use larger tiles.");
		}
	}

	/** @return the parts that need no fit; if networks are kept for the next picture, every part has one */
	private BitSet complete(final Observation observation, final boolean keepParameters) {
		final BitSet complete = new BitSet();
		if (!keepsKnown || keepParameters || observation.known() == null) return complete;
		for (int part = 0; part < partition.parts(observation); part++) {
			final float[] known = partition.part(observation, part).known();
			complete.set(part, Inpaint.count(known) == known.length);
		}
		return complete;
	}

	private PartResult unchanged(final Observation part) {
		final Picture picture = part.target();
		final boolean deviates = members > 1 || settings.langevin().isOn();
		return new PartResult(picture, deviates ? picture.with(new float[picture.values().length]) : null, List.of());
	}

	@Override
	public int parts(final Observation observation, final boolean keepParameters) {
		return partition.parts(observation) - complete(observation, keepParameters).cardinality();
	}

	private FitResult fit(final Observation observation, final FitSettings own, final String name, final int part,
		final int member, final List<float[]> warm, final FitListener listener, final Cancellation cancellation)
	{
		final Fit fit = new Fit(network.apply(observation.channels()), own.withSeed(own.seed() + member));
		final String file = name + "-part" + part + "-seed" + fit.settings().seed() + ".dip";
		final Checkpoint checkpoint = checkpoints == null ? null
			: new Checkpoint(checkpoints.resolve(file), CHECKPOINT_SECONDS);
		final float[] start = warm.isEmpty() ? null : warm.get(part * members + member);
		return fit.run(observation, start, checkpoint, listener, cancellation);
	}

	@Override
	public AtOnce atOnce(final Observation observation, final int pictures) {
		final int fits = partition.parts(observation) * members;
		return fits > 1 && pictures > 1 ? AtOnce.ONE : atOnceFor(observation, fits * pictures);
	}

	private AtOnce atOnceFor(final Observation observation, final int fits) {
		final Tile box = partition.tiles(observation).tile(0);
		return new Fit(network.apply(partition.channels(observation)), settings).atOnce(fits,
			box.width() * observation.factor(), box.height() * observation.factor(), 0);
	}

	/** @return estimated bytes outside the Java heap that the fit of one part needs */
	@Override
	public long memory(final Observation observation) {
		final Tile box = partition.tiles(observation).tile(0);
		return new Fit(network.apply(partition.channels(observation)), settings)
			.memory(box.width() * observation.factor(), box.height() * observation.factor());
	}

	@Override
	public double work(final Observation observation) {
		final Tile box = partition.tiles(observation).tile(0);
		final int factor = observation.factor();
		return (double) box.width() * box.height() * factor * factor * settings.iterations() * members;
	}

	@Override
	public boolean mayStopEarly() {
		return settings.rule().kind() != StoppingRule.Kind.FIXED;
	}
}
