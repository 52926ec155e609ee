package io.github.deepimageprior.study;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A row of a study's table.
 *
 * @param cells text by the name of the column; a column that is missing is empty
 */
public record Row(Map<String, String> cells) implements Serializable {

	/** Significant digits of numbers. */
	private static final MathContext DIGITS = new MathContext(6);

	/** Copies the map. */
	public Row {
		cells = new LinkedHashMap<>(cells);
	}

	/** @return a row of these names and values in turn; values are numbers or text, NaN is an empty cell */
	public static Row of(final Object... namesAndValues) {
		final Map<String, String> cells = new LinkedHashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2)
			cells.put((String) namesAndValues[i], cell(namesAndValues[i + 1]));
		return new Row(cells);
	}

	/** @return this row with these cells instead of its own, or besides them */
	public Row with(final Object... namesAndValues) {
		final Map<String, String> changed = new LinkedHashMap<>(cells);
		changed.putAll(of(namesAndValues).cells);
		return new Row(changed);
	}

	/** @return a number with six digits, or other text in one line */
	static String cell(final Object value) {
		if (value instanceof Double || value instanceof Float) {
			final double number = ((Number) value).doubleValue();
			if (Double.isNaN(number)) return "";
			if (Double.isInfinite(number)) return number > 0 ? "inf" : "-inf";
			final BigDecimal rounded = new BigDecimal(number).round(DIGITS).stripTrailingZeros();
			return Math.abs(number) < 1e-4 ? rounded.toString() : rounded.toPlainString();
		}
		return String.valueOf(value).replaceAll("\\s+", " ").strip();
	}

	/** @return a cell; empty if there is none */
	public String text(final String column) {
		return cells.getOrDefault(column, "");
	}

	/** @return what tells the picture of the row apart from all others of the study */
	String picture() {
		return text("set") + "\n" + text("picture"); // names have slashes, but no line breaks
	}

	/** @return a cell as a number; NaN if it is empty */
	public double number(final String column) {
		final String text = text(column);
		if (text.isEmpty()) return Double.NaN;
		return text.endsWith("inf") ? text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY
			: Double.parseDouble(text);
	}
}
