package io.github.deepimageprior.study;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * The rows of items as CSV. Each row begins with the key of its item, its number within the item's block and the size
 * of the block, and ends with an error, which is empty if all went well.
 *
 * @param columns of the study's rows
 */
record RowFormat(List<String> columns) {

	/** Column of the keys. */
	static final String KEY = "item";

	private static final String NUMBER = "row", OF = "rows", ERROR = "error";
	private static final CSVFormat FORMAT = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

	/** A file of any study to which no row was ever written. */
	private static final String EMPTY = KEY + "," + NUMBER + "," + OF + ",[^\n]*\n";

	/** Columns before those of the study. */
	private static final int BEFORE = 3;

	/** The rows of an item, with its error if it failed. */
	record Block(List<Row> rows, String error) {}

	private List<String> names() {
		final List<String> names = new ArrayList<>(List.of(KEY, NUMBER, OF));
		names.addAll(columns);
		names.add(ERROR);
		return names;
	}

	/** @return the first line */
	String header() throws IOException {
		return line(names());
	}

	/** @return the lines of an item */
	String lines(final String key, final Block block) throws IOException {
		final StringBuilder lines = new StringBuilder();
		for (int i = 0; i < block.rows.size(); i++) {
			final List<String> cells = new ArrayList<>(
				List.of(key, String.valueOf(i + 1), String.valueOf(block.rows.size())));
			for (final String column : columns) cells.add(block.rows.get(i).text(column));
			cells.add(block.error == null ? "" : Row.cell(block.error));
			lines.append(line(cells));
		}
		return lines.toString();
	}

	private static String line(final List<String> cells) throws IOException {
		final StringBuilder line = new StringBuilder();
		try (CSVPrinter printer = new CSVPrinter(line, FORMAT)) {
			printer.printRecord(cells);
		}
		return line.toString();
	}

	/**
	 * Reads what may end in the middle of a block, or of a line.
	 *
	 * @param all content of a file
	 * @param blocks receives the complete blocks of items that went well, by their keys
	 * @return whether there is nothing else
	 * @throws IOException if it is not in this format, or has other columns
	 */
	boolean read(final String all, final Map<String, Block> blocks) throws IOException {
		final String text = all.substring(0, all.lastIndexOf('\n') + 1);
		if (text.isEmpty() && header().startsWith(all) || all.matches(EMPTY)) return false;
		List<Row> rows = new ArrayList<>();
		int complete = 1;
		for (final CSVRecord line : records(text)) {
			if (line.get(1).equals("1")) rows = new ArrayList<>();
			final Map<String, String> cells = new LinkedHashMap<>();
			for (int i = 0; i < columns.size(); i++) cells.put(columns.get(i), line.get(BEFORE + i));
			rows.add(new Row(cells));
			final boolean failed = !line.get(line.size() - 1).isEmpty();
			if (failed || !line.get(2).equals(String.valueOf(rows.size()))) continue;
			blocks.put(line.get(0), new Block(rows, null));
			complete += rows.size();
		}
		return text.length() == all.length() && text.lines().count() == complete;
	}

	private List<CSVRecord> records(final String text) throws IOException {
		try (CSVParser parser = FORMAT.parse(new StringReader(text))) {
			final List<CSVRecord> records = parser.getRecords();
			if (records.isEmpty() || !records.remove(0).toList().equals(names())
				|| records.stream().anyMatch(line -> line.size() != BEFORE + columns.size() + 1))
				throw new IOException("other columns");
			return records;
		}
		catch (final UncheckedIOException noTable) {
			throw noTable.getCause();
		}
	}
}
