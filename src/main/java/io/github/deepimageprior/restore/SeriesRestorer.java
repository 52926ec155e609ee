package io.github.deepimageprior.restore;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.prior.Observation;
import io.github.deepimageprior.prior.StoppingRule;
import io.github.deepimageprior.tile.Tiles;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * Restores a series of pictures, one after the other. A picture that follows its neighbour starts from the neighbour's
 * network and needs fewer iterations.
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
	 * @param known height × width: 1 where a pixel is observed, 0 where it is missing; null if all are observed
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
	 * @param listener gets the results, picture by picture
	 * @param cancellation a stop keeps what there is, a cancel discards it
	 * @throws CancellationException after a cancel
	 * @throws DipException as {@link Restoration#run}
	 */
	public void run(final PictureSeries series, final SeriesListener listener, final Cancellation cancellation) {
		List<float[]> warm = List.of();
		boolean begun = false;
		for (int i = 0; i < series.count(); i++) {
			cancellation.requireNotCancelled();
			if (!series.follows(i)) warm = List.of();
			final Observation observation = task.observe(series.read(i), series.known(i));
			if (observation == null) listener.unchanged(i);
			else if (begun && cancellation.isRequested()) listener.notReached(i);
			else {
				final PictureRestorer restorer = settings.restorer(task, observation, !warm.isEmpty());
				if (!begun) listener.started(plan(restorer, observation));
				begun = true; // the first is fitted even after a stop, so that there is something to keep
				final RestorationResult result = run(restorer, series, i, observation, warm, listener, cancellation);
				warm = result.parameters();
				listener.restored(i, result);
			}
		}
		cancellation.requireNotCancelled();
	}

	private RestorationResult run(final PictureRestorer restorer, final PictureSeries series, final int index,
		final Observation observation, final List<float[]> warm, final SeriesListener listener,
		final Cancellation cancellation)
	{
		// Pictures of different images may have the same name.
		final String name = series.checkpointName(index) + "-" + observation.digest();
		final RestorationResult result = restorer.run(observation, name, warm,
			series.count() > 1 && settings.warmStarts(),
			(progress, picture) -> listener.progress(index, progress, picture), cancellation);
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
	 * Plans the restoration of a picture. Loads libtorch for a picture of several parts.
	 *
	 * @param width of the picture
	 * @param height of the picture
	 * @param channels of the picture
	 * @throws DipException if there is no such device
	 */
	public SeriesPlan plan(final int width, final int height, final int channels) {
		final Picture any = new Picture(new float[Math.multiplyExact(width * height, channels)], width, height,
			channels);
		final float[] known = new float[width * height]; // without missing pixels a task may have nothing to do
		final Observation observation = task.observe(any, known);
		return plan(settings.restorer(task, observation, false), observation);
	}

	private static SeriesPlan plan(final PictureRestorer restorer, final Observation observation) {
		final Tiles tiles = restorer.partition().tiles(observation);
		final int lanes = restorer.atOnce(observation).count();
		return new SeriesPlan(tiles.count(), tiles.tile(0), lanes, lanes * restorer.memory(observation),
			tiles.count() * restorer.partition().groups(observation) * restorer.work(observation),
			restorer.mayStopEarly());
	}
}
