package io.github.deepimageprior.report;

import io.github.deepimageprior.Csv;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table.
 *
 * @param name of its CSV file, without the extension; null for a table that is on the page only
 * @param title above it
 * @param columns their names
 * @param rows cells in the order of the columns
 */
public record Table(String name, String title, List<String> columns, List<List<String>> rows) implements Part {

	/** Copies the lists. */
	public Table {
		columns = List.copyOf(columns);
		rows = rows.stream().map(List::copyOf).toList();
	}

	/** @return the table in CSV (RFC 4180, but with line feeds), with a first line of column names */
	public String csv() {
		return Stream.concat(Stream.of(columns), rows.stream()).map(Csv::line).collect(Collectors.joining());
	}
}
