package io.github.deepimageprior.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.report.Figure;
import io.github.deepimageprior.report.Part;
import io.github.deepimageprior.report.Table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

/** Tables from made-up rows, whose counts and intervals are known. */
class DefenceReportTest {

	private static Row row(final int picture, final String attack, final Object epsilon, final String defence,
		final int step, final boolean right)
	{
		return Row.of("set", "s", "picture", "p" + picture, "class", "a", "attack", attack, "epsilon", epsilon,
			"defence", defence, "step", step, "predicted", right ? "a" : "b", "right", right ? 1 : 0, "p_true",
			right ? .9 : .1, "item", "key" + picture);
	}

	/** Ten pictures, of which the last two are predicted wrong even without an attack. */
	private static List<Row> rows() {
		final List<Row> rows = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			rows.add(row(i, "clean", 0, "none", 0, i < 8));
			rows.add(row(i, "clean", 0, "DIP", 500, i < 6));
			rows.add(row(i, "clean", 0, "DIP", 1000, i < 7));
			rows.add(row(i, "FGSM", 2, "none", 0, i < 1));
			rows.add(row(i, "FGSM", 2, "DIP", 500, i > 3));
			rows.add(row(i, "FGSM", 2, "DIP", 1000, i > 0));
			rows.add(row(i, "BI", 10, "none", 0, false));
			rows.add(row(i, "BI", 10, "DIP", 500, i > 4));
			rows.add(row(i, "BI", 10, "DIP", 1000, true));
		}
		return rows;
	}

	private static List<Table> tables(final boolean onlyRight) {
		return tables(rows(), onlyRight);
	}

	/** Intervals by SciPy's binomtest(k, n).proportion_ci(method='wilson'). */
	@Test
	void allPicturesAndThoseThatAreRight() {
		final List<Table> tables = tables(false);
		assertEquals(List.of("attack", "none", "DIP 500", "DIP 1000"), tables.get(0).columns());
		assertEquals(
			List.of("clean", "8/10 = 80.0 % [49.0, 94.3]", "6/10 = 60.0 % [31.3, 83.2]", "7/10 = 70.0 % [39.7, 89.2]"),
			tables.get(0).rows().get(0));
		assertEquals(
			List.of("clean", "8/8 = 100.0 % [67.6, 100.0]", "6/8 = 75.0 % [40.9, 92.9]", "7/8 = 87.5 % [52.9, 97.8]"),
			tables.get(1).rows().get(0));
		assertEquals("mean over the attacks, 10 pictures", tables.get(0).rows().get(3).get(0));
		assertEquals("mean over the attacks, 8 pictures", tables.get(1).rows().get(3).get(0));
		assertTrue(tables.get(0).rows().get(3).get(1).startsWith("5.0 % ["), "(1 + 0) of 20");
		assertTrue(tables.get(0).rows().get(3).get(3).startsWith("95.0 % ["), "(9 + 10) of 20");
	}

	@Test
	void theSummaryHasThePapersNumbers() {
		final Table summary = tables(false).get(2);
		assertEquals("summary", summary.name());
		assertEquals(List.of("FGSM 2", "DIP 1000", "7", "8", "87.5", "52.9112", "97.7583", "75.1"),
			summary.rows().get(5));
		final Table paper = tables(false).get(3);
		assertEquals(List.of("clean", "none", "8/8 = 100.0 % [67.6, 100.0]", "100.0 % (461/461)", "yes"),
			paper.rows().get(0));
		assertEquals("0.2 % (1/461)", paper.rows().get(6).get(3));
		assertEquals("62.9 % (290/461)", PaperTable.cell("FGSM 10", "DIP 750"));
		assertEquals("54.5 % (quoted)", PaperTable.cell("FGSM 5", Defences.RANDOM));
		assertEquals("", PaperTable.cell("BI 10", Defences.RANDOM));
	}

	/** McNemar: on FGSM 2, only the prior is right for pictures 1..9, only the classifier alone for picture 0. */
	@Test
	void defencesAreComparedOnTheSamePictures() {
		final Table comparisons = tables(false).get(4);
		assertEquals(List.of("attack", "first", "second", "only the first right", "only the second right", "p"),
			comparisons.columns());
		assertEquals(List.of("FGSM 2", "DIP 1000", "none", "9", "1", "0.0214844"), comparisons.rows().get(2));
		assertEquals(List.of("FGSM 2", "DIP 1000", "DIP 500", "3", "0", "0.25"), comparisons.rows().get(3));
		assertEquals(List.of("FGSM 2", "none", "DIP 500", "1", "6", "0.125"), comparisons.rows().get(7));
		assertEquals(9, comparisons.rows().size(), "each two of three defences under three attacks");
	}

	@Test
	void examplesAreBestMedianAndWorst() {
		final Part last = new DefenceReport(rows(), new Choice(List.of(), 8, 8, true)).parts().stream()
			.reduce((a, b) -> b).get();
		final List<String> captions = ((Part.Pictures) last).captions();
		assertTrue(captions.get(0).startsWith("Best: a, ") && captions.get(0).endsWith("0.90"), captions.get(0));
		assertEquals("Worst: a, FGSM 2, predicted b, probability of the true class 0.10", captions.get(2));
		assertEquals("pictures/key0-strip.png", ((Part.Pictures) last).files().get(2));
	}

	/** Without picture 9 under BI after 1000 steps, no defence counts it: of 18, 1 is right, and 8 + 9. */
	@Test
	void defencesAreAveragedOverTheSamePictures() {
		final List<Row> some = new ArrayList<>(rows());
		some.remove(some.size() - 1);
		final List<String> mean = tables(some, true).get(0).rows().get(3);
		assertEquals("mean over the attacks, 9 pictures", mean.get(0));
		assertTrue(mean.get(1).startsWith("5.6 % ["), mean.get(1));
		assertTrue(mean.get(3).startsWith("94.4 % ["), mean.get(3));
	}

	private static List<Table> tables(final List<Row> rows, final boolean onlyRight) {
		return parts(rows, onlyRight, Table.class);
	}

	private static <P extends Part> List<P> parts(final List<Row> rows, final boolean onlyRight, final Class<P> kind) {
		return new DefenceReport(rows, new Choice(List.of(), 12, 8, onlyRight)).parts().stream()
			.filter(kind::isInstance).map(kind::cast).toList();
	}

	private static void saysThatNothingIsKnownToBeRight(final List<Row> rows, final String why) {
		final List<Table> tables = tables(rows, false);
		assertEquals("Of all pictures", tables.get(0).title());
		assertEquals("comparisons", tables.get(1).name());
		assertEquals(2, tables.size());
		assertEquals(List.of(), parts(rows, false, Figure.class));
		final String said = parts(rows, false, Part.Text.class).get(1).text();
		assertTrue(said.contains(why), said);
	}

	@Test
	void withoutAPictureThatIsRightTheReportSaysWhy() {
		saysThatNothingIsKnownToBeRight(rows().stream().filter(row -> !row.text("attack").equals("clean")).toList(),
			"No picture has been classified without attack and defence yet");
		saysThatNothingIsKnownToBeRight(
			rows().stream().filter(row -> Integer.parseInt(row.text("picture").substring(1)) > 7).toList(),
			"predicts right 0/2 = 0.0 % [0.0, 65.8] of the pictures");
	}

	@Test
	void otherDefencesAreComparedToo() {
		final List<Row> rows = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			rows.add(row(i, "clean", 0, "JPEG 75", 0, true));
			rows.add(row(i, "clean", 0, "Gaussian blur 1", 0, i > 0));
		}
		final List<Table> tables = tables(rows, true);
		assertEquals(List.of("clean", "JPEG 75", "Gaussian blur 1", "1", "0", "1"),
			tables.get(tables.size() - 1).rows().get(0));
	}

	@Test
	void whichPicturesAreRightMustBeKnown() {
		final Settings settings = Fixture.defence(Path.of("data"), Path.of("out")).with("defences", "DIP, JPEG 75");
		assertEquals(DefenceStudy.NAME, Studies.of(settings).name());
		final String said = assertThrows(DipException.class, () -> Studies.of(settings.with("only_right", false)))
			.getMessage();
		assertTrue(said.startsWith("The list of defences lacks none") && said.endsWith("."), said);
		Studies.of(settings.with("only_right", false).with("defences", "DIP, None"));
	}

	/** After a stop some attacks may lack some pictures. */
	@Test
	void someRowsAreEnough() {
		final List<Row> few = new ArrayList<>(rows().subList(0, 4));
		few.add(row(1, "LLCI", 10, "none", 0, false));
		assertTrue(new DefenceReport(few, new Choice(List.of(), 12, 8, false)).parts().size() > 5);
		assertTrue(new DefenceReport(List.of(row(1, "LLCI", 10, "none", 0, false)), new Choice(List.of(), 12, 8, true))
			.parts().size() > 3);
	}
}
