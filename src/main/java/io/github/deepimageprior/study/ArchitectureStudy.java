package io.github.deepimageprior.study;

import io.github.deepimageprior.Digest;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.prior.Hourglass;
import io.github.deepimageprior.prior.Preset;
import io.github.deepimageprior.report.Part;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Section 6 of the paper: how the result depends on the architecture. Noise is added to pictures, and networks of many
 * architectures are fitted to them.
 *
 * @param settings with the architectures, the noise, and the steps
 */
record ArchitectureStudy(Settings settings) implements Study {

	static final String NAME = "DIP Architecture Study", STOP = "DIP, own stop";

	/** Of its settings besides those that all studies may have. */
	static final List<String> KEYS = List.of("scale_list", "map_list", "skip_list", "kernel_list", "noise",
		"iterations", "interval");

	/** Columns besides those of all studies. */
	private static final List<String> ARCHITECTURE = List.of("scales", "maps", "skip", "kernel", "parameters",
		"fitted_scales");

	/** Checks the settings. */
	ArchitectureStudy {
		PriorFit.steps(settings);
		for (final String condition : conditions(settings)) network(condition, settings);
		settings.levels("noise");
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public List<String> columns() {
		return Stream.concat(COLUMNS.stream(), ARCHITECTURE.stream()).toList();
	}

	@Override
	public List<String> relevant(final String condition) {
		return List.of("protocol", "size", "noise", "iterations", "interval", "preset", "precision", "device", "seed");
	}

	@Override
	public List<String> conditions() {
		return conditions(settings);
	}

	/** @return numbers of scales, maps, maps of skip connections and the side of kernels, with spaces between them */
	private static List<String> conditions(final Settings settings) {
		final List<String> all = new ArrayList<>();
		for (final String scales : numbers(settings, "scale_list"))
			for (final String maps : numbers(settings, "map_list"))
				for (final String skip : numbers(settings, "skip_list"))
					for (final String kernel : numbers(settings, "kernel_list"))
						all.add(String.join(" ", scales, maps, skip, kernel));
		return all;
	}

	private static List<String> numbers(final Settings settings, final String key) {
		return settings.list(key, number -> {
			if (!number.matches("\\d{1,4}"))
				throw new DipException("The number '" + DipException.shown(number)
					+ "' cannot be used: enter whole numbers from 0 to 9999, such as 1, 3, 5.");
			return String.valueOf(Integer.parseInt(number));
		});
	}

	private static Hourglass network(final String condition, final Settings settings) {
		final String[] numbers = condition.split(" ");
		try {
			final int kernel = Integer.parseInt(numbers[3]);
			return Hourglass
				.uniform(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2]),
					PriorFit.CHANNELS)
				.withKernels(kernel, kernel, 1)
				.with(Preset.named(settings.text("preset")).network(PriorFit.CHANNELS).padding());
		}
		catch (final IllegalArgumentException impossible) {
			throw new DipException(
				"There is no network of " + numbers[0] + " scales, " + numbers[1] + " maps and kernels of " + numbers[3]
					+ ": enter at least 1 in scale_list and map_list, and odd numbers in kernel_list.",
				impossible);
		}
	}

	private PriorFit fit(final String condition) {
		return PriorFit.of(network(condition, settings), Preset.named(settings.text("preset")).settings(), settings,
			PriorFit.steps(settings));
	}

	@Override
	public Row heading(final WorkItem item) {
		final String[] numbers = item.condition().split(" ");
		return Row.of("set", item.set(), "picture", item.sample().name(), "class", item.label(), "attack", "noise",
			"epsilon", settings.levels("noise"), "preset", settings.text("preset"), "seed", settings.seed("seed"),
			"scales", numbers[0], "maps", numbers[1], "skip", numbers[2], "kernel", numbers[3], "parameters",
			network(item.condition(), settings).parameterCount());
	}

	@Override
	public Outcome compute(final Job job) {
		final Row heading = heading(job.item()).with("fitted_scales", network(job.item().condition(), settings)
			.fitting(job.picture().width(), job.picture().height()).scales());
		final Picture noisy = noisy(job);
		return Examples.outcome(job, heading,
			fit(job.item().condition()).run(job, noisy, job.picture(), Defences.PRIOR, STOP), job.picture(), noisy);
	}

	/** The same noise for all architectures. */
	private Picture noisy(final Job job) {
		final Random random = new Random(settings.seed("seed") ^ Digest.number(job.item().sample().name()));
		final float[] values = job.picture().values().clone();
		for (int i = 0; i < values.length; i++)
			values[i] += (float) (settings.levels("noise") / 255 * random.nextGaussian());
		return job.picture().with(values).rounded(Worker.EIGHT_BITS);
	}

	@Override
	public double trial(final Picture picture, final Classifier classifier) {
		return conditions().stream().mapToDouble(condition -> fit(condition).seconds(picture, classifier)).average()
			.orElse(0);
	}

	@Override
	public long memory(final String condition, final Picture picture) {
		return fit(condition).memory(picture);
	}

	@Override
	public int together(final String condition, final Picture picture) {
		return fit(condition).together(picture);
	}

	@Override
	public List<Part> report(final List<Row> rows, final Choice pictures) {
		return new ArchitectureReport(rows).parts();
	}
}
