package io.github.deepimageprior.restore;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.engine.ParallelRuns;
import io.github.deepimageprior.prior.Checkpoint;
import io.github.deepimageprior.prior.Fit;
import io.github.deepimageprior.prior.FitListener;
import io.github.deepimageprior.prior.FitResult;
import io.github.deepimageprior.prior.FitSettings;
import io.github.deepimageprior.prior.Hourglass;
import io.github.deepimageprior.prior.Observation;
import io.github.deepimageprior.tile.Tiles;

import java.awt.Rectangle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;

/**
 * Restores a picture: one fit for each of its parts (groups of channels, tiles) and for each seed.
 *
 * @param network gives the architecture for a number of channels
 * @param settings of all fits; further seeds follow the first
 * @param averaged whether the moving average of the outputs is the result, else the output of one step
 * @param partition what the parts are
 * @param seeds how many fits of each part, which differ by their seed
 * @param checkpoints folder for what an interrupted restoration goes on from; null for none
 */
public record Restoration(IntFunction<Hourglass> network, FitSettings settings, boolean averaged, Partition partition,
	int seeds, Path checkpoints)
{

	/** Seconds between two writings of a checkpoint. */
	private static final double CHECKPOINT_SECONDS = 20;

	/**
	 * Restores on the calling thread, or on several.
	 *
	 * @param observation what is known of the picture
	 * @param name of the picture, for the names of its checkpoints
	 * @param warm parameters of a similar picture, divided alike; empty to begin untrained
	 * @param handOn whether the parameters are wanted, for the next picture
	 * @param listener follows
	 * @param cancellation ends it early
	 * @throws CancellationException after a cancel
	 * @throws DipException as {@link Fit#run(Observation, float[], Checkpoint, FitListener, Cancellation)}
	 */
	public RestorationResult run(final Observation observation, final String name, final List<float[]> warm,
		final boolean handOn, final RestorationListener listener, final Cancellation cancellation)
	{
		final int groups = partition.groups(observation), lanes = lanes(observation);
		final Tiles tiles = partition.tiles(observation.target().width(), observation.target().height());
		final TileAssembler canvas = new TileAssembler(observation, tiles, partition.channels(observation), seeds,
			handOn, listener);
		requireSense(observation, tiles);
		final List<Callable<Void>> work = new ArrayList<>();
		for (int group = 0; group < groups; group++) {
			final Observation channels = groups > 1 ? observation.channel(group) : observation; // one copy for all its
																								 // tiles
			final FitSettings own = groups > 1 ? settings.withRule(settings.rule().of(group)) : settings;
			for (int tile = 0; tile < tiles.count(); tile++) {
				final int part = group * tiles.count() + tile;
				final Rectangle box = tiles.rectangle(tile);
				work.add(() -> {
					if (cancellation.isRequested() && part > 0) return null;
					final Observation its = tiles.count() == 1 ? channels
						: channels.part(box.x, box.y, box.width, box.height);
					canvas.add(part, fits(its, own, name, part, warm, canvas, cancellation));
					return null;
				});
			}
		}
		ParallelRuns.run(work, lanes, cancellation);
		cancellation.requireNotCancelled();
		return canvas.restored();
	}

	/** Looks before the start whether the memory holds a part and whether something is known in each. */
	private void requireSense(final Observation observation, final Tiles tiles) {
		final Rectangle first = tiles.rectangle(0);
		new Fit(network.apply(partition.channels(observation)), settings)
			.requireMemory(first.width * observation.factor(), first.height * observation.factor());
		if (observation.known() == null) return;
		for (final Rectangle box : tiles.rectangles()) {
			if (!any(observation.part(box.x, box.y, box.width, box.height).known()))
				throw new DipException(
					"No pixel is known in the tile at " + box.x + ", " + box.y + ": take larger tiles.");
		}
	}

	private static boolean any(final float[] known) {
		for (final float pixel : known) if (pixel > 0) return true;
		return false;
	}

	private PartResult fits(final Observation observation, final FitSettings own, final String name, final int part,
		final List<float[]> warm, final TileAssembler canvas, final Cancellation cancellation)
	{
		final List<FitResult> fits = new ArrayList<>();
		for (int seed = 0; seed < seeds && (seed == 0 || !cancellation.isRequested()); seed++) {
			final Fit fit = new Fit(network.apply(observation.channels()), own.withSeed(own.seed() + seed));
			final Path file = checkpoints == null ? null
				: checkpoints.resolve(name + "-part" + part + "-seed" + fit.settings().seed() + ".dip");
			final float[] start = warm.isEmpty() ? null : warm.get(part * seeds + seed);
			fits.add(fit.run(observation, start, file == null ? null : new Checkpoint(file, CHECKPOINT_SECONDS),
				canvas.listener(part, seed), cancellation));
		}
		return PartResult.of(fits, averaged);
	}

	/** @return how many parts are fitted at once: on a GPU one; on a CPU one for each core, if the memory holds them */
	public int lanes(final Observation observation) {
		final Tiles tiles = partition.tiles(observation.target().width(), observation.target().height());
		return ParallelRuns.count(partition.groups(observation) * tiles.count(), memory(observation),
			settings.device());
	}

	/** @return bytes outside the Java heap that the fit of one part takes, from an estimate */
	public long memory(final Observation observation) {
		final Rectangle box = partition.tiles(observation.target().width(), observation.target().height()).rectangle(0);
		return new Fit(network.apply(partition.channels(observation)), settings)
			.memory(box.width * observation.factor(), box.height * observation.factor());
	}
}
