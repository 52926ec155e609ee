package io.github.deepimageprior.bench;

import com.google.gson.Gson;

import ij.IJ;
import ij.process.ImageProcessor;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.Precision;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.measure.NoiseLevel;
import io.github.deepimageprior.measure.Psnr;
import io.github.deepimageprior.measure.Ssim;
import io.github.deepimageprior.prior.BackProjection;
import io.github.deepimageprior.prior.Downsampler;
import io.github.deepimageprior.prior.FitSettings;
import io.github.deepimageprior.prior.FitSummary;
import io.github.deepimageprior.prior.Langevin;
import io.github.deepimageprior.prior.Observation;
import io.github.deepimageprior.prior.PoissonNoise;
import io.github.deepimageprior.prior.StoppingRule;
import io.github.deepimageprior.restore.Partition;
import io.github.deepimageprior.restore.Restoration;
import io.github.deepimageprior.restore.RestorationListener;
import io.github.deepimageprior.restore.RestorationResult;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Restores a picture whose clean version is known, and prints one line of JSON: how near it comes, when it stops, how
 * long it takes.
 */
public final class RestoreBenchmark {

	private final Map<String, String> options = new LinkedHashMap<>(
		Map.of("preset", "Fast", "iterations", "3000", "threads", "2", "precision", "auto", "seed", "0", "rule", "EMV",
			"patience", "500", "noise", "0.0333", "rate", "0.01"));

	/**
	 * Arguments: task (denoise, poisson, inpaint, super), clean picture, for denoise the noisy one, then pairs of
	 * option and value.
	 */
	public static void main(final String[] arguments) {
		new RestoreBenchmark().run(arguments);
	}

	private void run(final String[] arguments) {
		final String task = arguments[0];
		final Picture clean = picture(arguments[1]);
		for (int i = task.equals("denoise") ? 3 : 2; i < arguments.length; i += 2)
			options.put(arguments[i].substring(2), arguments[i + 1]);
		Torch.setThreads(number("threads"));
		final float[] known = mask(clean);
		final Observation observation = switch (task) {
			case "denoise" -> Observation.of(picture(arguments[2]));
			case "poisson" -> poisson(clean);
			case "inpaint" -> Observation.of(clean).known(known);
			default -> Observation.of(Downsampler.LANCZOS2.apply(clean, 4)).downsampled(4, Downsampler.LANCZOS2);
		};
		final RestorationResult restored = restoration(observation).run(observation, "benchmark", List.of(), false,
			RestorationListener.NONE, new Cancellation());
		final Map<String, Object> figures = new LinkedHashMap<>();
		figures.put("task", task);
		figures.put("options", options);
		if (task.equals("inpaint")) figures.put("psnr_missing", Psnr.of(clean, restored.picture(), inverse(known)));
		else if (task.equals("super")) {
			figures.put("psnr_y_cropped_of_the_network", Psnr.of(luma(clean), luma(restored.picture())));
			figures.put("psnr_y_cropped",
				Psnr.of(luma(clean), luma(BackProjection.apply(restored.picture(), observation))));
		}
		else {
			figures.put("psnr_before", Psnr.of(clean, observation.target()));
			figures.put("psnr", Psnr.of(clean, restored.picture()));
			figures.put("ssim", Ssim.of(clean, restored.picture()));
		}
		if (restored.deviation() != null) {
			figures.put("correlation_with_error", correlation(restored, clean, 1));
			figures.put("correlation_with_error_8x8", correlation(restored, clean, 8));
		}
		putSummary(figures, restored.summaries().get(0));
		System.out.println(new Gson().toJson(figures));
	}

	private static void putSummary(final Map<String, Object> figures, final FitSummary fit) {
		figures.put("network", fit.network().toString());
		figures.put("steps", fit.steps());
		figures.put("best_step", fit.bestStep());
		figures.put("stop_reason", fit.reason().name().toLowerCase(Locale.ROOT));
		figures.put("rollbacks", fit.rollbacks());
		figures.put("loss", fit.loss());
		figures.put("psnr_to_input", fit.rawPsnr());
		figures.put("averaged_psnr_to_input", fit.averagedPsnr());
		figures.put("fit_precision", fit.settings().precision().toString());
		figures.put("device", fit.device());
		figures.put("threads", fit.threads());
		figures.put("seconds", fit.seconds());
	}

	private Restoration restoration(final Observation observation) {
		final boolean langevin = options.containsKey("burnin");
		FitSettings settings = FitBenchmark.settings(options).withIterations(number("iterations"))
			.withSeed(number("seed")).withPrecision(Precision.named(options.get("precision"), "auto"))
			.withInputNoise(Double.parseDouble(options.get("noise")))
			.withLearningRate(Double.parseDouble(options.get("rate"))).withRule(rule(observation));
		if (langevin) {
			final Langevin samples = new Langevin(number("burnin"), number("spacing"));
			settings = settings.withLangevin(samples).withIterations(samples.steps(number("samples")))
				.withRollbackThreshold(Double.POSITIVE_INFINITY);
		}
		final int seeds = options.containsKey("fits") ? number("fits") : 1;
		return new Restoration(outputs -> FitBenchmark.network(options, outputs), settings, !options.containsKey("raw"),
			Partition.NONE, seeds, null, false);
	}

	private StoppingRule rule(final Observation observation) {
		return switch (options.get("rule")) {
			case "EMV" -> StoppingRule.emv(number("patience"));
			case "WMV" -> StoppingRule.wmv(100, number("patience"));
			case "noise" -> observation.poisson() != null ? StoppingRule.noiseLevel(1)
				: StoppingRule.noiseLevel(NoiseLevel.variances(observation.target(), observation.known()));
			default -> StoppingRule.FIXED;
		};
	}

	private int number(final String option) {
		return Integer.parseInt(options.get(option));
	}

	private static Picture picture(final String file) {
		final ImageProcessor image = IJ.openImage(file).getProcessor();
		final int colours = image.getNChannels(), area = image.getPixelCount();
		final float[] values = new float[colours * area];
		for (int c = 0; c < colours; c++) {
			final ImageProcessor channel = image.toFloat(c, null);
			for (int i = 0; i < area; i++) values[c * area + i] = channel.getf(i) / 255;
		}
		return new Picture(values, image.getWidth(), image.getHeight(), colours);
	}

	/** Photon counts of at most 40, in 16 bits as a camera gives them: 25 grey levels a photon, 100 without light. */
	private static Observation poisson(final Picture clean) {
		final Random random = new Random(0);
		final float[] counts = new float[clean.values().length];
		for (int i = 0; i < counts.length; i++) {
			final double mean = 40 * clean.values()[i];
			double product = random.nextDouble();
			for (final double end = Math.exp(-mean); product > end; product *= random.nextDouble()) counts[i]++;
		}
		for (int i = 0; i < counts.length; i++) counts[i] /= 40;
		return Observation.of(clean.with(counts)).counts(
			new PoissonNoise(Collections.nCopies(clean.channels(), 40.0), Collections.nCopies(clean.channels(), 0.0)));
	}

	/** Half of the pixels at random. */
	private static float[] mask(final Picture picture) {
		final Random random = new Random(0);
		final float[] known = new float[picture.width() * picture.height()];
		for (int i = 0; i < known.length; i++) known[i] = random.nextBoolean() ? 1 : 0;
		return known;
	}

	private static float[] inverse(final float[] mask) {
		final float[] inverse = new float[mask.length];
		for (int i = 0; i < mask.length; i++) inverse[i] = 1 - mask[i];
		return inverse;
	}

	/** Y of YCbCr without four pixels at each border, as super-resolution is judged. */
	private static Picture luma(final Picture picture) {
		final int area = picture.width() * picture.height();
		final float[] y = new float[area];
		for (int i = 0; i < area; i++) {
			y[i] = picture.channels() < 3 ? picture.values()[i] : (16 + 65.481f * picture.values()[i]
				+ 128.553f * picture.values()[area + i] + 24.966f * picture.values()[2 * area + i]) / 255;
		}
		return new Picture(y, picture.width(), picture.height(), 1).part(4, 4, picture.width() - 8,
			picture.height() - 8);
	}

	/**
	 * Of the standard deviation and the error: root mean squares over squares of this side, since a single pixel's
	 * error is a matter of luck.
	 */
	private static double correlation(final RestorationResult restored, final Picture clean, final int side) {
		final Picture sure = restored.deviation(), picture = restored.picture();
		final int across = clean.width() / side, down = clean.height() / side, n = across * down;
		double a = 0, b = 0, aa = 0, bb = 0, ab = 0;
		for (int i = 0; i < n; i++) {
			final int left = i % across * side, top = i / across * side;
			final float[] deviation = sure.part(left, top, side, side).values(),
				got = picture.part(left, top, side, side).values(), wanted = clean.part(left, top, side, side).values();
			double spread = 0, error = 0;
			for (int k = 0; k < got.length; k++) {
				spread += deviation[k] * deviation[k];
				error += (got[k] - wanted[k]) * (got[k] - wanted[k]);
			}
			final double x = Math.sqrt(spread / got.length), y = Math.sqrt(error / got.length);
			a += x / n;
			b += y / n;
			aa += x * x / n;
			bb += y * y / n;
			ab += x * y / n;
		}
		return (ab - a * b) / Math.sqrt((aa - a * a) * (bb - b * b));
	}
}
