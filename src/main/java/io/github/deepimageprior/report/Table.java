package io.github.deepimageprior.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

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
		final StringBuilder text = new StringBuilder();
		try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get())) {
			printer.printRecord(columns);
			printer.printRecords(rows);
		}
		catch (final IOException impossible) {
			throw new UncheckedIOException(impossible);
		}
		return text.toString();
	}
}
