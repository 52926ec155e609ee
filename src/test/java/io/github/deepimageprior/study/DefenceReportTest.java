package io.github.deepimageprior.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.report.Part;
import io.github.deepimageprior.report.Table;

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
		return new DefenceReport(rows(), new Choice(List.of(), 12, 8, onlyRight)).parts().stream()
			.filter(Table.class::isInstance).map(Table.class::cast).toList();
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
		assertEquals("mean over the attacks", tables.get(0).rows().get(3).get(0));
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
		assertEquals(List.of("attack", "compared with", "only DIP 1000 right", "only the other right", "p"),
			comparisons.columns());
		assertEquals(List.of("FGSM 2", "none", "9", "1", "0.0214844"), comparisons.rows().get(2));
		assertEquals(List.of("FGSM 2", "DIP 500", "3", "0", "0.25"), comparisons.rows().get(3));
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
