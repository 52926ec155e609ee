package io.github.deepimageprior;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Comma-separated values as RFC 4180 has them, with line feeds. No library does this, since some update sites of Fiji
 * have an old fork of Commons CSV in the same package.
 */
public final class Csv {

	/** A cell, in quotes or not, and what ends it. */
	private static final Pattern CELL = Pattern
		.compile("\\G(?:\"([^\"]*+(?:\"\"[^\"]*+)*+)\"|([^\",\\r\\n][^,\\r\\n]*+|))(,|\\r\\n|\\n|\\r|\\z)");

	private static final Pattern SPECIAL = Pattern.compile("[\",\\r\\n]");

	private Csv() {}

	/** @return the cells in one line, which ends with a line feed */
	public static String line(final List<String> cells) {
		if (cells.equals(List.of(""))) return "\"\"\n"; // not an empty line
		return cells.stream().map(Csv::quoted).collect(Collectors.joining(",", "", "\n"));
	}

	private static String quoted(final String cell) {
		return SPECIAL.matcher(cell).find() ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
	}

	/**
	 * @param text lines that end with a line feed, a carriage return, or both; the last one need not
	 * @return the cells of each line; for an empty line one empty cell
	 * @throws IOException if quotes are not closed, or something follows them
	 */
	public static List<List<String>> read(final String text) throws IOException {
		final List<List<String>> lines = new ArrayList<>();
		List<String> cells = new ArrayList<>();
		final Matcher cell = CELL.matcher(text);
		for (int at = 0; at < text.length() || !cells.isEmpty(); at = cell.end()) {
			if (!cell.find()) throw new IOException("misplaced quotes at character " + at);
			cells.add(cell.group(1) == null ? cell.group(2) : cell.group(1).replace("\"\"", "\""));
			if (cell.group(3).equals(",")) continue;
			lines.add(cells);
			cells = new ArrayList<>();
		}
		return lines;
	}
}
