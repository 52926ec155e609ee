package io.github.deepimageprior.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.data.Format;
import io.github.deepimageprior.data.Sample;
import io.github.deepimageprior.report.Figure;
import io.github.deepimageprior.report.Part;
import io.github.deepimageprior.report.Report;
import io.github.deepimageprior.report.Table;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfidenceStudyTest {

	@TempDir
	private Path folder;

	@Test
	void everyAttackIsFollowedOverTheSteps() throws Exception {
		final Settings settings = Fixture.confidence(Fixture.pictures(folder.resolve("data"), 4), folder.resolve("out"))
			.with("count", 2);
		new StudyRun(settings, "", StudyRun.Listener.NONE).run(new Cancellation());
		final List<Row> rows = Fixture.table(settings);
		assertEquals(2 * 4 * 3, rows.size(), "pictures x attacks x steps");
		assertEquals(List.of("0", "4", "8"), rows.subList(0, 3).stream().map(row -> row.text("step")).toList());
		assertEquals(Set.of("FGSM 5", "FGSM 20", "BI 5", "BI 20"),
			rows.stream().map(row -> row.text("attack") + " " + row.text("epsilon")).collect(Collectors.toSet()));
		for (final Row row : rows) assertTrue(row.number("p_clean") > 1 / 3.0, "the classifier is right: " + row);
		final double mean = rows.stream()
			.filter(row -> row.text("attack").equals("BI") && row.text("epsilon").equals("20"))
			.filter(row -> row.text("step").equals("8"))
			.mapToDouble(row -> row.number("p_true") / row.number("p_clean")).average().getAsDouble();
		final String[] point = Files.readAllLines(folder.resolve("out/relative-BI.csv")).stream()
			.filter(line -> line.startsWith("epsilon 20,8.0,")).findFirst().get().split(",");
		assertEquals(mean, Double.parseDouble(point[2]), 1e-12);
		assertTrue(Double.parseDouble(point[3]) <= mean && mean <= Double.parseDouble(point[4]));
		assertEquals(1 + 4, Files.readAllLines(folder.resolve("out/summary.csv")).size());
		assertTrue(Files.exists(folder.resolve("out/probability-FGSM.png")));
		ExamplesTest.assertShown(folder.resolve("out"));
	}

	@Test
	void picturesWithoutSomeStepsCountInNoColumn() throws Exception {
		final List<Row> rows = new ArrayList<>();
		for (final String epsilon : List.of("5", "20")) for (final int step : new int[] { 0, 4, 8 }) {
			if (epsilon.equals("5") || step == 8) rows.add(row(epsilon, "a", step, .1 + step / 10.0));
			if (step < 8) rows.add(row(epsilon, "short", step, .9));
		}
		final List<Part> parts = new ConfidenceStudy(Fixture.confidence(folder, folder)).report(rows,
			choice("a", "short"));
		final Table table = (Table) parts.stream().filter(Table.class::isInstance).findFirst().get();
		assertEquals(
			List.of(List.of("BI", "5", "1", "0.1", "8.000", "0.9000", "0.9000", "0.000"),
				List.of("BI", "20", "0", "", "", "", "", "")),
			table.rows());
		assertTrue(parts.contains(new Part.Text("Pictures that lack some steps are left out of the table and the "
			+ "figures: 1 of 2 for 'BI, epsilon 5', 2 of 2 for 'BI, epsilon 20'.")), parts.toString());
		new Report("All is drawn", parts).write(folder);
	}

	/** Divided by nearly nothing, it would decide the mean. */
	@Test
	void aPictureThatIsPredictedWrongHasNoRelativeCurve() {
		final List<Row> rows = new ArrayList<>();
		for (final int step : new int[] { 0, 4, 8 }) {
			rows.add(row("5", "a", step, .5));
			rows.add(row("5", "wrong", step, .1).with("p_clean", 1e-6));
		}
		final List<Part> parts = new ConfidenceStudy(Fixture.confidence(folder, folder)).report(rows, choice("a"));
		final List<Figure> figures = parts.stream().filter(Figure.class::isInstance).map(Figure.class::cast).toList();
		assertEquals(List.of("relative-BI", "probability-BI"), figures.stream().map(Figure::name).toList());
		assertArrayEquals(new double[] { .5, .5 }, figures.get(0).curves().get(0).y());
		assertArrayEquals(new double[] { .3, .3 }, figures.get(1).curves().get(0).y(), 1e-12);
	}

	private static Choice choice(final String... right) {
		return new Choice(Stream.of(right)
			.map(name -> new Choice.Chosen("s", new Sample(name, "1", name, 0, Format.IMAGE), 1, true, "")).toList(), 2,
			1, false);
	}

	private static Row row(final String epsilon, final String picture, final int step, final double probability) {
		return Row.of("set", "s", "picture", picture, "attack", "BI", "epsilon", epsilon, "step", step, "p_true",
			probability, "p_clean", 1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
		"epsilons | 1, -5 | In the list epsilons, the epsilon '-5' is not a number of grey levels: enter numbers",
		"epsilons | [1 | In the list epsilons, the epsilon '[1' is not", "epsilons | NaN | In the list epsilons, the",
		"epsilons | x, 1 | In the list epsilons, the epsilon 'x' is", "epsilons | 256 | In the list epsilons, the",
		"epsilons | 1 5 | In the list epsilons, the epsilon '1 5' is", "epsilons | 1e1 | In the list epsilons, the",
		"epsilons | 1,,5 | The list epsilons has an empty item in '1,,5': enter items with a single comma",
		"epsilons | 1, | The list epsilons has an empty item in '1,'",
		"epsilons | 5, 20, 5.0 | The list epsilons has '5' twice: enter each item once.",
		"epsilons | '' | The list epsilons is empty: enter at least one item.",
		"methods | PGD | In the list methods, there is no attack 'PGD': use FGSM, BI or LLCI.",
		"methods | BI, bi | The list methods has 'BI' twice", "methods | BI 5 | In the list methods, there is no",
		"space | x | The value of space is 'x'", "seed | 1, 2 | The value of seed is '1, 2': enter a whole number.",
		"iterations | 1e9 | The value of iterations is '1e9': enter a whole number from 1 to 1000000." })
	void whatCannotBeReadIsNamedWithItsKey(final String key, final String value, final String sentence) {
		final Settings settings = Fixture.confidence(folder, folder).with(key, value);
		final String advice = assertThrows(DipException.class, () -> Studies.of(settings)).getMessage();
		assertTrue(advice.startsWith(sentence), advice);
	}

	@Test
	void anIntervalBeyondTheIterationsIsASentence() {
		final Settings settings = Fixture.confidence(folder, folder).with("interval", 11);
		assertTrue(assertThrows(DipException.class, () -> Studies.of(settings)).getMessage()
			.startsWith("The interval of 11 steps exceeds the 10 iterations"));
	}
}
