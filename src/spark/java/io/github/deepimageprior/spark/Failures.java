package io.github.deepimageprior.spark;

import io.github.deepimageprior.DipException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
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

	/** @param error one sentence */
	void add(final Piece piece, final String error) {
		names.add(piece.name());
		errors.put(piece.what(), error);
	}

	/** @return whether something of a file failed */
	boolean has(final String name) {
		return names.contains(name);
	}

	/**
	 * Writes the table and tells the user how it went.
	 *
	 * @param files that were to be restored
	 * @return the exit status: 0, or 3 if files failed
	 */
	int end(final List<Piece> files) {
		write();
		final long failed = files.stream().filter(one -> has(one.name())).count();
		Application.say(files.size() - failed + " done, " + failed + " failed"
			+ (failed > 0 ? " (failed.csv says why; the same command tries them again)" : "") + ". The results are in "
			+ file.getParent() + ".");
		return failed > 0 ? 3 : 0;
	}

	/** Without failures there is no table. */
	private void write() {
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
