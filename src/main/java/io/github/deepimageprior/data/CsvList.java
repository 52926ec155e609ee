package io.github.deepimageprior.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.deepimageprior.DipException;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/** A list of pictures in a CSV file whose first line names its columns, {@code file} and {@code class} among them. */
final class CsvList {

	private static final CSVFormat FORMAT = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true)
		.setIgnoreHeaderCase(true).setTrim(true).setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW).get();

	/** With which some programs begin a file in UTF-8. */
	private static final String MARK = "\uFEFF";

	private CsvList() {}

	private static String text(final Path list) throws IOException {
		try {
			return Files.readString(list, UTF_8);
		}
		catch (final CharacterCodingException other) {
			throw new DipException("The file " + list + " is not text in UTF-8: save the list as CSV in UTF-8.", other);
		}
	}

	/** @return the pictures in the order of the list; relative paths start at the list's folder */
	static List<Sample> samples(final Path list) throws IOException {
		final List<Sample> samples = new ArrayList<>();
		final String text = text(list);
		try (CSVParser records = CSVParser.parse(text.startsWith(MARK) ? text.substring(1) : text, FORMAT)) {
			for (final CSVRecord line : records) {
				if (!line.isSet("file") || !line.isSet("class"))
					throw new DipException("Line " + records.getCurrentLineNumber() + " of " + list
						+ " has no file or no class: the first line must be file,class and every other one have both.");
				final Path file = list.resolveSibling(line.get("file"));
				samples.add(new Sample(line.get("file"), line.get("class"), file.toString(), 0, Format.IMAGE));
			}
		}
		catch (final IllegalArgumentException | java.io.UncheckedIOException malformed) {
			throw new DipException(
				"The file " + list
					+ " is not a CSV list: it needs a first line file,class, in which no name stands twice, and then a "
					+ "path and a class in every line.",
				malformed);
		}
		if (samples.isEmpty())
			throw new DipException("There are no pictures in " + list
				+ ": the first line must be file,class and every other one have both.");
		return samples;
	}
}
