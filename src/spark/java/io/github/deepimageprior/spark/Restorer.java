package io.github.deepimageprior.spark;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.Precision;
import io.github.deepimageprior.nonlocal.NonLocalDenoiser;
import io.github.deepimageprior.prior.Fit;
import io.github.deepimageprior.prior.FitListener;
import io.github.deepimageprior.prior.FitSettings;
import io.github.deepimageprior.prior.Preset;
import io.github.deepimageprior.restore.Partition;
import io.github.deepimageprior.restore.PictureSeries;
import io.github.deepimageprior.restore.RestorationResult;
import io.github.deepimageprior.restore.RestoreSettings;
import io.github.deepimageprior.restore.RuleSettings;
import io.github.deepimageprior.restore.SeriesRestorer;
import io.github.deepimageprior.restore.Task;
import io.github.deepimageprior.restore.Uncertainty;

import java.util.Arrays;
import java.util.List;

/**
 * Restores pictures as the options say, on the calling thread.
 *
 * @param method the options
 */
record Restorer(Method method) {

	/** Side of the part of a picture that a trial restores, and steps of its two fits, whose difference counts. */
	private static final int TRIAL = 128, SHORT = 3, LONG = 13;

	private FitSettings fit(final int automatic) {
		return Preset.named(method.network).settings()
			.withIterations(method.iterations == 0 ? automatic : method.iterations).withSeed(method.seed)
			.withDevice(method.device).withPrecision(Precision.named(method.precision, method.device));
	}

	private Fit purification(final int channels) {
		return new Fit(Preset.named(method.network).network(channels), fit(FitSettings.DEFAULTS.iterations()));
	}

	private RestoreSettings settings(final Task task, final double[] spans, final int tile, final int overlap) {
		final RestoreSettings defaults = task.defaults();
		final RuleSettings rule = defaults.rule();
		final List<Double> levels = method.noise == 0 ? List.of()
			: Arrays.stream(spans).mapToObj(span -> span == 0 ? 0 : method.noise / span).toList();
		return new RestoreSettings(Preset.named(method.network), fit(defaults.fit().iterations()), !method.raw, false,
			new RuleSettings(rule.kind(), rule.patience(), rule.window(), levels), Uncertainty.DEFAULTS,
			new Partition(false, tile, overlap), 0, null);
	}

	/**
	 * Restores a picture on the calling thread.
	 *
	 * @param known 1 where a pixel is known; null if all are
	 * @param spans pixel values that 1 stands for, of each channel
	 */
	Picture restore(final Picture picture, final float[] known, final double[] spans) {
		return restore(picture, known, spans, 0, RestoreSettings.OVERLAP);
	}

	/** As {@link #restore(Picture, float[], double[])}, in tiles of a size; 0 for the size of the commands. */
	Picture restore(final Picture picture, final float[] known, final double[] spans, final int tile,
		final int overlap)
	{
		final Task task = method.task();
		if (task == null)
			return purification(picture.channels()).run(picture, FitListener.NONE, new Cancellation())
				.picture(!method.raw);
		final RestorationResult[] result = new RestorationResult[1];
		new SeriesRestorer(task, settings(task, spans, tile, overlap)).run(PictureSeries.of(picture, known),
			(index, restored) -> result[0] = restored, new Cancellation());
		return result[0] == null ? picture : result[0].picture();
	}

	/** @return seconds that {@link #restore(Picture, float[], double[])} takes on this thread, from a trial */
	double seconds(final Picture picture, final double[] spans) {
		final int width = Math.min(TRIAL, picture.width()), height = Math.min(TRIAL, picture.height());
		final double scale = (double) picture.width() * picture.height() / (width * height);
		final Picture part = picture.part(0, 0, width, height);
		if (!method.isFitted()) return scale * seconds(() -> restore(part, null, spans));
		final int times = method.kind == Method.Kind.enlarge ? method.factor : 1, channels = part.channels();
		final Fit fit = purification(channels);
		seconds(() -> new Fit(fit.network(), fit.settings().withIterations(SHORT)).run(part)); // what is slow once
		final double few = seconds(() -> new Fit(fit.network(), fit.settings().withIterations(SHORT)).run(part));
		final double more = seconds(() -> new Fit(fit.network(), fit.settings().withIterations(LONG)).run(part));
		final int steps = method.task() == null ? fit.settings().iterations()
			: settings(method.task(), spans, 0, 0).fit().iterations();
		return scale * times * times * steps * Math.max(0, more - few) / (LONG - SHORT);
	}

	private static double seconds(final Runnable work) {
		final long start = System.nanoTime();
		work.run();
		return (System.nanoTime() - start) / 1e9;
	}

	/**
	 * @param tile as for {@link #restore(Picture, float[], double[], int, int)}
	 * @return bytes outside the Java heap that a picture of a size needs, an estimate
	 */
	long memory(final int width, final int height, final int channels, final int tile) {
		if (method.kind == Method.Kind.purify) return purification(channels).memory(width, height);
		final int times = method.kind == Method.Kind.enlarge ? method.factor : 1;
		final int side = tile == 0 ? Partition.automaticTile(width * times, height * times) : 0;
		final int wide = side > 0 ? side : width * times, high = side > 0 ? side : height * times;
		return method.isFitted() ? purification(channels).memory(wide, high)
			: NonLocalDenoiser.DEFAULTS.memory(wide, high, channels);
	}
}
