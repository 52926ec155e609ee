package io.github.deepimageprior.prior;

import io.github.deepimageprior.engine.MemoryOrder;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;

/**
 * What came of a fit.
 *
 * @param last the picture after the last step
 * @param best the picture that the stopping rule chooses; the last one if it chooses none or the user has stopped the
 *        fit
 * @param mean of the samples, x × y × channels; null without samples
 * @param deviation standard deviation of the samples; null with fewer than two
 * @param losses what was minimised, before each step
 * @param variances what the stopping rule has looked at, at each step
 * @param ended whether the stopping rule has ended it
 * @param rollbacks how often it went back to a checkpoint
 * @param network the network that was fitted: of fewer scales than was asked for if the picture is small
 * @param askedScales the scales asked for
 * @param settings how it was fitted
 * @param parameters of the network, to begin a similar picture with: those of the best step
 * @param device where the tensors were: {@code CPU}, {@code GPU n}
 * @param order how the network's maps lay in memory
 * @param threads of libtorch's operators on the CPU
 * @param seconds from start to end
 */
public record FitResult(Snapshot last, Snapshot best, Img<FloatType> mean, Img<FloatType> deviation, double[] losses,
	double[] variances, boolean ended, int rollbacks, Hourglass network, int askedScales, FitSettings settings,
	float[] parameters, String device, MemoryOrder order, int threads, double seconds)
{

	/**
	 * @param averaged whether the moving average of the outputs is wanted, else the output of one step
	 * @return the result: the mean of the samples if there are any, else the picture of the best step
	 */
	public Img<FloatType> picture(final boolean averaged) {
		return mean != null ? mean : best.picture(averaged);
	}

	/** @return whether it was stopped from outside */
	public boolean stopped() {
		return !ended && last.step() < settings.iterations();
	}

	/** @return why it ended, and at which step the picture is, in words */
	public String reason() {
		if (stopped()) return "stopped by the user at step " + last.step();
		final String end = "all " + settings.iterations() + " steps done";
		return switch (settings.rule().kind()) {
			case FIXED -> end;
			case NOISE_LEVEL -> ended ? "loss at the level of the noise at step " + last.step()
				: end + " before the loss came down to the noise";
			case EMV, WMV ->
				(ended ? "no lesser " + settings.rule().kind() + " for " + settings.rule().patience() + " steps" : end)
					+ ", picture of step " + best.step();
		};
	}

	/** @return what a reader needs to judge or repeat the fit, each with its name */
	public Map<String, String> report() {
		final Map<String, String> report = new LinkedHashMap<>();
		report.put("Network", network.toString() + (network.scales() < askedScales
			? " (reduced from " + askedScales + " scales: the image is too small for more)" : ""));
		report.put("Steps", last.step() + " of " + settings.iterations() + (stopped() ? ", stopped" : ""));
		report.put("Stopping rule", settings.rule().toString());
		report.put("End", reason());
		report.put("Returns to a checkpoint", String.valueOf(rollbacks));
		report.put("Loss", String.format(Locale.ROOT, "%.6f (%.2f dB to the input)", best.loss(), best.rawPsnr()));
		report.put("Average to the input", String.format(Locale.ROOT, "%.2f dB", best.averagedPsnr()));
		if (mean != null) report.put("Samples", String.valueOf(settings.langevin().samples(last.step())));
		report.put("Adam", "learning rate " + settings.learningRate() + ", beta2 " + settings.beta2());
		report.put("Average", settings.averaging().toString());
		report.put("Input noise", String.format(Locale.ROOT, "%.4f", settings.inputNoise()));
		report.put("Seed", String.valueOf(settings.seed()));
		report.put("Device",
			device + (device.equals("CPU") ? ", " + threads + (threads == 1 ? " thread" : " threads") : "") + ", "
				+ settings.precision() + ", " + order);
		report.put("Seconds", String.format(Locale.ROOT, "%.1f", seconds));
		return report;
	}
}
