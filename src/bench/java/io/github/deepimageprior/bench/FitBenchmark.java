package io.github.deepimageprior.bench;

import com.google.gson.Gson;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ColorProcessor;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.Precision;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.prior.Averaging;
import io.github.deepimageprior.prior.Fit;
import io.github.deepimageprior.prior.FitListener;
import io.github.deepimageprior.prior.FitResult;
import io.github.deepimageprior.prior.FitSettings;
import io.github.deepimageprior.prior.FitSummary;
import io.github.deepimageprior.prior.Hourglass;
import io.github.deepimageprior.prior.Preset;
import io.github.deepimageprior.prior.Snapshot;
import io.github.deepimageprior.prior.Steps;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Fits one noisy picture whose clean version is known and prints one line of JSON: seconds a step, CPU-seconds (user
 * and system, all threads), peak memory, and the PSNR of the averaged output against the clean picture, step by step.
 */
public final class FitBenchmark implements FitListener {

	private final float[] clean;
	private final Map<Integer, Double> curve = new TreeMap<>();
	private final List<Double> seconds = new ArrayList<>();
	private final long cpuStart = cpu(), start;
	private double firstPicture;
	private long last = System.nanoTime();
	private final double target;
	private final Cancellation cancellation = new Cancellation();
	private int lastStep, peakStep, targetStep;
	private double peak = -1, cpuToPeak, cpuToTarget;

	private FitBenchmark(final float[] clean, final double target, final long start) {
		this.start = start;
		this.clean = clean;
		this.target = target;
	}

	/** Arguments: clean and noisy picture, then pairs of option and value; the README of this folder lists them. */
	public static void main(final String[] arguments) throws IOException {
		final Map<String, String> options = new LinkedHashMap<>(Map.of("preset", "Fast", "iterations", "1500",
			"threads", "2", "precision", "float32", "seed", "0", "every", "10", "rate", "0.01"));
		options.put("target", "100");
		for (int i = 2; i < arguments.length; i += 2) options.put(arguments[i].substring(2), arguments[i + 1]);
		final long start = System.nanoTime();
		final float[] clean = rgb(arguments[0]), noisy = rgb(arguments[1]);
		final ImagePlus shape = IJ.openImage(arguments[1]);
		Torch.setThreads(Integer.parseInt(options.get("threads")));

		final int iterations = Integer.parseInt(options.get("iterations"));
		final FitSettings settings = settings(options).withIterations(iterations)
			.withSeed(Long.parseLong(options.get("seed")))
			.withPrecision(Precision.named(options.get("precision"), "CPU"))
			.withLearningRate(Double.parseDouble(options.get("rate"))).withSnapshots(
				Steps.parse("every " + Math.min(iterations, Integer.parseInt(options.get("every"))), iterations));
		final FitBenchmark watch = new FitBenchmark(clean, Double.parseDouble(options.get("target")), start);
		final FitResult result = new Fit(network(options, 3), settings)
			.run(new Picture(noisy, shape.getWidth(), shape.getHeight(), 3), watch, watch.cancellation);
		System.out.println(new Gson().toJson(watch.figures(result, options, noisy)));
	}

	static FitSettings settings(final Map<String, String> options) {
		final FitSettings settings = options.containsKey("maps") ? FitSettings.DEFAULTS
			: Preset.named(options.get("preset")).settings();
		final Averaging average = Averaging.GROWING;
		return settings.withBeta2(number(options, "beta2", settings.beta2()))
			.withAveraging(new Averaging(average.decay(), number(options, "growth", average.growth())));
	}

	private static double number(final Map<String, String> options, final String name, final double otherwise) {
		return options.containsKey(name) ? Double.parseDouble(options.get(name)) : otherwise;
	}

	static Hourglass network(final Map<String, String> options, final int outputs) {
		final Hourglass network;
		if (options.containsKey("maps")) {
			final List<Integer> maps = Arrays.stream(options.get("maps").split(",")).map(Integer::valueOf).toList();
			network = Hourglass.of(maps, maps, Collections.nCopies(maps.size(), 4), outputs);
		}
		else network = Preset.named(options.get("preset")).network(outputs);
		return options.containsKey("padding")
			? network.with(Hourglass.Padding.valueOf(options.get("padding").toUpperCase())) : network;
	}

	private Map<String, Object> figures(final FitResult result, final Map<String, String> options, final float[] noisy)
		throws IOException
	{
		final Map<String, Object> figures = new LinkedHashMap<>();
		final FitSummary run = result.summary();
		figures.put("options", options);
		figures.put("size", new int[] { result.last().raw().height(), result.last().raw().width() });
		figures.put("precision", run.settings().precision().toString());
		figures.put("order", run.order().toString());
		figures.put("beta2", run.settings().beta2());
		figures.put("growth", run.settings().averaging().growth());
		figures.put("padding", run.network().padding().toString().toLowerCase());
		figures.put("params", run.network().parameterCount());
		figures.put("s_per_iteration", Collections.min(seconds));
		figures.put("s_to_first_picture", firstPicture);
		figures.put("noisy_psnr", psnr(noisy));
		figures.put("peak_psnr", peak);
		figures.put("peak_iteration", peakStep);
		figures.put("cpu_s_to_peak", cpuToPeak);
		figures.put("target_iteration", targetStep);
		figures.put("cpu_s_to_target", cpuToTarget);
		figures.put("cpu_s_total", (cpu() - cpuStart) / 1e9);
		figures.put("wall_s_total", run.seconds());
		figures.put("peak_memory_mb", peakMemory());
		figures.put("last_loss", result.last().loss());
		figures.put("device", run.device());
		figures.put("threads", run.threads());
		figures.put("psnr_curve", curve);
		return figures;
	}

	@Override
	public void progress(final int step, final int iterations, final double loss, final Supplier<Picture> averaged) {
		final long now = System.nanoTime();
		// The first call warms up.
		if (lastStep > 0 && step > lastStep) seconds.add((now - last) / 1e9 / (step - lastStep));
		if (firstPicture == 0) firstPicture = (now - start) / 1e9;
		last = now;
		lastStep = step;
	}

	@Override
	public void snapshot(final Snapshot snapshot) {
		final double psnr = psnr(snapshot.averaged().values());
		curve.put(snapshot.step(), psnr);
		if (psnr >= target && targetStep == 0) {
			targetStep = snapshot.step();
			cpuToTarget = (cpu() - cpuStart) / 1e9;
			cancellation.stop();
		}
		if (psnr > peak) {
			peak = psnr;
			peakStep = snapshot.step();
			cpuToPeak = (cpu() - cpuStart) / 1e9;
		}
		last = System.nanoTime();
	}

	private double psnr(final float[] values) {
		double sum = 0;
		for (int i = 0; i < clean.length; i++) sum += Math.pow((double) values[i] - clean[i], 2);
		return Snapshot.psnr(sum / clean.length);
	}

	private static float[] rgb(final String file) {
		final ColorProcessor colours = (ColorProcessor) IJ.openImage(file).getProcessor().convertToRGB();
		final int size = colours.getPixelCount();
		final float[] values = new float[3 * size];
		for (int c = 0; c < 3; c++) {
			final byte[] channel = colours.getChannel(c + 1);
			for (int i = 0; i < size; i++) values[c * size + i] = (channel[i] & 0xff) / 255f;
		}
		return values;
	}

	private static long cpu() {
		return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
			.getProcessCpuTime();
	}

	/** Peak resident memory of the process in MB, or -1 where the system does not report it. */
	private static long peakMemory() throws IOException {
		final Path status = Path.of("/proc/self/status");
		if (Files.notExists(status)) return -1;
		for (final String line : Files.readAllLines(status))
			if (line.startsWith("VmHWM")) return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
		return -1;
	}
}
