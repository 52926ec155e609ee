package io.github.deepimageprior;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths as users write them. */
public final class UserPath {

	private UserPath() {}

	/**
	 * @param text a path, in which ~ at the beginning is the user's home, as in a shell
	 * @return the same for Java
	 * @throws DipException if no file can have that name
	 */
	public static Path of(final String text) {
		try {
			final Path path = Path.of(text.strip());
			return path.startsWith("~")
				? Path.of(System.getProperty("user.home")).resolve(Path.of("~").relativize(path)) : path;
		}
		catch (final InvalidPathException unusable) {
			throw new DipException("There cannot be a file '" + text + "': write another path.", unusable);
		}
	}
}
