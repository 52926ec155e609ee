package io.github.deepimageprior.command;

import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.measure.PoissonGaussian;
import io.github.deepimageprior.prior.FitSummary;
import io.github.deepimageprior.prior.Hourglass;
import io.github.deepimageprior.prior.StopReason;
import io.github.deepimageprior.prior.StoppingRule;
import io.github.deepimageprior.restore.NonLocalSummary;
import io.github.deepimageprior.restore.Residual;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The text about one fit in an image's Info. */
final class FitReport {

	/** A ratio of noise levels that even estimates of the same level reach. */
	private static final double VARYING = 1.5;

	private FitReport() {}

	/** @return a network, and whether it has fewer scales than were requested */
	static String words(final Hourglass network, final int requested) {
		return network + (network.scales() < requested
			? " (reduced from " + requested + " scales: the image is too small for more)" : "");
	}

	/** @return the values that a reader needs to judge or repeat the fit, by name */
	static Map<String, String> of(final FitSummary fit) {
		final Map<String, String> report = new LinkedHashMap<>();
		report.put("Network", words(fit.network(), fit.requestedScales()));
		report.put("Steps", fit.steps() + " of " + fit.settings().iterations()
			+ (fit.reason() == StopReason.STOPPED ? ", stopped" : ""));
		report.put("Stopping rule", fit.settings().rule().toString());
		report.put("Stopped", reason(fit));
		report.put("Rollbacks to a checkpoint", String.valueOf(fit.rollbacks()));
		report.put("Loss",
			String.format(Locale.ROOT, "%.6f (PSNR of the output to the input %.2f dB)", fit.loss(), fit.rawPsnr()));
		report.put("PSNR of the averaged output to the input",
			String.format(Locale.ROOT, "%.2f dB", fit.averagedPsnr()));
		if (fit.samples() > 0) report.put("Samples", String.valueOf(fit.samples()));
		report.put("Adam", "learning rate " + fit.settings().learningRate() + ", beta2 " + fit.settings().beta2());
		report.put("Average", fit.settings().averaging().toString());
		report.put("Noise on the network's input", String.format(Locale.ROOT, "%.4f", fit.settings().inputNoise()));
		report.put("Seed", String.valueOf(fit.settings().seed()));
		report.put("Device", device(fit));
		report.put("Seconds", String.format(Locale.ROOT, "%.1f", fit.seconds()));
		return report;
	}

	/** @return the same for non-local filtering */
	static Map<String, String> of(final NonLocalSummary filtered, final ImageSource image) {
		final Map<String, String> report = new LinkedHashMap<>();
		report.put("Method", "non-local filtering of similar patches");
		if (filtered.stopped()) report.put("Stopped", "by the user, before all was done");
		report.put("Device", device(filtered.device(), filtered.threads()));
		if (filtered.growth().stream().anyMatch(noise -> noise.slope() > 0))
			report.put("Noise grows with the signal", growth(filtered.growth(), image));
		if (filtered.greatest() > VARYING * filtered.least())
			report.put("Noise over the field", String.format(Locale.ROOT, "%.2f to %.2f times the noise level",
				filtered.least(), filtered.greatest()));
		report.put("Seconds", String.format(Locale.ROOT, "%.1f", filtered.seconds()));
		return report;
	}

	/** @return for each channel, the standard deviation where the image is darkest and brightest */
	private static String growth(final List<PoissonGaussian> channels, final ImageSource image) {
		return IntStream.range(0, channels.size()).mapToObj(c -> {
			final PoissonGaussian noise = channels.get(c);
			if (noise.slope() == 0) return "no";
			return String.format(Locale.ROOT, "standard deviation %.4g at %.4g, %.4g at %.4g",
				image.shownDifference(c, Math.sqrt(noise.variance(0))), image.shown(c, 0),
				image.shownDifference(c, Math.sqrt(noise.variance(1))), image.shown(c, 1));
		}).collect(Collectors.joining("; ")) + " (estimated)";
	}

	/**
	 * @param rule that could end the fit; null if none could, since the result is a mean of Langevin samples
	 * @return a sentence if the result contradicts the noise that was estimated from the input; else empty
	 */
	static String doubt(final Residual residual, final StoppingRule.Kind rule) {
		final boolean more = residual.deviation() > residual.noise();
		if (residual.containsNoise())
			return String.format(Locale.ROOT,
				"The result differs from the input by %.2f of the estimated noise, so it still contains noise, unless "
					+ "the image has structure as fine as a pixel: %s",
				residual.deviation() / residual.noise(), advice(more, rule));
		if (residual.lacksDetail())
			return "The result differs from the input by more than twice the estimated noise, so it lacks detail, "
				+ "unless the noise is correlated between neighbouring pixels: " + advice(more, rule);
		if (residual.lossToFilter() > 0)
			return String.format(Locale.ROOT,
				"Gaussian Blur with a sigma of 1 pixel is estimated to come closer to the image without noise, by %.1f "
					+ "dB: %s",
				residual.lossToFilter(), advice(more, rule));
		return "";
	}

	/**
	 * @param photons whether the noise was told as that of photons
	 * @return a sentence if the image contradicts the noise or the black level that was entered; else empty
	 */
	static String doubt(final NonLocalSummary filtered, final boolean photons) {
		if (filtered.isBelowBlack())
			return String.format(Locale.ROOT,
				"%.0f %% of the pixels are darker than the black level that was entered, by more than noise explains, "
					+ "and have lost their detail: check black level, gain and noise level.",
				100 * filtered.dark());
		final String advice = photons ? "check gain, black level and noise level."
			: "check the noise level, or enter 0 to estimate it.";
		if (filtered.hasMoreNoise())
			return String.format(Locale.ROOT,
				"The noise is estimated to be %.3g times as strong as was entered, so the result may still contain "
					+ "noise, unless the image has structure as fine as a pixel: %s",
				filtered.ratio(), advice);
		if (filtered.hasLessNoise())
			return String.format(Locale.ROOT,
				"The noise is estimated to be only %.2g times as strong as was entered, so the result may lack detail, "
					+ "unless the noise is correlated between neighbouring pixels: %s",
				filtered.ratio(), advice);
		return "";
	}

	/** Another rule can do better, but not the same; and more iterations help only if no rule ends the fit before. */
	private static String advice(final boolean more, final StoppingRule.Kind rule) {
		if (rule == null) return more ? "use a longer burn-in." : "use a shorter burn-in, or fewer samples.";
		if (more && rule == StoppingRule.Kind.FIXED) return "use more iterations.";
		return (rule == StoppingRule.Kind.EMV ? "" : "let the stopping rule auto end the fit, or ")
			+ (more ? "use the stopping rule fixed and more iterations." : "use fewer iterations.");
	}

	private static String reason(final FitSummary fit) {
		final StoppingRule rule = fit.settings().rule();
		final String all = "after all " + fit.settings().iterations() + " iterations";
		final String end = switch (fit.reason()) {
			case STOPPED -> "by the user at step " + fit.steps();
			case NOISE_LEVEL -> "loss reached the noise level at step " + fit.steps();
			case RESIDUAL -> "the averaged output left no more of the input than white noise";
			case VARIANCE -> rule.kind() + " had no new minimum for " + rule.patience() + " steps";
			case ITERATIONS ->
				rule.kind() == StoppingRule.Kind.NOISE_LEVEL ? all + ", before the loss reached the noise level" : all;
		};
		final boolean chosen = rule.remembers() && fit.reason() != StopReason.STOPPED;
		return chosen ? end + " (result of step " + fit.bestStep() + ")" : end;
	}

	private static String device(final FitSummary fit) {
		return device(fit.device(), fit.threads()) + ", " + fit.settings().precision() + ", " + fit.order();
	}

	private static String device(final String device, final int threads) {
		return device.equals("CPU") ? device + ", " + threads + (threads == 1 ? " thread" : " threads") : device;
	}
}
