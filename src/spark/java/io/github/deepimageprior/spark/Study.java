package io.github.deepimageprior.spark;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.reflect.TypeToken;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.UserPath;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.study.Protocol;
import io.github.deepimageprior.study.Settings;
import io.github.deepimageprior.study.Studies;
import io.github.deepimageprior.study.StudyRun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a study on a cluster: the main class for spark-submit. */
@Command(name = "Study", customSynopsis = "spark-submit ... Study ... --settings FILE [--output FOLDER] [OPTIONS]",
	description = {
		"Runs a study of the plugin on a Spark cluster, with the same rows and the same report as in ImageJ.",
		"A study that was interrupted goes on where it was when the same command is started again." })
public final class Study extends Application {

	/** As a map, in which Gson refuses a key that stands twice. */
	private static final TypeToken<Map<String, JsonElement>> OBJECT = new TypeToken<>() {};

	@Option(names = "--settings", required = true, paramLabel = "FILE",
		description = "study.json of an earlier study, or a JSON object with the settings: the macro keys of the "
			+ "command, and its name as study.")
	private String file;

	@Option(names = "--data", paramLabel = "FOLDER", description = "Labelled pictures, instead of those of the file: a "
		+ "path of this computer, or hdfs:, s3a: and others, which the driver copies.")
	private String data;

	@Option(names = "--output", paramLabel = "FOLDER",
		description = "Where rows, figures and report go, instead of the folder of the file; also hdfs:, s3a: and "
			+ "others, to which they are copied every half minute.")
	private String output;

	@Option(names = "--set", paramLabel = "KEY=VALUE", description = "Another value of a setting; may be repeated.")
	private final Map<String, String> others = new LinkedHashMap<>();

	/** Runs the study. */
	public static void main(final String... arguments) {
		end(execute(new Study(), arguments));
	}

	@Override
	public Integer call() {
		return withSpark("dip-study", spark -> {
			final Map<String, String> values = values();
			try (RemoteFolder folder = new RemoteFolder(values.getOrDefault("output", ""),
				List.of("rows.csv", "study.json")))
			{
				if (folder.hasOnlyOthers()) throw StudyRun.foreign(values.get("output"));
				values.put("output", folder.local().toString());
				final StudyRun run = new StudyRun(settings(values), "spark-submit ... --settings study.json",
					new Lines(), SparkExecutor.on(spark));
				if (dryRun) {
					say(sentence(run.plan(new Cancellation())));
					return 0;
				}
				folder.watch();
				final StudyRun.Result result = run.run(new Cancellation());
				say(result.sentence());
				return result.failed() > 0 ? 3 : 0;
			}
		});
	}

	private static String sentence(final StudyRun.Plan plan) {
		if (plan.open() == 0) return plan.sentence();
		final String time = Double.isNaN(plan.seconds()) ? "an unknown time"
			: String.format(Locale.ROOT, "about %.1f s", plan.seconds());
		return String.format(Locale.ROOT,
			"%d of %d items are to be computed, each %s and %.0f MB outside the Java heap, %d at once. %s",
			plan.open(), plan.items(), time, plan.bytes() / 1e6, plan.lanes(), plan.sentence());
	}

	/** @return the settings as they were written, with files of this computer */
	private Map<String, String> values() {
		final Map<String, String> values = read(UserPath.of(RemoteFolder.copied(file)));
		values.putAll(others);
		if (data != null) values.put("data", data);
		if (output != null) values.put("output", output);
		if (values.getOrDefault("output", "").isBlank())
			throw new DipException("There is no output folder: give one with --output.");
		if (values.getOrDefault("data", "").isBlank())
			throw new DipException("There are no pictures: give their folder with --data.");
		values.put("data",
			Arrays.stream(values.get("data").split(";")).map(RemoteFolder::copied).collect(Collectors.joining(";")));
		return values;
	}

	private static Settings settings(final Map<String, String> values) {
		values.putIfAbsent("model_file", "");
		values.putIfAbsent("trust", "false");
		Studies.complete(values);
		values.putIfAbsent("device", "CPU");
		final Settings written = Protocol.resolved(Settings.of(values));
		final String device = Torch.deviceName(written.text("device"));
		return written.with("device", device).with("precision",
			StudyRun.precision(written.text("output"), values.getOrDefault("precision", "auto"), device));
	}

	/** @return the settings in a file */
	private static Map<String, String> read(final Path path) {
		try {
			final String json = Files.readString(path);
			final Map<String, JsonElement> file = new Gson().fromJson(json, OBJECT), settings = file
				.containsKey("settings") ? new Gson().fromJson(json, Description.class).settings() : file;
			final Map<String, String> values = new LinkedHashMap<>();
			settings.forEach((key, value) -> values.put(key, value.getAsString()));
			return values;
		}
		catch (final IOException | RuntimeException unusable) {
			throw new DipException(
				"The settings cannot be read from " + path
					+ ": give the study.json of a study, or a JSON object in which each key stands once and each value "
					+ "is a text or a number.",
				unusable);
		}
	}

	/** What is read of study.json: as a map, too. */
	private record Description(Map<String, JsonElement> settings) {}

	/** Prints what goes on, progress now and then. */
	private static final class Lines implements StudyRun.Listener {

		private final Ticker ticker = new Ticker();

		@Override
		public void announce(final String sentence) {
			say(sentence);
		}

		@Override
		public void warn(final String sentence) {
			say(sentence);
		}

		@Override
		public void progress(final double fraction, final String text) {
			ticker.say(text);
		}
	}
}
