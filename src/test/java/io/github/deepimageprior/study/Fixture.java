package io.github.deepimageprior.study;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.Models;
import io.github.deepimageprior.data.Encoding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Small pictures, a small classifier, and settings of small studies. */
public final class Fixture {

	private Fixture() {}

	/** Writes pictures of 8×8 pixels into subfolders that are named by the classes that the classifier predicts. */
	public static Path pictures(final Path folder, final int count) throws IOException {
		try (Classifier classifier = Models.open("smooth")) {
			for (int i = 0; i < count; i++) {
				final Picture picture = picture(i);
				final Path subfolder = folder.resolve(classifier.labels().get(classifier.classify(picture).best()));
				Files.createDirectories(subfolder);
				Files.write(subfolder.resolve("picture" + i + ".png"), Encoding.png(picture));
			}
		}
		return folder;
	}

	/** @return random grey levels of 8 bits, of which the first pictures are about equally of all classes */
	static Picture picture(final long seed) {
		final SplittableRandom random = new SplittableRandom(seed);
		final float[] values = new float[3 * 64];
		for (int i = 0; i < values.length; i++) values[i] = random.nextInt(256) / 255f;
		return new Picture(values, 8, 8, 3);
	}

	/** @return the settings that all studies have, on the CPU */
	private static Settings study(final String name, final Path data, final Path output) {
		final Map<String, String> values = new HashMap<>();
		values.put("study", name);
		values.put("data", data.toString());
		values.put("output", output.toString());
		values.put("classifier", "TorchScript file");
		values.put("model_file", Models.path("smooth.pt").toString());
		values.put("device", "CPU");
		values.put("precision", "float32");
		values.put("preset", "Arch-2");
		values.put("seed", "0");
		values.put("count", "3");
		values.put("shuffle", "0");
		values.put("only_right", "true");
		values.put("protocol", "custom");
		values.put("space", "pixels");
		values.put("trust", "false");
		return Protocol.resolved(Settings.of(values));
	}

	/** @return all settings of a small defence study on the CPU */
	public static Settings defence(final Path data, final Path output) {
		return study("DIP Defence Study", data, output).with("attacks", "clean, FGSM 5, BI 20")
			.with("defences", "none, DIP, JPEG 75, Gaussian blur 1").with("dip_steps", "4, 8");
	}

	/** @return all settings of a small confidence study on the CPU */
	public static Settings confidence(final Path data, final Path output) {
		return study("DIP Confidence Study", data, output).with("methods", "fgsm, BI")
			.with("epsilons", "5, 20").with("iterations", 10).with("interval", 4);
	}

	/** @return all settings of a small feature study on the CPU */
	public static Settings feature(final Path data, final Path output) {
		return study("DIP Feature Study", data, output).with("networks", "Arch-2, fast")
			.with("iterations", 12).with("interval", 4).with("only_right", false);
	}

	/** @return all settings of a small architecture study on the CPU */
	public static Settings architecture(final Path data, final Path output) {
		return study("DIP Architecture Study", data, output).with("scale_list", "1, 2")
			.with("map_list", "8").with("skip_list", "0, 4").with("kernel_list", "3").with("noise", "25")
			.with("iterations", 12).with("interval", 4);
	}

	/** @return all settings of a small saliency study on the CPU */
	public static Settings saliency(final Path data, final Path output) {
		return study("DIP Saliency Study", data, output).with("map_methods", "Gradient, MIG-SG")
			.with("intervals", 2).with("noise_samples", 2).with("random_baselines", 2).with("evolution", "BI 5")
			.with("evolution_steps", "4, 8");
	}

	/** @return all settings of a small study of adaptive attacks on the CPU */
	public static Settings adaptive(final Path data, final Path output) {
		return study("DIP Adaptive Attack Study", data, output).with("strength", 20)
			.with("attack_steps", 3).with("attack_prior", 8).with("defence_prior", 8).with("eot", 2)
			.with("evaluations", 2);
	}

	/** @return all settings of small feature pairs on the CPU */
	static Settings pairs(final Path data, final Path output) {
		return study("Make Feature Pairs", data, output).with("strength", 60).with("attack_steps", 20);
	}

	/** @return the keys of a study's items, in their order */
	static List<String> keys(final Settings settings) {
		try (Worker worker = new Worker(settings)) {
			final Planner planner = new Planner(worker);
			return planner.items(planner.choose(new Cancellation())).stream().map(WorkItem::key).toList();
		}
	}

	/** @return the rows of a finished study, in their order */
	static List<Row> table(final Settings settings) {
		try (Worker worker = new Worker(settings);
			RowLog log = new RowLog(Path.of(settings.text("output")), worker.study().columns()))
		{
			final Planner planner = new Planner(worker);
			return log.rows(planner.items(planner.choose(new Cancellation())));
		}
	}

	/** @return the rows of a finished study without their last seconds */
	public static String rows(final Path output) throws IOException {
		return Files.readString(output.resolve("rows.csv")).lines()
			.map(line -> line.replaceAll(",[^,]*,([^,]*)$", ",,$1")).collect(Collectors.joining("\n"));
	}
}
