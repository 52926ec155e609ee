package io.github.deepimageprior.spark;

import java.io.Serializable;

/**
 * A file, or a part of it: a slice or a tile.
 *
 * @param file its path
 * @param name of the file
 * @param version tells files, and restorations of them, apart: parts of different ones do not belong together
 * @param index of the part, or {@link #ALL}
 */
record Piece(String file, String name, String version, int index) implements Serializable {

	/** The whole file. */
	static final int ALL = -1;

	/** @return a part of the same file */
	Piece part(final int number) {
		return new Piece(file, name, version, number);
	}

	/** @return in words, for messages and tables */
	String what() {
		return name + (index == ALL ? "" : ", part " + (index + 1));
	}
}
