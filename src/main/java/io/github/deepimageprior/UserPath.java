package io.github.deepimageprior;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Converts paths as users write them. */
public final class UserPath {

	private UserPath() {}

	/**
	 * @param text a path, in which ~ at the beginning is the user's home, as in a shell
	 * @return the path for Java
	 * @throws DipException if the text is not a valid path
	 */
	public static Path of(final String text) {
		try {
			final Path path = Path.of(text.strip());
			return path.startsWith("~")
				? Path.of(System.getProperty("user.home")).resolve(Path.of("~").relativize(path)) : path;
		}
		catch (final InvalidPathException unusable) {
			throw invalid(text, unusable);
		}
	}

	/**
	 * @param name of a file in the same folder as another
	 * @throws DipException if the name is not valid
	 */
	public static Path beside(final Path other, final String name) {
		try {
			return other.resolveSibling(name);
		}
		catch (final InvalidPathException unusable) {
			throw invalid(name, unusable);
		}
	}

	private static DipException invalid(final String text, final InvalidPathException cause) {
		return new DipException(
			"The path '" + DipException.shown(text) + "' is not valid on this system: use another path.", cause);
	}
}
