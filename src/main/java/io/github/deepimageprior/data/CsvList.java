package io.github.deepimageprior.data;

import io.github.deepimageprior.Csv;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.UserPath;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A list of pictures in a CSV file whose first line names its columns, {@code file} and {@code class} among them. */
final class CsvList {

	private CsvList() {}

	/** @return the pictures in the order of the list; relative paths start at the list's folder */
	static List<Sample> samples(final Path list) throws IOException {
		final List<List<String>> lines = lines(list);
		final List<String> names = lines.isEmpty() ? List.of()
			: lines.get(0).stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
		final int file = names.indexOf("file"), label = names.indexOf("class");
		final List<Sample> samples = new ArrayList<>();
		for (int i = 1; i < lines.size(); i++) {
			final List<String> cells = lines.get(i).stream().map(String::strip).toList();
			if (cells.equals(List.of(""))) continue;
			if (Math.min(file, label) < 0 || Math.max(file, label) >= cells.size())
				throw new DipException("Line " + (i + 1) + " of " + list
					+ " has no file or no class: the first line must be file,class and every other one have both.");
			samples.add(new Sample(cells.get(file), cells.get(label), UserPath.beside(list, cells.get(file)).toString(),
				0, Format.IMAGE));
		}
		return samples;
	}

	private static List<List<String>> lines(final Path list) throws IOException {
		final String text = Files.readString(list).replaceFirst("^\uFEFF", ""); // a mark that some programs write
		try {
			return Csv.read(text);
		}
		catch (final IOException malformed) {
			throw new DipException(
				"The file " + list
					+ " is not a CSV list: it needs a first line file,class and then a path and a class in every line.",
				malformed);
		}
	}
}
