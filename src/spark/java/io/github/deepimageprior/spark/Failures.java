package io.github.deepimageprior.spark;

import io.github.deepimageprior.DipException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.hadoop.fs.Path;

/** The table of what failed: {@code failed.csv} in the output folder, which is that of the last run. */
final class Failures {

	private final Path file;
	private final Set<String> names = new HashSet<>();
	private final Map<String, String> errors = new TreeMap<>();

	Failures(final Path folder) {
		file = new Path(folder, "failed.csv");
	}

	/** @param error empty if it went well */
	void add(final Pictures.Piece piece, final String error) {
		if (error.isEmpty()) return;
		names.add(piece.name());
		errors.put(piece.what(), error);
	}

	/** @return whether something of a file failed */
	boolean has(final String name) {
		return names.contains(name);
	}

	/** Writes the table; without failures there is none. */
	void write() {
		try {
			final StringBuilder table = new StringBuilder();
			try (CSVPrinter printer = new CSVPrinter(table, CSVFormat.DEFAULT)) {
				printer.printRecord("what", "why");
				for (final Map.Entry<String, String> one : errors.entrySet())
					printer.printRecord(one.getKey(), one.getValue());
			}
			if (errors.isEmpty()) Storage.delete(file);
			else Storage.write(file, out -> out.write(table.toString().getBytes(StandardCharsets.UTF_8)));
		}
		catch (final IOException full) {
			throw new DipException("The table " + file + " cannot be written: check that you may write there and that "
				+ "the disk is not full. All results are kept.", full);
		}
	}
}
