package io.github.deepimageprior.restore;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.OutputFolder;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.AtOnce;
import io.github.deepimageprior.engine.ParallelRuns;
import io.github.deepimageprior.prior.DivergedFit;
import io.github.deepimageprior.prior.Observation;
import io.github.deepimageprior.prior.ObservedValues;
import io.github.deepimageprior.prior.StoppingRule;
import io.github.deepimageprior.tile.Tiles;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * Restores a series of pictures. A picture that follows its neighbour starts from the neighbour's network and needs
 * fewer iterations; pictures that do not depend on each other are restored at once, as far as the memory allows.
 *
 * <pre>{@code
 * Task task = new Denoise();
 * RestorationResult result = new SeriesRestorer(task, task.defaults()).run(picture);
 * }</pre>
 *
 * @param task what is to be done
 * @param settings how
 */
public record SeriesRestorer(Task task, RestoreSettings settings) {

	/**
	 * Restores a single picture, all pixels of which are observed.
	 *
	 * @param picture x × y × channels, or x × y for one channel, in 0..1; it is copied
	 */
	public RestorationResult run(final RandomAccessibleInterval<? extends RealType<?>> picture) {
		return run(Picture.of(picture));
	}

	/** Restores a single picture, all pixels of which are observed. */
	public RestorationResult run(final Picture picture) {
		return run(picture, null);
	}

	/**
	 * Restores a single picture.
	 *
	 * @param known height × width, or channels × height × width if they differ: 1 where a pixel is observed, 0
	 *        where it is missing; null if all are observed
	 * @return the result; the picture itself, without fits, if there is nothing to do
	 */
	public RestorationResult run(final Picture picture, final float[] known) {
		final List<RestorationResult> results = new ArrayList<>();
		run(PictureSeries.of(picture, known), (index, result) -> results.add(result), new Cancellation());
		return results.isEmpty() ? RestorationResult.unchanged(picture) : results.get(0);
	}

	/**
	 * Restores a series.
	 *
	 * @param listener gets the results, picture by picture, on any thread
	 * @param cancellation a stop keeps what there is, a cancel discards it
	 * @throws CancellationException after a cancel
	 * @throws DipException as {@link Restoration#run}, if an observed value is NaN or infinite, and if nothing can be
	 *         written to the folder for checkpoints
	 */
	public void run(final PictureSeries series, final SeriesListener listener, final Cancellation cancellation) {
		if (settings.checkpoints() != null) OutputFolder.require(settings.checkpoints(), "folder for checkpoints");
		requireKnown(series);
		final List<List<Integer>> chains = chains(series);
		final InOrder order = new InOrder(listener, cancellation);
		final AtOnce atOnce = atOnce(series, chains.size());
		ParallelRuns.run(chains.stream().<Callable<Void>>map(chain -> () -> {
			restore(series, chain, atOnce, order, cancellation);
			return null;
		}).toList(), atOnce, cancellation);
		cancellation.requireNotCancelled();
	}

	/** Checks all pictures before the first fit, so that none is lost for the sake of a later one. */
	private void requireKnown(final PictureSeries series) {
		Picture size = null;
		for (int i = 0; i < series.count() && !settings.isNonLocal(task); i++) {
			final float[] known = series.known(i);
			if (known == null) continue;
			if (size == null) size = series.read(i); // its pixels do not count
			final Observation observation = task.observe(size, known);
			if (observation == null) continue;
			final Partition partition = settings.planner(task, observation).partition();
			Restoration.requireKnown(observation, partition.tiles(observation),
				series.count() == 1 ? "" : " of " + series.label(i));
		}
	}

	/** @return the pictures, in lists of those that depend on the one before */
	private List<List<Integer>> chains(final PictureSeries series) {
		final List<List<Integer>> chains = new ArrayList<>();
		for (int i = 0; i < series.count(); i++) {
			if (i == 0 || !dependent() || !series.follows(i)) chains.add(new ArrayList<>());
			chains.get(chains.size() - 1).add(i);
		}
		return chains;
	}

	private boolean dependent() {
		return settings.warmStarts() && !settings.isNonLocal(task);
	}

	/** @return how many pictures of a series are restored at once: all of these are in the Java heap */
	public int picturesAtOnce(final PictureSeries series) {
		final int chains = chains(series).size();
		return Math.min(chains, atOnce(series, chains).count());
	}

	/** @param chains number of pictures that do not depend on each other */
	private AtOnce atOnce(final PictureSeries series, final int chains) {
		if (chains < 2) return AtOnce.ONE;
		final Picture size = series.size();
		final Observation observation = any(size.width(), size.height(), size.channels());
		return settings.planner(task, observation).atOnce(observation, chains);
	}

	private void restore(final PictureSeries series, final List<Integer> chain, final AtOnce atOnce,
		final InOrder order, final Cancellation cancellation)
	{
		List<float[]> warm = List.of();
		for (final int i : chain) {
			cancellation.requireNotCancelled();
			final Observation observation = task.observe(series.read(i), series.known(i));
			if (observation != null)
				ObservedValues.require(observation, series.count() == 1 ? "" : " of " + series.label(i));
			final PictureRestorer restorer = observation == null ? null
				: settings.restorer(task, observation, !warm.isEmpty());
			if (restorer == null) order.ended(i, to -> to.unchanged(i));
			else if (!order.begin(i, () -> plan(restorer, observation, atOnce, keepsParameters(series))))
				order.ended(i, to -> to.notReached(i));
			else {
				final RestorationResult result = run(restorer, series, i, observation, warm, order, cancellation);
				warm = result.parameters();
				order.ended(i, to -> {
					if (result.reached() > 0) to.restored(i, result);
					else to.notReached(i);
				});
			}
		}
	}

	private boolean keepsParameters(final PictureSeries series) {
		return series.count() > 1 && settings.warmStarts();
	}

	private RestorationResult run(final PictureRestorer restorer, final PictureSeries series, final int index,
		final Observation observation, final List<float[]> warm, final InOrder order, final Cancellation cancellation)
	{
		// Pictures of different images may have the same name.
		final String name = settings.checkpoints() == null ? null
			: series.checkpointName(index) + "-" + observation.digest();
		final RestorationResult result = DivergedFit.naming(series.count() == 1 ? "" : series.label(index),
			() -> restorer.run(observation, name, warm, keepsParameters(series),
				(progress, picture) -> order.progress(index, progress, picture), cancellation));
		final Picture picture = task.finish(result.picture(), observation);
		final boolean denoised = task instanceof Denoise && restorer instanceof Restoration;
		final RestorationResult finished = result.with(picture)
			.with(denoised ? Residual.of(observation, picture) : null);
		if (!(restorer instanceof Restoration fitted) || !settings.rule().estimates(observation)) return finished;
		final StoppingRule rule = fitted.settings().rule();
		return rule.kind() == StoppingRule.Kind.NOISE_LEVEL ? finished.withNoise(RuleSettings.deviations(rule))
			: finished;
	}

	/**
	 * Plans the restoration of a series. Loads libtorch for a picture of several parts, and for several pictures.
	 *
	 * @param width of a picture
	 * @param height of a picture
	 * @param channels of a picture
	 * @param pictures how many
	 * @throws DipException if there is no such device
	 */
	public SeriesPlan plan(final int width, final int height, final int channels, final int pictures) {
		final Observation observation = any(width, height, channels);
		final PictureRestorer restorer = settings.planner(task, observation);
		final boolean one = dependent() || pictures == 1;
		return plan(restorer, observation, one ? AtOnce.ONE : restorer.atOnce(observation, pictures), true);
	}

	/** @return what is observed of some picture of a size: no pixel of it counts, so it has none */
	private Observation any(final int width, final int height, final int channels) {
		final Picture size = new Picture(new float[0], width, height, channels);
		final Observation whole = task.observe(size, null);
		return whole == null ? Observation.of(size) : whole; // there may be nothing to do where no pixel is missing
	}

	private static SeriesPlan plan(final PictureRestorer restorer, final Observation observation,
		final AtOnce pictures, final boolean keepParameters)
	{
		final Tiles tiles = restorer.partition().tiles(observation);
		final int parts = restorer.parts(observation, keepParameters);
		final int parallel = Math.max(pictures.count(), Math.min(parts, restorer.atOnce(observation, 1).count()));
		return new SeriesPlan(tiles.count(), tiles.tile(0), parallel, parallel * restorer.memory(observation),
			parts * restorer.work(observation), restorer.mayStopEarly());
	}
}
