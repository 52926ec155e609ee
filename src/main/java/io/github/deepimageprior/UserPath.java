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
			throw new DipException("The path '" + text + "' is not valid on this system: use another path.", unusable);
		}
	}
}
