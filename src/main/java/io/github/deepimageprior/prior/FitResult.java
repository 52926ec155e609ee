package io.github.deepimageprior.prior;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What came of a fit.
 *
 * @param last the picture after the last step
 * @param losses mean squared error before each step
 * @param stopped whether the fit was stopped before all iterations were done
 * @param restores how often it went back to a checkpoint
 * @param network the network that was fitted: of fewer scales than was asked for if the picture is small
 * @param askedScales the scales asked for
 * @param settings how it was fitted
 * @param device where the tensors were: {@code CPU}, {@code GPU n}
 * @param threads of libtorch's operators on the CPU
 * @param seconds from start to end
 */
public record FitResult(Snapshot last, double[] losses, boolean stopped, int restores, Hourglass network, int askedScales,
	FitSettings settings, String device, int threads, double seconds)
{

	/** @return what a reader needs to judge or repeat the fit, each with its name */
	public Map<String, String> report() {
		final Map<String, String> report = new LinkedHashMap<>();
		report.put("Network", network.toString() + (network.scales() < askedScales ? " (reduced from " + askedScales +
			" scales: the image is too small for more)" : ""));
		report.put("Steps", last.step() + " of " + settings.iterations() + (stopped ? ", stopped" : ""));
		report.put("Returns to a checkpoint", String.valueOf(restores));
		report.put("Loss", String.format(Locale.ROOT, "%.6f (%.2f dB to the input)", last.loss(), last.rawPsnr()));
		report.put("Average to the input", String.format(Locale.ROOT, "%.2f dB", last.averagedPsnr()));
		report.put("Learning rate", String.valueOf(settings.learningRate()));
		report.put("Input noise", String.format(Locale.ROOT, "%.4f", settings.inputNoise()));
		report.put("Seed", String.valueOf(settings.seed()));
		report.put("Device", device + (device.equals("CPU") ? ", " + threads + " threads" : "") + ", " + settings.precision());
		report.put("Seconds", String.format(Locale.ROOT, "%.1f", seconds));
		return report;
	}
}
