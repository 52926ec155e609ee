package io.github.deepimageprior.bench;

import com.google.gson.Gson;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.Precision;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.measure.Psnr;
import io.github.deepimageprior.prior.Averaging;
import io.github.deepimageprior.prior.Fit;
import io.github.deepimageprior.prior.FitListener;
import io.github.deepimageprior.prior.FitResult;
import io.github.deepimageprior.prior.FitSettings;
import io.github.deepimageprior.prior.Observation;
import io.github.deepimageprior.prior.Preset;
import io.github.deepimageprior.prior.Snapshot;
import io.github.deepimageprior.prior.Steps;
import io.github.deepimageprior.prior.StoppingRule;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Fits all pictures of a folder with the defaults for denoising but without a stop, and records what a stopping rule
 * could see. It is called by stopping.py, which makes the pictures and tries rules on the records: NAME.average holds
 * the averaged output of every tenth step, NAME.curves the loss and the exponential moving variance of every step.
 * NAME.clean holds the clean picture, which only decides how long a record is worth its time.
 */
public final class StoppingBenchmark {

	private static final int EVERY = 10;

	private StoppingBenchmark() {}

	/** Arguments: folder; number of steps; number of threads. Pictures that have a record are left alone. */
	public static void main(final String[] arguments) throws IOException {
		final int steps = Integer.parseInt(arguments[1]);
		Torch.setThreads(Integer.parseInt(arguments[2]));
		final FitSettings settings = Preset.FAST.settings().withIterations(steps).withAveraging(Averaging.GROWING)
			.withPrecision(Precision.named("auto", "CPU")).withRule(StoppingRule.emv(steps).withoutEnd())
			.withSnapshots(Steps.parse("every " + EVERY, steps));
		for (final Path file : NoisyPicture.files(Path.of(arguments[0])))
			if (Files.notExists(NoisyPicture.sibling(file, ".curves"))) record(NoisyPicture.read(file), settings);
	}

	private static void record(final NoisyPicture noisy, final FitSettings settings) throws IOException {
		final FitResult result;
		try (OutputStream averages = new BufferedOutputStream(
			Files.newOutputStream(NoisyPicture.sibling(noisy.file(), ".average"))))
		{
			final Observation observation = Observation.of(noisy.picture()).counts(noisy.poisson());
			final Cancellation end = new Cancellation();
			final FitListener writer = writer(averages, noisy.picture().with(noisy.read(".clean")), end);
			result = new Fit(Preset.FAST.network(noisy.picture().channels()), settings).run(observation, null, null,
				writer, end);
		}
		Files.writeString(NoisyPicture.sibling(noisy.file(), ".curves"),
			new Gson().toJson(Map.of("losses", result.losses(), "variances", result.variances())));
		System.out.println(noisy.name() + " " + Math.round(result.summary().seconds()) + " s, "
			+ result.summary().steps() + " steps, " + result.summary().settings().precision());
	}

	/** A record ends when the PSNR has been at its peak so many steps ago, and has fallen by so many dB. */
	private static final int STEPS_AFTER_PEAK = 400;
	private static final double FALL_AFTER_PEAK = 1;

	private static FitListener writer(final OutputStream averages, final Picture clean, final Cancellation end) {
		return new FitListener() {

			private double peak;
			private int peakStep;

			@Override
			public void snapshot(final Snapshot snapshot) {
				try {
					averages.write(NoisyPicture.bytes(snapshot.averaged().values()));
				}
				catch (final IOException failed) {
					throw new UncheckedIOException(failed);
				}
				final double psnr = Psnr.of(clean, snapshot.averaged());
				if (psnr > peak) {
					peak = psnr;
					peakStep = snapshot.step();
				}
				if (snapshot.step() - peakStep >= STEPS_AFTER_PEAK && psnr < peak - FALL_AFTER_PEAK) end.stop();
			}
		};
	}
}
