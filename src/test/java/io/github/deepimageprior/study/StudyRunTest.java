package io.github.deepimageprior.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.classifier.Models;
import io.github.deepimageprior.data.Encoding;
import io.github.deepimageprior.engine.AtOnce;
import io.github.deepimageprior.torchscript.WrittenModule;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole studies, of three small pictures, by the example of the defence study. */
class StudyRunTest {

	/** Attacks × (none, the prior at two steps and at its stop, JPEG, blur). */
	private static final int ITEMS = 9, ROWS = 6;

	private static final Picture BLACK = new Picture(new float[3 * 64], 8, 8, 3);

	@TempDir
	private static Path shared;

	@TempDir
	private Path folder;

	private static Path data, reference;

	private Path output;

	@BeforeAll
	static void once() throws IOException {
		data = Fixture.pictures(shared.resolve("data"), 5);
		reference = shared.resolve("reference");
		run(Fixture.defence(data, reference));
	}

	@BeforeEach
	void name() {
		output = folder.resolve("output");
	}

	private static StudyRun.Result run(final Settings settings) {
		return run(settings, StudyRun.Listener.NONE, new Cancellation());
	}

	private static StudyRun.Result run(final Settings settings, final StudyRun.Listener listener,
		final Cancellation cancellation)
	{
		return new StudyRun(settings, "run(\"DIP Defence Study...\");", listener).run(cancellation);
	}

	private static String advice(final Settings settings) {
		return assertThrows(DipException.class, () -> run(settings)).getMessage();
	}

	private static void copy(final Path from, final Path to) throws IOException {
		try (Stream<Path> all = Files.walk(from)) {
			for (final Path file : all.toList()) Files.copy(file, to.resolve(from.relativize(file).toString()));
		}
	}

	@Test
	void theFolderHasAllThatBelongsToTheStudy() throws IOException {
		final List<String> lines = Files.readAllLines(reference.resolve("rows.csv"));
		assertEquals(1 + ITEMS * ROWS, lines.size());
		for (final String name : List.of("study.json", "summary.csv", "paper.csv", "comparisons.csv", "defence.csv",
			"defence.png")) assertTrue(Files.size(reference.resolve(name)) > 50, name);
		final String page = Files.readString(reference.resolve("report.html"));
		for (final String word : List.of("3 pictures, all of which", "9 of 9 items are complete", "FGSM 5",
			"run(&quot;DIP Defence Study...&quot;);", "Median:")) assertTrue(page.contains(word), word);
		try (Stream<Path> pictures = Files.list(reference.resolve("pictures"))) {
			assertEquals(ITEMS, pictures.count());
		}
		final java.util.regex.Matcher picture = java.util.regex.Pattern.compile("src=\"(pictures/[^\"]+)\"")
			.matcher(page);
		int shown = 0;
		for (; picture.find(); shown++) assertTrue(Files.exists(reference.resolve(picture.group(1))));
		assertEquals(3, shown);
		final String json = Files.readString(reference.resolve("study.json"));
		for (final String word : List.of("\"dip_steps\": \"4, 8\"", "\"libtorch", "\"digest\"", "\"tried\": 3"))
			assertTrue(json.contains(word.replace("\"libtorch", "\"engine\": \"libtorch")), word);
	}

	@Test
	void theRowsSayWhatHappened() {
		final List<Row> rows = Fixture.table(Fixture.defence(data, reference));
		assertEquals(ITEMS * ROWS, rows.size());
		for (final Row row : rows) {
			assertEquals(row.text("right").equals("1"), row.text("predicted").equals(row.text("class")));
			assertTrue(row.number("p_predicted") >= row.number("p_true") && row.number("p_true") >= 0);
			assertTrue(row.number("linf") <= row.number("epsilon") + 1e-4, row.toString());
			if (row.text("attack").equals("clean") && row.text("defence").equals("none")) {
				assertEquals("1", row.text("right"));
				assertEquals("inf", row.text("psnr"));
			}
			assertEquals(!row.text("attack").equals("clean"), row.number("l2") > 0);
		}
		assertEquals(List.of("none", "DIP", "DIP", "DIP, own stop", "JPEG 75", "Gaussian blur 1"),
			rows.subList(0, ROWS).stream().map(row -> row.text("defence")).toList());
		assertEquals(List.of("4", "8"), rows.subList(1, 3).stream().map(row -> row.text("step")).toList());
	}

	@Test
	void aSecondStartSkipsWhatIsComplete() throws IOException {
		Files.createDirectories(output.getParent());
		copy(reference, output);
		final List<String> said = new ArrayList<>();
		final StudyRun.Result result = run(Fixture.defence(data, output), new StudyRun.Listener() {

			@Override
			public void announce(final String sentence) {
				said.add(sentence);
			}
		}, new Cancellation());
		assertEquals(List.of("choosing pictures"), said);
		assertEquals(ITEMS, result.complete());
		assertEquals(Files.readString(reference.resolve("rows.csv")), Files.readString(output.resolve("rows.csv")));
		assertEquals(Files.readString(reference.resolve("summary.csv")),
			Files.readString(output.resolve("summary.csv")));
	}

	/** Also with other numbers of lanes and of items in each: steps are always those of the same number of fits. */
	@Test
	void theSameSeedGivesTheSameRows() throws IOException {
		try (Worker worker = new Worker(Fixture.defence(data, output))) {
			Files.createDirectories(output);
			try (RowLog log = new RowLog(output, Study.COLUMNS)) {
				final Planner planner = new Planner(worker);
				final List<WorkItem> items = planner.items(planner.choose(new Cancellation()));
				new Lanes(new AtOnce(3, 2, false, true)).run(worker, items, new Executor.Receiver() {

					@Override
					public void progress(final WorkItem item, final double fraction) {}

					@Override
					public void done(final Outcome outcome) {
						log.append(outcome);
					}
				}, new Cancellation());
				log.sort(items);
			}
		}
		assertEquals(Fixture.rows(reference), Fixture.rows(output));
		run(Fixture.defence(data, folder.resolve("other")).with("seed", 1));
		assertNotEquals(Fixture.rows(reference), Fixture.rows(folder.resolve("other")));
	}

	@Test
	void whatHasChangedIsComputedAgain() throws IOException {
		Files.createDirectories(output.getParent());
		copy(reference, output);
		final Path copied = folder.resolve("data");
		copy(data, copied);
		assertEquals(0, added(Fixture.defence(data, output).with("dip_steps", " 4 ,8")));
		assertEquals(ITEMS, added(Fixture.defence(data, output).with("seed", 7)));
		assertEquals(0, added(Fixture.defence(copied, output)), "the same pictures at another place");
		assertEquals(3, added(Fixture.defence(data, output).with("attacks", "clean, FGSM 5, BI 20, LLCI 20")));
		assertEquals(3, added(Fixture.defence(data, output).with("count", 4)), "one more picture");
		final Path studied = studied(copied);
		final var changed = Fixture.picture(99);
		Files.write(studied, Encoding.png(changed));
		assertEquals(3, added(Fixture.defence(copied, output).with("only_right", false)), "a changed picture");
	}

	/** So that a study goes on although pictures have come or gone. */
	@Test
	void otherPicturesDoNotChangeTheChoice() throws IOException {
		final Path more = Fixture.pictures(folder.resolve("more"), 12), fewer = folder.resolve("fewer");
		final Settings settings = Fixture.defence(more, output).with("count", 6);
		final List<String> chosen = names(settings), last = names(settings.with("count", 12)).subList(11, 12);
		copy(more, fewer);
		Files.delete(fewer.resolve(last.get(0)));
		assertEquals(chosen, names(settings.with("data", fewer)), "without a picture that was not chosen");
		Files.delete(fewer.resolve(chosen.get(2)));
		final List<String> others = names(settings.with("data", fewer));
		assertEquals(chosen.subList(3, 6), others.subList(2, 5), "without one that was");
		assertNotEquals(chosen, names(settings.with("shuffle", 1)));
	}

	private static List<String> names(final Settings settings) {
		try (Worker worker = new Worker(settings)) {
			return new Planner(worker).choose(new Cancellation()).pictures().stream().map(one -> one.sample().name())
				.toList();
		}
	}

	@Test
	void howNumbersAndListsAreSpelledDoesNotMatter() {
		final Settings settings = Settings.of(Map.of("a", "1, 2.50,x", "b", " 3.0 ", "seed", "9007199254740993"));
		assertEquals("a=[1, 2.5, x], b=[3], seed=[9007199254740993]",
			settings.canonical(List.of("seed", "b", "a", "c")));
		assertEquals(settings.canonical(List.of("a")),
			Settings.of(Map.of("a", "1.0 ,2.5 , X")).canonical(List.of("a")));
	}

	/** As macros say it: what is neither true nor false does not pass for false. */
	@Test
	void whatIsNoChoiceIsASentence() {
		final Settings settings = Fixture.defence(data, output);
		for (final String[] bad : new String[][] { { "only_right", "yes", "true or false" },
			{ "trust", "1", "true or false" }, { "protocol", "paper", "custom or as in the paper" },
			{ "size", "whole", "as the classifier sees it or whole, resized" } })
			assertEquals("The value of " + bad[0] + " is '" + bad[1] + "': use " + bad[2] + ".",
				advice(settings.with(bad[0], bad[1])));
		assertTrue(settings.with("trust", " True ").flag("trust"));
	}

	/** One that nobody reads would look in the report as if it had been followed; also one of another study. */
	@Test
	void aSettingThatTheStudyDoesNotHaveIsASentence() {
		for (final String key : List.of("onlyright", "Seed", "eot")) {
			final String advice = advice(Fixture.defence(data, output).with(key, "1"));
			assertTrue(advice.startsWith("There is no setting '" + key + "' of DIP Defence Study: remove it, or use "
				+ "one of attacks, defences, dip_steps, study, data, "), advice);
		}
		assertFalse(Files.exists(output));
	}

	/** @return one of the pictures that the reference studies, in a copy of the data */
	private static Path studied(final Path copied) throws IOException {
		final String json = Files.readString(reference.resolve("study.json"));
		try (Stream<Path> all = Files.walk(copied)) {
			return all.filter(Files::isRegularFile).filter(file -> json.contains(file.getFileName().toString()))
				.findFirst().get();
		}
	}

	/** @return how many items the run added to the log */
	private int added(final Settings settings) throws IOException {
		final long before = Files.readAllLines(output.resolve("rows.csv")).size();
		run(settings);
		return (int) (Files.readAllLines(output.resolve("rows.csv")).size() - before) / ROWS;
	}

	@Test
	void aPictureThatDisappearsIsARowAndTheRestGoesOn() throws IOException {
		final Path copied = folder.resolve("data");
		copy(data, copied);
		final Path[] gone = new Path[2];
		final StudyRun.Result result = run(Fixture.defence(copied, output), new StudyRun.Listener() {

			@Override
			public void announce(final String sentence) {
				if (!sentence.contains("items take")) return;
				try {
					gone[0] = studied(copied);
					gone[1] = Files.move(gone[0], folder.resolve("away.png"));
				}
				catch (final IOException unexpected) {
					throw new IllegalStateException(unexpected);
				}
			}
		}, new Cancellation());
		assertEquals(3, result.failed());
		assertEquals(ITEMS - 3, result.complete());
		assertTrue(result.sentence().startsWith("6 of 9 items are complete, 3 failed (the report says why): open "));
		final String name = gone[0].getFileName().toString();
		assertTrue(Files.readString(output.resolve("report.html")).contains("What failed"));
		assertEquals(3, Files.readAllLines(output.resolve("rows.csv")).stream()
			.filter(line -> line.contains(name) && line.contains("cannot be read")).count());
		Files.move(gone[1], gone[0]);
		assertEquals(0, run(Fixture.defence(copied, output)).failed());
		assertEquals(Fixture.rows(reference), Fixture.rows(output));
	}

	@Test
	void aStopKeepsRowsAndWritesTheReport() throws IOException {
		final Cancellation cancellation = new Cancellation();
		final StudyRun.Listener listener = new StudyRun.Listener() {

			@Override
			public void progress(final double fraction, final String text) {
				if (text.startsWith("2 of")) cancellation.stop();
			}
		};
		final Executor.Factory oneAfterTheOther = (items, bytes, device,
			together) -> new Lanes(new AtOnce(1, 1, false, true));
		final StudyRun.Result result = new StudyRun(Fixture.defence(data, output), "", listener, oneAfterTheOther)
			.run(cancellation);
		assertTrue(result.complete() >= 2 && result.complete() < ITEMS, "complete " + result.complete());
		assertEquals(0, result.failed());
		assertTrue(Files.readString(output.resolve("report.html")).contains(result.complete() + " of 9 items"));
		assertEquals(ITEMS, run(Fixture.defence(data, output)).complete());
		assertEquals(Fixture.rows(reference), Fixture.rows(output));
	}

	@Test
	void aCancelKeepsRowsToo() throws IOException {
		final Cancellation cancellation = new Cancellation();
		assertThrows(CancellationException.class, () -> run(Fixture.defence(data, output), new StudyRun.Listener() {

			@Override
			public void progress(final double fraction, final String text) {
				if (text.startsWith("1 of")) cancellation.cancel();
			}
		}, cancellation));
		assertTrue(Files.readAllLines(output.resolve("rows.csv")).size() >= 1 + ROWS);
		assertFalse(Files.exists(output.resolve("report.html")));
	}

	@Test
	void aStopWhilePicturesAreChosenEndsTheStudy() throws IOException {
		final Cancellation cancellation = new Cancellation();
		final Settings settings = Fixture.defence(data, output);
		assertThrows(CancellationException.class, () -> run(settings, new StudyRun.Listener() {

			@Override
			public void announce(final String sentence) {
				if (sentence.equals("choosing pictures")) cancellation.stop();
			}
		}, cancellation));
		assertEquals(ITEMS, run(settings).complete(), "the folder is free again");
	}

	@Test
	void whatCannotBeUsedIsASentence() throws IOException {
		final Path empty = Files.createDirectories(folder.resolve("empty"));
		assertTrue(advice(Fixture.defence(empty, output)).contains("no labelled pictures in " + empty));
		final Path other = folder.resolve("classes");
		Files.createDirectories(other.resolve("zebra"));
		Files.write(other.resolve("zebra/a.png"), Encoding.png(Fixture.picture(0)));
		assertTrue(advice(Fixture.defence(other, output)).contains("zebra/a.png has the class 'zebra', which"));
		Files.move(other.resolve("zebra"), other.resolve(wrong()));
		assertTrue(advice(Fixture.defence(other, output)).contains("predicts none of the 1 pictures right"));
		final Path file = Files.writeString(folder.resolve("file"), "");
		assertTrue(advice(Fixture.defence(data, file)).contains("Nothing can be written to the output folder " + file));
		Files.createDirectories(output);
		Files.writeString(output.resolve("study.json"), "{\"study\": \"DIP Confidence Study\"}");
		assertTrue(advice(Fixture.defence(data, output)).contains("has the results of another study"));
		for (final String[] bad : new String[][] { { "attacks", "FGSM" }, { "attacks", "PGD 3" }, { "attacks", " , " },
			{ "defences", "magic" }, { "dip_steps", "0" }, { "seed", "x" }, { "count", "0" }, { "preset", "none" },
			{ "study", "none" }, { "defences", "none, DIP, randomisation" }, { "attacks", "FGSM -5" },
			{ "attacks", "FGSM 2, fgsm 2.0" }, { "defences", "none, None" }, { "dip_steps", "4, 4" } })
		{
			final String advice = advice(Fixture.defence(data, folder.resolve("bad")).with(bad[0], bad[1]));
			assertTrue(advice.matches("[A-Z].*[.]"), advice);
			if (bad[0].endsWith("s") && !bad[1].endsWith("sation")) assertTrue(advice.contains(" " + bad[0]), advice);
		}
	}

	@Test
	void picturesInOtherFormatsAreTold() throws IOException {
		final Path copied = folder.resolve("data");
		copy(data, copied);
		Files.writeString(Files.createDirectories(copied.resolve("one")).resolve("a.webp"), "");
		final List<String> warned = new ArrayList<>();
		run(Fixture.defence(copied, output).with("count", 1).with("attacks", "clean").with("defences", "none"),
			new StudyRun.Listener() {

				@Override
				public void warn(final String sentence) {
					warned.add(sentence);
				}
			}, new Cancellation());
		assertEquals(1, warned.size());
		assertTrue(warned.get(0).startsWith("In " + copied + ", 1 picture in a format that is not read"),
			warned.get(0));
		assertTrue(Files.readString(output.resolve("report.html")).contains("<p>" + warned.get(0)));
	}

	/** A folder that holds others but is not a study's; hidden files and subfolders are not in the way. */
	@Test
	void noFileOfTheUserIsReplaced() throws IOException {
		final Path page = Files.writeString(Files.createDirectories(output).resolve("report.html"), "the user's");
		final Settings settings = Fixture.defence(data, output).with("count", 1).with("attacks", "clean")
			.with("defences", "none");
		final String sentence = "The output folder " + output
			+ " has files that are not those of a study: choose an empty folder, or that of a study to go on with.";
		assertEquals(sentence, advice(settings));
		assertEquals(sentence, assertThrows(DipException.class,
			() -> new StudyRun(settings, "", StudyRun.Listener.NONE).plan(new Cancellation())).getMessage());
		try (Stream<Path> files = Files.list(output)) {
			assertEquals(List.of(page), files.toList());
		}
		Files.move(page, Files.createDirectories(output.resolve("older")).resolve("report.html"));
		Files.writeString(output.resolve(".DS_Store"), "");
		assertEquals(1, run(settings).complete());
		Files.delete(output.resolve("study.json"));
		assertEquals(1, run(settings).complete(), "whose description is lost");
	}

	@Test
	void theOutputMayNotLieAmongThePictures() throws IOException {
		final Path copied = folder.resolve("data");
		copy(data, copied);
		final Path link = Files.createSymbolicLink(folder.resolve("link"), copied);
		for (final Path among : List.of(copied, copied.resolve("new/results"), link.resolve("one"), link)) {
			final Settings settings = Fixture.defence(copied, among);
			assertEquals("The output folder " + among + " lies in the folder of the pictures " + copied
				+ ": choose an output folder elsewhere.", advice(settings));
			assertThrows(DipException.class,
				() -> new StudyRun(settings, "", StudyRun.Listener.NONE).plan(new Cancellation()));
		}
		assertFalse(Files.exists(copied.resolve("new")));
		copy(reference.resolve("pictures"), copied.resolve("pictures"));
		assertTrue(advice(Fixture.defence(copied, output)).contains("has the class 'pictures'"));
		Files.writeString(copied.resolve("pictures/study.json"), "{}");
		assertEquals(3, names(Fixture.defence(copied, output)).size(), "the results of a study are no class");
	}

	/** @return a model of three classes whose scores are made from x by a line of TorchScript */
	private String model(final String line) throws IOException {
		Files.copy(Models.path("linear.json"), folder.resolve("written.json"));
		Files.copy(Models.path("three.txt"), folder.resolve("three.txt"));
		return WrittenModule.write(folder.resolve("written.pt"), WrittenModule.code("return " + line)).toString();
	}

	/** Also if it is the only one left, whose time would be measured. */
	@Test
	void aPictureWithoutGradientFailsAlone() throws IOException {
		final Path pictures = Files.createDirectories(folder.resolve("data/0"));
		for (int i = 0; i < 3; i++) Files.write(pictures.resolve(i + ".png"), Encoding.png(Fixture.picture(i)));
		Files.write(pictures.resolve("flat.png"),
			Encoding.png(BLACK));
		final Settings settings = Fixture.defence(folder.resolve("data"), output).with("count", 4)
			.with("only_right", false).with("attacks", "FGSM 5").with("defences", "none")
			.with("model_file", model("torch.sqrt(torch.mean(x, [2, 3]))"));
		final List<String> said = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			final StudyRun.Result result = run(settings, new StudyRun.Listener() {

				@Override
				public void announce(final String sentence) {
					said.add(sentence);
				}
			}, new Cancellation());
			assertEquals(1, result.failed(), "its attack");
			assertEquals(7, result.complete());
		}
		assertTrue(said.get(3).startsWith("1 item takes an unknown time on this CPU, "), said.get(3));
	}

	/** A description that was torn, as by a power failure, does not make the rows those of another study. */
	@Test
	void aStudyWhoseDescriptionIsTornGoesOn() throws IOException {
		Files.createDirectories(output.getParent());
		copy(reference, output);
		final String json = Files.readString(reference.resolve("study.json"));
		for (final String torn : List.of("", json.substring(0, json.length() / 2), "{\"study\": []}")) {
			Files.writeString(output.resolve("study.json"), torn);
			assertEquals(0, added(Fixture.defence(data, output)), torn);
			assertEquals(json.replaceAll("\"output\".*", ""),
				Files.readString(output.resolve("study.json")).replaceAll("\"output\".*", ""));
			Files.writeString(output.resolve("study.json"), torn);
			assertTrue(advice(Fixture.confidence(data, output)).contains("has the results of another study"));
			assertEquals(torn, Files.readString(output.resolve("study.json")));
		}
		Files.delete(output.resolve("rows.csv"));
		assertTrue(advice(Fixture.defence(data, output)).contains("has the results of another study"));
	}

	/** Beside the older one, which is complete until then. */
	@Test
	void aDescriptionIsReplacedAtOnce() throws IOException {
		final StudyFolder there = StudyFolder.of(output, Studies.of(Fixture.defence(data, output)));
		there.describe(Map.of("study", "DIP Defence Study"));
		final Path place = output.resolve("study.json"), kept = Files.move(place, folder.resolve("kept.json"));
		Files.createLink(place, kept);
		there.describe(Map.of("study", "DIP Defence Study", "tried", 3));
		assertFalse(Files.readString(kept).contains("tried"), "the older file itself is not written to");
		assertTrue(Files.readString(place).contains("\"tried\": 3"));
		try (Stream<Path> files = Files.list(output)) {
			assertEquals(List.of(place), files.toList());
		}
	}

	/** @return a class that the first picture does not have */
	private static String wrong() {
		return Files.exists(data.resolve("one/picture0.png")) ? "two" : "one";
	}

	@Test
	void aStudyGoesOnWithItsPrecision() throws IOException {
		assertEquals("float32", StudyRun.precision(reference.toString(), "auto", "CPU"));
		assertEquals("bfloat16", StudyRun.precision(reference.toString(), "bfloat16", "CPU"));
		Files.createDirectories(output);
		for (final String former : List.of("bfloat16", "float32")) {
			Files.writeString(output.resolve("study.json"), "{\"settings\": {\"precision\": \"" + former + "\"}}");
			for (final String auto : List.of("auto", " Auto "))
				assertEquals(former, StudyRun.precision(output.toString(), auto, "CPU"));
		}
		assertTrue(StudyRun.precision(folder.resolve("none").toString(), "auto", "CPU").matches("b?float(16|32)"));
	}

	@Test
	void aPictureThatCannotBeClassifiedIsNamed() throws IOException {
		final Path pictures = Files.createDirectories(folder.resolve("data/0"));
		Files.write(pictures.resolve("flat.png"), Encoding.png(BLACK));
		final Settings settings = Fixture.defence(folder.resolve("data"), output).with("model_file",
			model("torch.log(torch.mean(x, [2, 3]))"));
		assertTrue(advice(settings).startsWith("For the picture 0/flat.png: The model written.pt returns scores that"));
	}

	@Test
	void theEstimateIsASentence() {
		assertEquals("3 items take an unknown time on this CPU, 300 MB of memory each.",
			StudyReport.estimate(3, Double.NaN, 300_000_000, 1, "CPU"));
		assertEquals("1 item takes about 50 seconds on this CPU, 300 MB of memory each.",
			StudyReport.estimate(1, 50, 300_000_000, 1, "CPU"));
		assertEquals("3 items take about 50 seconds on this CPU, 300 MB of memory each.",
			StudyReport.estimate(3, 50, 300_000_000, 1, "CPU"));
		assertEquals("30 items take about 50 minutes on this CPU, 2 at once, 1.3 GB of memory each.",
			StudyReport.estimate(30, 3000, 1_320_000_000, 2, "CPU"));
		assertEquals(
			"240 items take about 41 hours on this CPU, 2 at once, 300 MB of memory each: choose fewer pictures or "
				+ "steps or a GPU. It can be stopped at any time and goes on from where it was.",
			StudyReport.estimate(240, 41 * 3600, 300_000_000, 2, "CPU"));
	}

	@Test
	void setsWhoseFoldersHaveTheSameNameStayApart() throws IOException {
		final Path copied = folder.resolve("again/data");
		Files.createDirectories(copied.getParent());
		copy(data, copied);
		try (Worker worker = new Worker(Fixture.defence(data, output).with("data", data + ";" + copied))) {
			final Planner planner = new Planner(worker);
			final List<WorkItem> items = planner.items(planner.choose(new Cancellation()));
			assertEquals(List.of(shared.getFileName() + "/data", "again/data"),
				items.stream().map(WorkItem::set).distinct().toList());
			assertEquals(2 * ITEMS, items.stream().map(WorkItem::key).distinct().count());
		}
		assertTrue(advice(Fixture.defence(data, output).with("data", data + ";" + data)).contains("given twice"));
	}

	/** A file of settings has the keys of a command: what its command lacks is added, and nothing else. */
	@Test
	void whatACommandLacksAsAParameterIsAdded() {
		final Map<String, String> pairs = new HashMap<>(Map.of("study", FeaturePairs.NAME)),
			defence = new HashMap<>(Map.of("study", DefenceStudy.NAME, "preset", "Paper"));
		Studies.complete(pairs);
		Studies.complete(defence);
		assertEquals(Map.of("study", FeaturePairs.NAME, "only_right", "false", "protocol", "custom", "preset", "Fast"),
			pairs);
		assertEquals(Map.of("study", DefenceStudy.NAME, "protocol", "custom", "preset", "Paper"), defence);
	}

	/** Items and outcomes travel to other computers, and settings are enough to make a worker there. */
	@Test
	void itemsAndOutcomesTravel() throws Exception {
		final Settings settings = Fixture.defence(data, output);
		try (Worker worker = new Worker(settings); Worker there = new Worker(travelled(settings))) {
			final Planner planner = new Planner(worker);
			final WorkItem item = planner.items(planner.choose(new Cancellation())).get(1);
			final Outcome outcome = io.github.deepimageprior.engine.ParallelRuns
				.here(() -> there.compute(travelled(item), fraction -> {}, new Cancellation()));
			final Outcome back = travelled(outcome);
			assertEquals(outcome.rows(), back.rows());
			assertEquals(item, back.item());
			assertEquals(ROWS, back.rows().size());
		}
	}

	@SuppressWarnings("unchecked")
	private static <T> T travelled(final T value) throws Exception {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		new ObjectOutputStream(bytes).writeObject(value);
		return (T) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
	}
}
