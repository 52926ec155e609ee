package io.github.deepimageprior;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders that users choose for what is computed. */
public final class OutputFolder {

	private OutputFolder() {}

	/**
	 * Makes a folder if it does not exist, and tries to write there: better an error before the work than after it.
	 *
	 * @param what it is, such as "output folder"
	 * @throws DipException if nothing can be written there
	 */
	public static void require(final Path folder, final String what) {
		try {
			if (!Files.isDirectory(folder)) Files.createDirectories(folder); // which would refuse a link to a folder
			Files.delete(Files.createTempFile(folder, "writable", null));
		}
		catch (final IOException refused) {
			throw new DipException("Nothing can be written to the " + what + " " + DipException.shown(folder.toString())
				+ ": choose a folder in which you may create files.", refused);
		}
	}
}
