package io.github.deepimageprior.report;

import java.util.List;

/** A part of a report, in the order in which it is read. */
public sealed interface Part permits Part.Heading, Part.Text, Table, Figure, Part.Pictures {

	/**
	 * A heading.
	 *
	 * @param text in a few words
	 */
	record Heading(String text) implements Part {}

	/**
	 * A paragraph.
	 *
	 * @param text plain, without markup
	 */
	record Text(String text) implements Part {}

	/**
	 * Pictures side by side, each with its caption.
	 *
	 * @param files paths relative to the report's folder, with slashes
	 * @param captions as many
	 */
	record Pictures(List<String> files, List<String> captions) implements Part {

		/** Copies the lists. */
		public Pictures {
			files = List.copyOf(files);
			captions = List.copyOf(captions);
		}
	}
}
