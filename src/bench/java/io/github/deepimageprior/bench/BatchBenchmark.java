package io.github.deepimageprior.bench;

import com.google.gson.Gson;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.AtOnce;
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
 * Fits many small pictures as DIP Purify does with a stack, one in each lane, then several as one, and one after the
 * other on all cores, in turns. Prints a table and one line of JSON: steps of a fit a second of wall clock, the best of
 * the rounds.
 */
public final class BatchBenchmark {

	private static final int ROUNDS = 2;

	private BatchBenchmark() {}

	/** Arguments: preset, side of the pictures in pixels, how many, steps, threads, device; the last may be omitted. */
	public static void main(final String[] arguments) {
		final int side = Integer.parseInt(arguments[1]), count = Integer.parseInt(arguments[2]),
			steps = Integer.parseInt(arguments[3]);
		Torch.setThreads(Integer.parseInt(arguments[4]));
		final String device = arguments.length > 5 ? arguments[5] : "CPU";
		final Preset preset = Preset.named(arguments[0]);
		final FitSettings settings = preset.settings().withIterations(steps)
			.withPrecision(Precision.named(Precision.AUTO, device)).withDevice(device);
		final Fit fit = new Fit(preset.network(3), settings);
		final AtOnce chosen = fit.atOnce(count, side, side, 0);
		final Map<String, AtOnce> ways = new LinkedHashMap<>();
		ways.put("one in each lane", AtOnce.of(count, fit.memory(side, side), device, 1));
		ways.put("as chosen", chosen);
		if (chosen.together() == 1) ways.put("four as one", AtOnce.of(count, fit.memory(side, side), device, 4));
		ways.put("one after the other", new AtOnce(1, 1, chosen.gpu()));
		final Map<String, Double> rates = new LinkedHashMap<>();
		for (int round = 0; round < ROUNDS; round++) ways.forEach((way, atOnce) -> {
			run(new Fit(fit.network(), settings.withIterations(3)), side, atOnce.count(), atOnce); // warms up
			final long start = System.nanoTime();
			run(fit, side, count, atOnce);
			rates.merge(way, count * steps / ((System.nanoTime() - start) / 1e9), Math::max);
		});
		final double today = rates.values().iterator().next();
		System.out.printf("%s, %dx%d, %d pictures, %d threads, %s, %s%n", preset, side, side, count, Torch.threads(),
			device, settings.precision());
		final List<Map<String, Object>> rows = new ArrayList<>();
		rates.forEach((way, rate) -> {
			final AtOnce atOnce = ways.get(way);
			System.out.printf("%-19s %3d lanes of %3d  %9.1f steps a second  %5.2f times%n", way, atOnce.lanes(),
				atOnce.together(), rate, rate / today);
			rows.add(Map.of("way", way, "lanes", atOnce.lanes(), "together", atOnce.together(), "steps_per_s", rate,
				"s_per_iteration", 1 / rate, "times", rate / today));
		});
		System.out.println(new Gson()
			.toJson(Map.of("preset", preset.toString(), "side", side, "pictures", count, "iterations", steps, "threads",
				Torch.threads(), "device", device, "precision", settings.precision().toString(), "ways", rows)));
	}

	private static void run(final Fit fit, final int side, final int count, final AtOnce atOnce) {
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
		ParallelRuns.run(work, atOnce, new Cancellation());
	}
}
