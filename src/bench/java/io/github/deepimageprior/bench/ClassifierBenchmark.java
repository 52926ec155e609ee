package io.github.deepimageprior.bench;

import com.google.gson.Gson;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Npy;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.Progress;
import io.github.deepimageprior.attack.Attack;
import io.github.deepimageprior.attack.AttackMethod;
import io.github.deepimageprior.attack.Rounding;
import io.github.deepimageprior.attack.Space;
import io.github.deepimageprior.attack.StepCount;
import io.github.deepimageprior.classifier.ClassScore;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.ClassifierSource;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.saliency.Baseline;
import io.github.deepimageprior.saliency.Quadrature;
import io.github.deepimageprior.saliency.Saliency;
import io.github.deepimageprior.saliency.SaliencyMethod;
import io.github.deepimageprior.saliency.SaliencySettings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Measures saliency maps, in gradients per second, and attacks, in milliseconds, with the bundled classifier. See the
 * README in src/bench.
 */
final class ClassifierBenchmark {

	private static final int ROUNDS = 7;

	private ClassifierBenchmark() {}

	public static void main(final String[] arguments) throws IOException {
		final Picture picture;
		try (InputStream png = Files.newInputStream(Path.of(arguments[0]))) {
			picture = Npy.picture(png);
		}
		final int threads = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
		Torch.setThreads(threads);
		final Map<String, Object> figures = new LinkedHashMap<>();
		figures.put("picture", picture.width() + "x" + picture.height());
		figures.put("threads", threads);
		try (Classifier classifier = ClassifierSource.BUNDLED.open(Torch.device("CPU"))) {
			final int target = classifier.classify(picture).best();
			figures.put("smoothgrad_5_gradients_per_s",
				rate(SaliencyMethod.SMOOTHGRAD, 1, 5, classifier, picture, target));
			figures.put("smoothgrad_25_gradients_per_s",
				rate(SaliencyMethod.SMOOTHGRAD, 1, 25, classifier, picture, target));
			figures.put("integrated_gradients_50_gradients_per_s",
				rate(SaliencyMethod.INTEGRATED_GRADIENTS, 50, 1, classifier, picture, target));
			figures.put("mig_sg_50x5_gradients_per_s", rate(SaliencyMethod.MIG_SG, 50, 5, classifier, picture, target));
			for (final AttackMethod method : AttackMethod.values()) {
				final Attack attack = new Attack(method, 10, 1, StepCount.FIXED, 10, Space.PIXELS, Rounding.NONE);
				figures.put(method.name().toLowerCase(java.util.Locale.ROOT) + "_ms", 1e3 * best(
					() -> attack.run(classifier, picture, target, new double[0], Progress.NONE, new Cancellation())));
			}
		}
		System.out.println(new Gson().toJson(figures));
	}

	private static double rate(final SaliencyMethod method, final int intervals, final int samples,
		final Classifier classifier, final Picture picture, final int target)
	{
		final Saliency saliency = new Saliency(method, new SaliencySettings(intervals, samples, 0.15, Quadrature.LEFT,
			false, Baseline.BLACK, 1, ClassScore.PROBABILITY, Integer.getInteger("batch", 0), 0));
		return saliency.gradients()
			/ best(() -> saliency.run(classifier, picture, null, target, Progress.NONE, new Cancellation()));
	}

	private static double best(final Runnable work) {
		work.run();
		double best = Double.POSITIVE_INFINITY;
		for (int i = 0; i < ROUNDS; i++) {
			final long start = System.nanoTime();
			work.run();
			best = Math.min(best, (System.nanoTime() - start) / 1e9);
		}
		return best;
	}
}
