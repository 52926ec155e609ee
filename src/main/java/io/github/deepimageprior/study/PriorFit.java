package io.github.deepimageprior.study;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.engine.AtOnce;
import io.github.deepimageprior.engine.ParallelRuns;
import io.github.deepimageprior.engine.Precision;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.measure.Psnr;
import io.github.deepimageprior.prior.Fit;
import io.github.deepimageprior.prior.FitResult;
import io.github.deepimageprior.prior.FitSettings;
import io.github.deepimageprior.prior.Hourglass;
import io.github.deepimageprior.prior.Preset;
import io.github.deepimageprior.prior.StopReason;
import io.github.deepimageprior.prior.StoppingRule;
import io.github.deepimageprior.track.ClassifiedFit;
import io.github.deepimageprior.track.TrackListener;
import io.github.deepimageprior.track.TrackPoint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The fit of a study: a network that is fitted to a picture, whose averaged output is classified, in 8 bits, at some
 * steps and where the stopping rule would have stopped.
 *
 * @param network for pictures in RGB, all of the same size
 * @param settings with the steps as snapshots
 */
record PriorFit(Hourglass network, FitSettings settings) {

	/** Those of the pictures of all studies, see {@link Worker#prepared}. */
	static final int CHANNELS = 3;

	/** Steps of the shorter and of the longer trial, whose difference counts: both start alike. */
	private static final int SHORT = 3, LONG = 13;

	/**
	 * @return every so many steps as {@code interval} says, up to {@code iterations}
	 * @throws DipException if there are none
	 */
	static Set<Integer> steps(final Settings settings) {
		final int iterations = settings.whole("iterations", 1, 1_000_000),
			interval = settings.whole("interval", 1, 1_000_000);
		if (interval > iterations)
			throw new DipException("The interval of " + interval + " steps exceeds the " + iterations
				+ " iterations: choose a smaller interval or more iterations.");
		final Set<Integer> steps = new TreeSet<>();
		for (int step = interval; step <= iterations; step += interval) steps.add(step);
		return steps;
	}

	/** @return the fit of a preset */
	static PriorFit of(final Settings settings, final Collection<Integer> steps) {
		final Preset preset = Preset.named(settings.text("preset"));
		return of(preset.network(CHANNELS), preset.settings(), settings, steps);
	}

	/** @return the fit of any network; it goes up to the last of the steps */
	static PriorFit of(final Hourglass network, final FitSettings fit, final Settings settings,
		final Collection<Integer> steps)
	{
		final int iterations = steps.stream().mapToInt(Integer::intValue).max().getAsInt();
		return new PriorFit(network,
			fit.withIterations(iterations).withSnapshots(steps).withSeed(settings.seed("seed"))
				.withDevice(settings.text("device"))
				.withPrecision(Precision.named(settings.text("precision"), settings.text("device")))
				// The steps after the rule's stop are needed too.
				.withRule(StoppingRule.emv(StoppingRule.PATIENCE).withoutEnd()));
	}

	/**
	 * Runs the fit.
	 *
	 * @param observed the picture to fit
	 * @param clean with which outputs are compared
	 * @param stop what the output of the step that the rule has chosen by the end is called; null to leave it out
	 * @return what the classifier predicts for the picture itself (step 0) and at each step, and at the rule's stop
	 */
	List<Shown> run(final Job job, final Picture observed, final Picture clean, final String name, final String stop) {
		final long start = System.nanoTime();
		final SortedMap<Integer, Shown> shown = new TreeMap<>();
		final ClassifiedFit track = new ClassifiedFit(true, true, false, false, job.item().target(), null);
		final FitResult result = track.run(observed, new Fit(network, settings), job.classifier(),
			output -> output.rounded(Worker.EIGHT_BITS), new TrackListener() {

				@Override
				public void progress(final int step, final int iterations, final Supplier<Picture> averaged) {
					job.progress().reached((double) step / iterations);
				}

				@Override
				public void point(final TrackPoint point) {
					final Picture picture = point.picture().rounded(Worker.EIGHT_BITS);
					shown.put(point.step(), new Shown(name, point.step(), point.prediction(), picture,
						Psnr.of(picture, clean), (System.nanoTime() - start) / 1e9));
				}
			}, job.cancellation()).result();
		job.cancellation().requireNotCancelled();
		final List<Shown> all = new ArrayList<>(shown.values());
		if (stop != null) {
			final Picture best = result.picture(true).rounded(Worker.EIGHT_BITS);
			all.add(new Shown(stop, result.summary().bestStep(), job.classifier().classify(best), best,
				Psnr.of(best, clean), (System.nanoTime() - start) / 1e9,
				result.summary().reason() != StopReason.ITERATIONS));
		}
		return all;
	}

	/**
	 * @return seconds that the fit takes on one core, or on a GPU alone, from a trial of a few steps; where several are
	 *         faster as one, its share of those
	 */
	double seconds(final Picture picture) {
		seconds(picture, SHORT); // what is slow only once
		final double start = seconds(picture, SHORT);
		return settings.iterations() * Math.max(0, (seconds(picture, LONG) - start) / (LONG - SHORT));
	}

	/** @return the same with the predictions for the outputs */
	double seconds(final Picture picture, final Classifier classifier) {
		return seconds(picture) + settings.snapshots().size() * Trial.seconds(() -> classifier.classify(picture));
	}

	private double seconds(final Picture picture, final int steps) {
		final Fit fit = new Fit(network, settings.withIterations(steps));
		final int count = Torch.isGpu(settings.device()) ? 1 : together(picture);
		final long start = System.nanoTime();
		if (count == 1) fit.run(picture);
		else
			ParallelRuns.run(Collections.nCopies(count, () -> fit.run(picture)), new AtOnce(1, count, false),
				new Cancellation());
		return (System.nanoTime() - start) / 1e9 / count;
	}

	/** @return the most such fits that are faster as one than one after the other */
	int together(final Picture picture) {
		return new Fit(network, settings).together(picture.width(), picture.height());
	}

	/** @return estimate of the bytes that the fit needs */
	long memory(final Picture picture) {
		return new Fit(network, settings).memory(picture.width(), picture.height());
	}
}
