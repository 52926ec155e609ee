package io.github.deepimageprior.classifier;

import io.github.deepimageprior.DipException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The names of a model's classes, in order: how a file lists them, and how a user names one of them. */
record Labels(List<String> names) {

	/** The largest labels file, in bytes. */
	private static final int MOST = 10_000_000;

	private static final int MOST_SHOWN = 5;

	/** Copies the list. */
	Labels {
		names = List.copyOf(names);
	}

	/** @throws DipException if the file cannot be read, or is not plain text of a plausible size */
	static Labels of(final Path file) {
		return of(ModelFiles.text(file, MOST), file.getFileName().toString());
	}

	/**
	 * @param text the content of a labels file; empty lines at its end are dropped
	 * @param file its name, for messages
	 * @throws DipException if the text is not plain text
	 */
	static Labels of(final String text, final String file) {
		final List<String> names = new ArrayList<>();
		for (final String line : text.lines().toList()) {
			names.add(line.replace('\t', ' ').strip());
			if (line.replace('\t', ' ').matches(".*\\p{Cntrl}.*"))
				throw new DipException("Line " + names.size() + " of the labels file " + file
					+ " has control characters: save it as plain text in UTF-8.");
		}
		while (!names.isEmpty() && names.get(names.size() - 1).isEmpty()) names.remove(names.size() - 1);
		return new Labels(names);
	}

	/**
	 * Finds a class that a user names. A label that differs in case is found only if no label is equal.
	 *
	 * @param written the number of a class, counted from 0, # and its number, its label, or for ImageNet's classes the
	 *        WordNet ID
	 * @param model name of the model, for messages
	 * @return the number of the class
	 * @throws DipException if there is no such class, or there are several
	 */
	int find(final String written, final String model) {
		final String wanted = written.strip();
		final int number = number(wanted.startsWith("#") ? wanted.substring(1) : wanted);
		if (wanted.startsWith("#") && number >= 0) return number;
		int[] found = having(wanted, false);
		if (found.length == 0) found = having(wanted, true);
		if (found.length == 0 && wanted.matches("n[0-9]{8}") && equals(ModelFiles.imageNetLabels())) {
			final int known = ModelFiles.wordNetIds().indexOf(wanted);
			if (known >= 0) return known;
		}
		if (found.length == 0 && number < 0)
			throw new DipException("The model " + model + " has no class '" + DipException.shown(wanted)
				+ "': enter a number from 0 to " + (names.size() - 1) + ", or a label as DIP Classify shows it.");
		if (found.length == 0 || found.length == 1 && found[0] == number) return number;
		if (found.length == 1 && number < 0) return found[0];
		throw new DipException("'" + DipException.shown(wanted) + "' is "
			+ (number < 0 ? "" : "the number of a class and ") + "the label of " + numbered(found)
			+ ": write # and the number of the class, such as #" + (number < 0 ? found[0] : number) + ".");
	}

	private int number(final String written) {
		return written.matches("[0-9]{1,9}") && Integer.parseInt(written) < names.size() ? Integer.parseInt(written)
			: -1;
	}

	private int[] having(final String label, final boolean anyCase) {
		return IntStream.range(0, names.size())
			.filter(i -> anyCase ? names.get(i).equalsIgnoreCase(label) : names.get(i).equals(label)).toArray();
	}

	private static String numbered(final int[] classes) {
		final String list = String.join(", ",
			IntStream.of(classes).limit(MOST_SHOWN).mapToObj(number -> "#" + number).toList());
		return (classes.length == 1 ? "class " : "classes ") + list + (classes.length > MOST_SHOWN ? ", ..." : "");
	}
}
