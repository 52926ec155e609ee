package io.github.deepimageprior.saliency;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.Progress;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.engine.AvailableMemory;
import io.github.deepimageprior.engine.Program;
import io.github.deepimageprior.engine.Torch;

import java.util.SplittableRandom;

/**
 * How every pixel speaks for a class: one sum over a path and over noise, of which the known methods are settings. With
 * g the gradient of the class's score, or its magnitude for MIG-SG (paper, equation 1),
 *
 * <pre>{@code map = (x - x0) · Σ_k w_k · 1/N Σ_n g(x0 + k/m (x - x0) + σ · noise)}</pre>
 *
 * averaged over the baselines x0; the magnitude is taken before that mean. Without a path, g is taken at x itself and
 * the factor is 1.
 *
 * @param method which method
 * @param settings its parameters; those that the method has no use for are ignored
 */
public record Saliency(SaliencyMethod method, SaliencySettings settings) {

	/** Gradients at once: on a CPU more are no faster. */
	private static final int BATCH = 8;

	/** What a gradient of a large network takes, for every byte of its input: a guess that errs on the safe side. */
	private static final long BYTES_A_BYTE = 400;

	/**
	 * Computes a map.
	 *
	 * @param picture in 0..1
	 * @param start the baseline if the settings say that it is given, of the same size; else null
	 * @param target the class
	 * @param cancellation ends it early, with the mean so far
	 * @return the map for every channel; its {@link Picture#channelMean()} is what is shown
	 * @throws DipException if the given baseline is of another size
	 * @throws java.util.concurrent.CancellationException after a cancel
	 */
	public Picture run(final Classifier classifier, final Picture picture, final Picture start, final int target,
		final Progress progress, final Cancellation cancellation)
	{
		final boolean given = method.path && settings.baseline() == Baseline.IMAGE;
		if (given && (start == null || start.width() != picture.width() || start.height() != picture.height()
			|| start.channels() != picture.channels()))
			throw new DipException("The baseline must be an open image of the same size and type: " + picture.width()
				+ "x" + picture.height() + " pixels and " + picture.channels() + " channels.");
		try (Sum sum = new Sum(classifier, picture, target, Noise.seeded(settings.seed()))) {
			return sum.run(start, progress, cancellation);
		}
	}

	/** As {@link #run}, with noise that is given: for tests against golden values. */
	Picture run(final Classifier classifier, final Picture picture, final int target, final Noise noise) {
		try (Sum sum = new Sum(classifier, picture, target, noise)) {
			return sum.run(null, Progress.NONE, new Cancellation());
		}
	}

	/** @return whether negative values speak against the class */
	public boolean signed() {
		return !settings.absolute() && !method.magnitudes;
	}

	/** @return how many gradients it takes */
	public int gradients() {
		return points() * samples() * baselines();
	}

	private int points() {
		return method.path ? settings.rule().places(settings.intervals()).length : 1;
	}

	private int samples() {
		return method.noise ? settings.samples() : 1;
	}

	private int baselines() {
		return method.path && settings.baseline() == Baseline.RANDOM ? settings.baselines() : 1;
	}

	/** Where the noise comes from. */
	@FunctionalInterface
	interface Noise {

		/**
		 * @param first number of the first sample, counted over all
		 * @param count how many
		 * @return standard normal noise, count × channels × height × width
		 */
		NDArray samples(Program program, NDManager manager, Picture picture, long first, int count);

		static Noise seeded(final long seed) {
			final long start = new SplittableRandom(seed).nextLong(Long.MAX_VALUE / 2);
			return (program, manager, picture, first, count) -> {
				try (NDArray size = manager
					.create(new long[] { picture.channels(), picture.height(), picture.width(), start + first, count }))
				{
					return program.infer("noise", size).singletonOrThrow();
				}
			};
		}
	}

	/** The sum of one map. */
	private final class Sum implements AutoCloseable {

		private final Classifier classifier;
		private final Picture picture;
		private final int target;
		private final Noise noise;
		private final Program program;
		private final NDManager manager;
		private final NDArray x;
		private final double deviation;
		private final float[] places, weights;
		private int batch, done;

		Sum(final Classifier classifier, final Picture picture, final int target, final Noise noise) {
			this.classifier = classifier;
			this.picture = picture;
			this.target = target;
			this.noise = noise;
			places = method.path ? settings.rule().places(settings.intervals()) : new float[] { 1 };
			weights = method.path ? settings.rule().weights(settings.intervals()) : new float[] { 1 };
			deviation = method.noise ? settings.noise() * range(picture.values()) : 0;
			final Device device = classifier.device();
			batch = settings.batch() > 0 ? settings.batch() : suitable(AvailableMemory.on(device));
			program = Torch.compute(() -> Program.of(Saliency.class, "Saliency", device));
			manager = Torch.manager(device);
			x = Torch.compute(() -> tensor(picture.values()));
		}

		private int suitable(final long available) {
			return (int) Math.max(1, Math.min(BATCH,
				available / (BYTES_A_BYTE * Float.BYTES * Math.max(classifier.inputSize(), picture.values().length))));
		}

		Picture run(final Picture start, final Progress progress, final Cancellation cancellation) {
			final double[] map = new double[picture.values().length];
			double weight = 0;
			for (int t = 0; t < baselines() && (t == 0 || !cancellation.isRequested()); t++) {
				weight += add(baseline(t, start), t, map, progress, cancellation);
			}
			cancellation.requireNotCancelled();
			final float[] mean = new float[map.length];
			for (int i = 0; i < mean.length; i++) mean[i] = (float) (map[i] / weight);
			return picture.with(mean);
		}

		/**
		 * Adds the map of one baseline.
		 *
		 * @return the share of its gradients that were computed before a stop, by which the map counts
		 */
		private double add(final NDArray baseline, final int t, final double[] map, final Progress progress,
			final Cancellation cancellation)
		{
			final int terms = places.length * samples();
			final NDArray way = Torch.compute(() -> x.sub(baseline)), sum = Torch.compute(() -> x.zerosLike());
			double used = 0, all = 0;
			for (int term = 0; term < terms; term++) all += weights[term % places.length];
			int term = 0;
			while (term < terms && (done == 0 || !cancellation.isRequested())) {
				final int first = term, count = Math.min(batch, terms - term);
				if (!added(baseline, way, sum, first, count, (long) t * terms)) continue; // with a smaller batch
				for (; term < first + count; term++) used += weights[term % places.length];
				done += count;
				progress.reached((double) done / gradients());
			}
			final double share = used / all;
			if (share > 0) accumulate(way, sum, all / used / samples(), share, map);
			Torch.compute(() -> {
				baseline.close();
				way.close();
				sum.close();
				return null;
			});
			return share;
		}

		private boolean added(final NDArray baseline, final NDArray way, final NDArray sum, final int first,
			final int count, final long before)
		{
			try {
				return Torch.compute(() -> {
					try (NDManager here = manager.newSubManager()) {
						final float[] where = new float[count], weight = new float[count + 1];
						for (int i = 0; i < count; i++) {
							where[i] = places[(first + i) % places.length];
							weight[i] = weights[(first + i) % places.length];
						}
						weight[count] = method.magnitudes ? 1 : 0;
						final NDArray samples = deviation == 0
							? here.zeros(new Shape(count, picture.channels(), picture.height(), picture.width()))
							: noise.samples(program, here, picture, before + first, count);
						final NDArray points = program
							.infer("points", samples, baseline, way, here.create(where), here.create((float) deviation))
							.singletonOrThrow();
						program.infer("add", classifier.gradients(points, settings.score(), target), sum,
							here.create(weight));
						return true;
					}
				});
			}
			catch (final DipException outOfMemory) {
				if (batch == 1) throw outOfMemory;
				batch = Math.max(1, batch / 2);
				return false;
			}
		}

		private void accumulate(final NDArray way, final NDArray sum, final double factor, final double share,
			final double[] map)
		{
			final float[] total = Torch.compute(sum::toFloatArray), steps = Torch.compute(way::toFloatArray);
			for (int i = 0; i < map.length; i++) {
				final double value = total[i] * factor * (method.path ? steps[i] : 1);
				map[i] += share * (signed() ? value : Math.abs(value));
			}
		}

		private NDArray baseline(final int t, final Picture start) {
			if (!method.path) return Torch.compute(() -> x.zerosLike());
			return Torch.compute(() -> switch (settings.baseline()) {
				case RANDOM -> tensor(uniform(t));
				case BLACK -> x.zerosLike();
				case GREY -> x.zerosLike().add(0.5f);
				case BLURRED -> program
					.infer("blur", x, manager.create(new float[] { Math.min(picture.width(), picture.height()) / 8f }))
					.singletonOrThrow();
				case IMAGE -> tensor(start.values());
			});
		}

		private float[] uniform(final int t) {
			SplittableRandom random = new SplittableRandom(settings.seed());
			for (int i = 0; i <= t; i++) random = random.split();
			final float[] values = new float[picture.values().length];
			for (int i = 0; i < values.length; i++) values[i] = (float) random.nextDouble();
			return values;
		}

		private NDArray tensor(final float[] values) {
			return manager.create(values, new Shape(1, picture.channels(), picture.height(), picture.width()));
		}

		@Override
		public void close() {
			Torch.compute(() -> {
				manager.close();
				return null;
			});
		}
	}

	private static double range(final float[] values) {
		float min = Float.POSITIVE_INFINITY, max = Float.NEGATIVE_INFINITY;
		for (final float value : values) {
			min = Math.min(min, value);
			max = Math.max(max, value);
		}
		return (double) max - min;
	}
}
