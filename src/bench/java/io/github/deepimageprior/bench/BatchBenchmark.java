package io.github.deepimageprior.bench;

import com.google.gson.Gson;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.ParallelRuns;
import io.github.deepimageprior.engine.Precision;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.prior.Fit;
import io.github.deepimageprior.prior.FitListener;
import io.github.deepimageprior.prior.FitSettings;
import io.github.deepimageprior.prior.Observation;
import io.github.deepimageprior.prior.Preset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;

/**
 * Fits many small pictures as DIP Purify does with a stack, and prints one line of JSON: seconds of wall clock a step
 * of one picture.
 */
public final class BatchBenchmark {

	private BatchBenchmark() {}

	/** Arguments: preset, side of the pictures in pixels, how many, steps, threads. */
	public static void main(final String[] arguments) {
		final int side = Integer.parseInt(arguments[1]), count = Integer.parseInt(arguments[2]),
			steps = Integer.parseInt(arguments[3]);
		Torch.setThreads(Integer.parseInt(arguments[4]));
		final Preset preset = Preset.named(arguments[0]);
		final FitSettings settings = preset.settings().withIterations(steps)
			.withPrecision(Precision.named(Precision.AUTO, "CPU")).withDevice("CPU");
		final Fit fit = new Fit(preset.network(3), settings);
		final int lanes = ParallelRuns.count(count, fit.memory(side, side), "CPU");
		run(fit, side, lanes, lanes); // warms up
		final long start = System.nanoTime();
		run(fit, side, count, lanes);
		final double seconds = (System.nanoTime() - start) / 1e9;
		final Map<String, Object> figures = new LinkedHashMap<>();
		figures.put("preset", arguments[0]);
		figures.put("side", side);
		figures.put("pictures", count);
		figures.put("iterations", steps);
		figures.put("threads", Torch.threads());
		figures.put("lanes", lanes);
		figures.put("precision", settings.precision().toString());
		figures.put("s_total", seconds);
		figures.put("s_per_iteration", seconds / count / steps);
		System.out.println(new Gson().toJson(figures));
	}

	private static void run(final Fit fit, final int side, final int count, final int lanes) {
		final List<Callable<Void>> work = new ArrayList<>();
		for (int picture = 0; picture < count; picture++) {
			final Random random = new Random(picture);
			final float[] values = new float[3 * side * side];
			for (int i = 0; i < values.length; i++) values[i] = random.nextFloat();
			final Observation observation = Observation.of(new Picture(values, side, side, 3));
			work.add(() -> {
				fit.run(observation, null, null, FitListener.NONE, new Cancellation());
				return null;
			});
		}
		ParallelRuns.run(work, lanes, new Cancellation());
	}
}
