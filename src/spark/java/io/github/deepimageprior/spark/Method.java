package io.github.deepimageprior.spark;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.Precision;
import io.github.deepimageprior.nonlocal.NonLocalDenoiser;
import io.github.deepimageprior.prior.Downsampler;
import io.github.deepimageprior.prior.Fit;
import io.github.deepimageprior.prior.FitListener;
import io.github.deepimageprior.prior.FitSettings;
import io.github.deepimageprior.prior.Preset;
import io.github.deepimageprior.restore.Denoise;
import io.github.deepimageprior.restore.DenoisingMethod;
import io.github.deepimageprior.restore.Enlarge;
import io.github.deepimageprior.restore.Inpaint;
import io.github.deepimageprior.restore.Partition;
import io.github.deepimageprior.restore.PictureSeries;
import io.github.deepimageprior.restore.RestorationResult;
import io.github.deepimageprior.restore.RestoreSettings;
import io.github.deepimageprior.restore.RuleSettings;
import io.github.deepimageprior.restore.SeriesRestorer;
import io.github.deepimageprior.restore.Task;
import io.github.deepimageprior.restore.Uncertainty;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

import picocli.CommandLine.Option;

/**
 * How pictures are restored: options with the meaning and the defaults of the plugin's commands. It travels to the
 * executors as it was written.
 */
final class Method implements Serializable {

	private static final long serialVersionUID = 1;

	/** Pixels of the largest result without tiles, and the side of a tile, as in {@link Partition}. */
	private static final int LARGEST_WHOLE = 1 << 20, TILE = 512;

	/** Side of the part of a picture that a trial restores, and steps of its two fits, whose difference counts. */
	private static final int TRIAL = 128, SHORT = 3, LONG = 13;

	/** What is to be done. */
	enum Kind {
		purify, denoise, inpaint, enlarge
	}

	/** Which pixels are missing. */
	enum Missing {
		value, NaN
	}

	/** What becomes of hot and dead pixels. */
	enum Hot {
		replace, keep
	}

	@Option(names = "--task", required = true, description = "${COMPLETION-CANDIDATES}")
	Kind kind;

	@Option(names = "--denoising-method", paramLabel = "METHOD", defaultValue = "non-local",
		description = "denoise: non-local, or 'deep image prior'; default: ${DEFAULT-VALUE}")
	String denoising;

	@Option(names = "--network", defaultValue = "Fast", description = "Fast, Paper, Arch-1 or Arch-2")
	String network;

	@Option(names = "--iterations", defaultValue = "0",
		description = "Steps of a fit; 0: 1000 to purify, otherwise as in ImageJ")
	int iterations;

	@Option(names = "--raw", description = "The result is a single output instead of the moving average.")
	boolean raw;

	@Option(names = "--seed", defaultValue = "0", description = "Seed of all random numbers")
	long seed;

	@Option(names = "--device", defaultValue = "CPU", description = "CPU, GPU 0, ... of every executor")
	String device;

	@Option(names = "--precision", defaultValue = "auto",
		description = "float32, bfloat16, or auto: the faster one on the driver")
	String precision;

	@Option(names = "--noise-level", defaultValue = "0",
		description = "denoise: standard deviation of the noise in the images' own units; 0: estimated")
	double noise;

	@Option(names = "--hot-pixels", defaultValue = "replace",
		description = "Single pixels far beyond all others: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
	Hot hot;

	@Option(names = "--missing", defaultValue = "NaN",
		description = "inpaint: missing are pixels that are NaN, or that have the missing value")
	Missing missing;

	@Option(names = "--missing-value", defaultValue = "0", description = "inpaint: value of the missing pixels")
	double missingValue;

	@Option(names = "--factor", defaultValue = "4", description = "enlarge: 2, 3, 4 or 8 times wider and higher")
	int factor;

	@Option(names = "--downsampler", defaultValue = "Lanczos2",
		description = "enlarge: Lanczos2, area, nearest or binning; how the image is assumed to have been downsampled")
	String downsampler;

	/** Checks the values, and chooses what was left to the program, before anything travels. */
	void resolve() {
		if (iterations < 0) throw new DipException("The iterations are " + iterations + ": use at least 1, or 0.");
		if (!(noise >= 0 && Double.isFinite(noise)))
			throw new DipException("The noise level is " + noise + ": use a number above 0, or 0 to estimate it.");
		if (!List.of(2, 3, 4, 8).contains(factor))
			throw new DipException("The factor is " + factor + ": use 2, 3, 4 or 8.");
		if (!List.of("non-local", "deep image prior").contains(denoising))
			throw new DipException("There is no denoising method '" + denoising
				+ "': use non-local or 'deep image prior'.");
		Downsampler.named(downsampler);
		precision = (isFitted() ? Precision.named(precision, device) : Precision.FLOAT32).toString();
	}

	/** @return whether a network is fitted, rather than filtered */
	boolean isFitted() {
		return kind != Kind.denoise || !denoising.equals("non-local");
	}

	/** @return the task; null to purify, which is none */
	Task task() {
		return switch (kind) {
			case purify -> null;
			case denoise -> new Denoise(isFitted() ? DenoisingMethod.DEEP_IMAGE_PRIOR : DenoisingMethod.NON_LOCAL);
			case inpaint -> new Inpaint(true);
			case enlarge -> new Enlarge(factor, Downsampler.named(downsampler), true);
		};
	}

	/** @return what was done, in the title of a result */
	String done() {
		return switch (kind) {
			case purify -> "purified";
			case denoise -> "denoised";
			case inpaint -> "inpainted";
			case enlarge -> "super-resolution x" + factor;
		};
	}

	private FitSettings fit(final int automatic) {
		return Preset.named(network).settings().withIterations(iterations == 0 ? automatic : iterations).withSeed(seed)
			.withDevice(device).withPrecision(Precision.named(precision, device));
	}

	private Fit purification(final int channels) {
		return new Fit(Preset.named(network).network(channels), fit(FitSettings.DEFAULTS.iterations()));
	}

	private RestoreSettings settings(final Task task, final double[] spans, final int tile, final int overlap) {
		final RestoreSettings defaults = task.defaults();
		final RuleSettings rule = defaults.rule();
		final List<Double> levels = noise == 0 ? List.of()
			: Arrays.stream(spans).mapToObj(span -> span == 0 ? 0 : noise / span).toList();
		return new RestoreSettings(Preset.named(network), fit(defaults.fit().iterations()), !raw, false,
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
		final Task task = task();
		if (task == null) return purification(picture.channels()).run(picture, FitListener.NONE, new Cancellation())
			.picture(!raw);
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
		if (!isFitted()) return scale * seconds(() -> restore(part, null, spans));
		final int times = kind == Kind.enlarge ? factor : 1, channels = part.channels();
		final Fit fit = purification(channels);
		seconds(() -> new Fit(fit.network(), fit.settings().withIterations(SHORT)).run(part)); // what is slow once
		final double few = seconds(() -> new Fit(fit.network(), fit.settings().withIterations(SHORT)).run(part));
		final double more = seconds(() -> new Fit(fit.network(), fit.settings().withIterations(LONG)).run(part));
		final int steps = task() == null ? fit.settings().iterations() : settings(task(), spans, 0, 0).fit()
			.iterations();
		return scale * times * times * steps * Math.max(0, more - few) / (LONG - SHORT);
	}

	private static double seconds(final Runnable work) {
		final long start = System.nanoTime();
		work.run();
		return (System.nanoTime() - start) / 1e9;
	}

	/** @return bytes outside the Java heap that a picture or tile of a size needs, an estimate */
	long memory(final int width, final int height, final int channels) {
		if (kind == Kind.purify) return purification(channels).memory(width, height);
		final int times = kind == Kind.enlarge ? factor : 1;
		final boolean tiles = (long) width * height * times * times > LARGEST_WHOLE;
		final int wide = tiles ? TILE : width * times, high = tiles ? TILE : height * times;
		return isFitted() ? purification(channels).memory(wide, high)
			: NonLocalDenoiser.DEFAULTS.memory(wide, high, channels);
	}
}
