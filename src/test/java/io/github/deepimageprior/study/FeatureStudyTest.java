package io.github.deepimageprior.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.classifier.Models;
import io.github.deepimageprior.data.Encoding;
import io.github.deepimageprior.report.Part;
import io.github.deepimageprior.report.Report;
import io.github.deepimageprior.report.Table;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureStudyTest {

	@TempDir
	private Path folder;

	/** Sets of pictures with the same names: the same ones are chosen from each. */
	@Test
	void setsAndNetworksAreCompared() throws Exception {
		final Path first = Fixture.pictures(folder.resolve("first"), 5), second = folder.resolve("second");
		try (Stream<Path> all = Files.walk(first)) {
			for (final Path file : all.toList()) {
				final Path to = second.resolve(first.relativize(file).toString());
				if (Files.isDirectory(file)) Files.createDirectories(to);
				else Files.write(to, Encoding.png(Fixture.picture(100 + file.getFileName().toString().hashCode())));
			}
		}
		final Settings settings = Fixture.feature(first, folder.resolve("out")).with("data", first + "; " + second)
			.with("count", 3);
		new StudyRun(settings, "", StudyRun.Listener.NONE).run(new Cancellation());
		final List<Row> rows = Fixture.table(settings);
		assertEquals(2 * 3 * 2 * 4, rows.size(), "sets x pictures x networks x steps");
		final List<List<String>> names = Stream.of("first", "second").map(set -> rows.stream()
			.filter(row -> row.text("set").equals(set)).map(row -> row.text("picture")).distinct().toList()).toList();
		assertEquals(3, names.get(0).size());
		assertEquals(names.get(0), names.get(1));
		assertEquals(List.of("Arch-2", "Fast"), rows.stream().map(row -> row.text("preset")).distinct().toList());
		assertEquals(1 + 4, Files.readAllLines(folder.resolve("out/summary.csv")).size());
		assertEquals(1 + 2 * 3, Files.readAllLines(folder.resolve("out/features-Arch-2.csv")).size());
		assertTrue(Files.exists(folder.resolve("out/features-Fast.png")));
		ExamplesTest.assertShown(folder.resolve("out"));
	}

	private static Row row(final String set, final String picture, final int step, final double probability) {
		return Row.of("set", set, "picture", picture, "preset", "Fast", "step", step, "p_true", probability);
	}

	/** Pictures without some steps count in no column, and a set of nothing else has a line without numbers. */
	@Test
	void allNumbersOfALineAreOfTheSamePictures() throws Exception {
		final List<Part> parts = new FeatureStudy(Fixture.feature(folder, folder))
			.report(List.of(row("robust", "a", 0, .5), row("robust", "a", 10, .6), row("robust", "a", 20, .4),
				row("robust", "short", 0, .9), row("robust", "short", 10, 1), row("other", "a", 0, .5),
				row("other", "a", 10, .6), row("other", "b", 0, .5), row("other", "b", 20, .6)), null);
		final Table table = (Table) parts.stream().filter(Table.class::isInstance).findFirst().get();
		assertEquals(
			List.of("Fast", "robust", "1", "0.5", "10.00", "0.6000", "10.00", "0.000", "0.4000", "0.2000"),
			table.rows().get(0));
		assertEquals("peak - last step", table.columns().get(table.columns().size() - 1));
		assertEquals(List.of("Fast", "other", "0", "", "", "", "", "", "", ""), table.rows().get(1));
		assertTrue(parts.contains(new Part.Text("Pictures that lack some steps are left out of the table and the "
			+ "figures: 1 of 2 for 'Fast, robust', 2 of 2 for 'Fast, other'.")), parts.toString());
		new Report("All is drawn", parts).write(folder);
	}

	@Test
	void anUnknownNetworkIsASentence() {
		final Settings settings = Fixture.feature(folder, folder).with("networks", "Arch-3");
		assertTrue(assertThrows(DipException.class, () -> Studies.of(settings)).getMessage()
			.startsWith("In the list networks, there is no network 'Arch-3'"));
	}

	/** The list of the pairs is data for other studies: pictures that are labelled, and predicted, as another class. */
	@Test
	void pairsAreLabelledAsAnotherClass() throws Exception {
		final Path data = Fixture.pictures(folder.resolve("data"), 6), pairs = folder.resolve("pairs");
		final Settings settings = Fixture.pairs(data, pairs).with("count", 5);
		new StudyRun(settings, "", StudyRun.Listener.NONE).run(new Cancellation());
		final List<Row> rows = Fixture.table(settings);
		assertEquals(5, rows.size());
		for (final Row row : rows) {
			assertNotEquals(row.text("class"), row.text("target"));
			assertEquals(row.text("target"), row.text("predicted"));
			assertTrue(row.number("linf") <= 60.001, row.toString());
		}
		final Settings both = Fixture.feature(data, folder.resolve("out")).with("networks", "Arch-2")
			.with("data", data + ";" + pairs.resolve("pairs.csv")).with("count", 5);
		new StudyRun(both, "", StudyRun.Listener.NONE).run(new Cancellation());
		final List<Row> followed = Fixture.table(both);
		assertEquals(List.of("data", "pairs.csv"), followed.stream().map(row -> row.text("set")).distinct().toList());
		assertTrue(followed.stream().filter(row -> row.text("step").equals("0"))
			.allMatch(row -> row.text("right").equals("1")), "originals as what they are, pairs as their targets");
	}

	/** Two classes have the same label, and the third one's is the number of another: only numbers tell them apart. */
	@Test
	void theListOfPairsCanBeReadWhateverTheLabels() throws Exception {
		final Path labelled = Fixture.pictures(folder.resolve("labelled"), 6), data = folder.resolve("data"),
			pairs = folder.resolve("pairs"), model = folder.resolve("birds.pt");
		final List<String> names = List.of("one", "two", "three");
		Files.createDirectories(data);
		for (int i = 0; i < names.size(); i++)
			if (Files.exists(labelled.resolve(names.get(i))))
				Files.move(labelled.resolve(names.get(i)), data.resolve("#" + i));
		Files.copy(Models.path("smooth.pt"), model);
		Files.writeString(folder.resolve("birds.json"),
			Files.readString(Models.path("smooth.json")).replace("three.txt", "birds.txt"));
		Files.writeString(folder.resolve("birds.txt"), "crane\ncrane\n0\n");
		final Settings settings = Fixture.pairs(data, pairs).with("count", 5).with("model_file", model);
		new StudyRun(settings, "", StudyRun.Listener.NONE).run(new Cancellation());
		final List<String> targets = Fixture.table(settings).stream().map(row -> row.text("target")).toList();
		assertEquals(5, targets.size());
		assertTrue(targets.stream().allMatch(target -> target.matches("#[012]")), targets.toString());
		try (Worker worker = new Worker(settings.with("data", pairs.resolve("pairs.csv")))) {
			final List<Integer> read = new Planner(worker).choose(new Cancellation()).pictures().stream()
				.map(Choice.Chosen::target).sorted().toList();
			assertEquals(targets.stream().map(target -> Integer.valueOf(target.substring(1))).sorted().toList(), read,
				"as what they are predicted");
		}
	}
}
