package io.github.deepimageprior.study;

import java.util.List;
import java.util.Map;

/**
 * The paper's tables 1 and 2, in percent. They count 461 pictures, although the text speaks of 500: all numbers of the
 * columns without a defence and with the prior are multiples of 1/461, and many are none of 1/500.
 */
final class PaperTable {

	/** Number of pictures behind the tables. */
	static final int PICTURES = 461;

	/** The columns, in the order of the numbers. */
	private static final List<String> COLUMNS = List.of(Defences.NONE, "DIP 500", "DIP 750", "DIP 1000",
		Defences.RANDOM);

	/** NaN where the paper has no number; those of the randomisation are quoted, not measured on these pictures. */
	private static final Map<String, double[]> ROWS = Map.of("clean",
		new double[] { 100, 67.5, 75.3, 79.6, Double.NaN }, "FGSM 2", new double[] { 21.7, 66.2, 73.1, 75.1, 65.1 },
		"FGSM 5", new double[] { 3.5, 61.2, 69.0, 70.1, 54.5 }, "FGSM 10", new double[] { 2.6, 58.4, 62.9, 59.9, 52.4 },
		"BI 10", new double[] { .2, 61.8, 66.2, 69.2, Double.NaN }, "LLCI 10",
		new double[] { 1.1, 64.2, 73.5, 78.5, Double.NaN });

	private PaperTable() {}

	/** @return the paper's number in percent; NaN if it has none */
	static double percent(final String attack, final String defence) {
		final int column = COLUMNS.indexOf(defence);
		return column < 0 || !ROWS.containsKey(attack) ? Double.NaN : ROWS.get(attack)[column];
	}

	/** @return the paper's number with the count that it stands for; empty if it has none */
	static String cell(final String attack, final String defence) {
		final double percent = percent(attack, defence);
		if (Double.isNaN(percent)) return "";
		if (defence.equals(Defences.RANDOM)) return percent + " % (quoted)";
		return percent + " % (" + Math.round(percent / 100 * PICTURES) + "/" + PICTURES + ")";
	}
}
