package io.github.deepimageprior.bench;

import com.google.gson.Gson;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.AtOnce;
import io.github.deepimageprior.engine.ParallelRuns;
import io.github.deepimageprior.engine.Precision;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.prior.Fit;
import io.github.deepimageprior.prior.Preset;
import io.github.deepimageprior.prior.StoppingRule;
import io.github.deepimageprior.study.Executor;
import io.github.deepimageprior.study.Lanes;
import io.github.deepimageprior.study.Settings;
import io.github.deepimageprior.study.StudyRun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * Runs DIP Feature Study on a CPU with one network in three ways: its fits one after the other on one core, one on each
 * core, and as the plugin does; and as many bare fits in the same lanes, without pictures to read, predictions, rows
 * and report. Prints a table and one line of JSON: seconds of each way.
 */
public final class StudyBenchmark {

	/** Bare fits begin with the same numbers, which do not change their time. */
	private static final int SIDE = 32;

	private StudyBenchmark() {}

	/**
	 * Arguments: folder of pictures of 32×32 pixels, TorchScript classifier, network, pictures, steps, threads. With a
	 * seventh one, whatever it is, the first two ways are left out.
	 */
	public static void main(final String[] arguments) throws IOException {
		final Preset preset = Preset.named(arguments[2]);
		final int count = Integer.parseInt(arguments[3]), steps = Integer.parseInt(arguments[4]);
		Torch.setThreads(Integer.parseInt(arguments[5]));
		final Precision precision = Precision.named(Precision.AUTO, "CPU");
		final Settings settings = Settings
			.of(new TreeMap<>(Map.of("study", "DIP Feature Study", "data", arguments[0], "model_file", arguments[1],
				"networks", arguments[2], "precision", precision.toString())))
			.with("classifier", "TorchScript file").with("trust", false).with("device", "CPU").with("count", count)
			.with("shuffle", 0).with("only_right", false).with("protocol", "custom")
			.with("size", "as the classifier sees it").with("seed", 0).with("iterations", steps)
			.with("interval", steps);
		final Fit fit = new Fit(preset.network(3), preset.settings().withIterations(steps).withPrecision(precision)
			.withDevice("CPU").withRule(StoppingRule.emv(StoppingRule.PATIENCE).withoutEnd()));
		study(settings.with("count", 1).with("iterations", 3).with("interval", 3), Lanes::of); // warms up
		final Map<String, Double> seconds = new LinkedHashMap<>();
		if (arguments.length < 7) {
			seconds.put("one after the other", study(settings, (items, bytes, device, as) -> new Lanes(AtOnce.ONE)));
			seconds.put("one on each core",
				study(settings, (items, bytes, device, as) -> Lanes.of(items, bytes, device, 1)));
		}
		seconds.put("as the plugin does", study(settings, Lanes::of));
		seconds.put("bare fits", bare(fit, count));
		System.out.printf("%s, %d pictures of %dx%d, %d steps, %d threads, %s%n", preset, count, SIDE, SIDE, steps,
			Torch.threads(), precision);
		final double first = seconds.values().iterator().next();
		seconds.forEach((way, time) -> System.out.printf("%-19s %8.2f s %6.2f times%n", way, time, first / time));
		System.out.println(new Gson().toJson(Map.of("preset", preset.toString(), "pictures", count, "iterations", steps,
			"threads", Torch.threads(), "precision", precision.toString(), "seconds", seconds)));
	}

	private static double study(final Settings settings, final Executor.Factory executors) throws IOException {
		final Path output = Files.createTempDirectory("study");
		final long start = System.nanoTime();
		new StudyRun(settings.with("output", output), "", StudyRun.Listener.NONE, executors).run(new Cancellation());
		return (System.nanoTime() - start) / 1e9;
	}

	private static double bare(final Fit fit, final int count) {
		final int together = fit.together(SIDE, SIDE);
		final Lanes lanes = Lanes.of(count, together * fit.memory(SIDE, SIDE), "CPU", together);
		final Picture picture = new Picture(new float[3 * SIDE * SIDE], SIDE, SIDE, 3);
		final List<Callable<Picture>> work = Collections.nCopies(count, () -> fit.run(picture).picture(true));
		final long start = System.nanoTime();
		ParallelRuns.run(work, lanes.atOnce(), new Cancellation());
		return (System.nanoTime() - start) / 1e9;
	}
}
