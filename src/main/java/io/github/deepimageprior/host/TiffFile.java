package io.github.deepimageprior.host;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.PartFile;
import io.github.deepimageprior.UserPath;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A TIFF file that a result will be saved to. The data are written to a hidden file beside it, which gets its name when
 * it is complete, so a file with that name is never incomplete. The hidden file is created before the work begins: a
 * folder that cannot be written to is noticed at once and not hours later.
 */
final class TiffFile implements AutoCloseable {

	private final Path target;
	private final PartFile part;

	/**
	 * @param name path of the file as the user wrote it; if it is a symbolic link, its target will be replaced
	 * @param source the file that the result is made of, which must not be replaced
	 * @throws DipException if the name does not end in .tif or .tiff, it is that of the source or of a link to it, or
	 *         its folder cannot be written to
	 */
	TiffFile(final String name, final Path source) {
		if (!name.matches("(?i).*[^/\\\\]\\.tiff?"))
			throw new DipException("The result cannot be saved to '" + name + "': give a file name that ends in .tif.");
		try {
			final Path path = UserPath.of(name).toAbsolutePath();
			if (Files.exists(path) && Files.isSameFile(path, source))
				throw new DipException("The result would replace '" + source
					+ "' itself: give another name for the result than '" + name + "'.");
			// Also of a link to nowhere, which has no real path, so that it stays as it is.
			target = Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? path.toRealPath() : path;
			if (Files.exists(target) && !Files.isRegularFile(target)) throw new IOException(target + " is not a file");
			part = new PartFile(target);
		}
		catch (final IOException refused) {
			throw notSaved(name, refused);
		}
	}

	/**
	 * Writes an image and gives the complete file its name.
	 *
	 * @param image the image to save; its title stays as it is
	 * @throws DipException if the file cannot be written
	 */
	void save(final ImagePlus image) {
		final String title = image.getTitle();
		IJ.redirectErrorMessages(true);
		try {
			if (!new FileSaver(image).saveAsTiff(part.path().toString()))
				throw new IOException("ImageJ could not write " + part.path());
			part.complete();
		}
		catch (final IOException failed) {
			throw notSaved(target.toString(), failed);
		}
		finally {
			IJ.redirectErrorMessages(false);
			image.setTitle(title); // saving has changed it
		}
	}

	private static DipException notSaved(final String name, final IOException cause) {
		return new DipException("The result cannot be saved to '" + name
			+ "': check that the folder exists, that you have permission to write to it and that the disk is not full.",
			cause);
	}

	/** Deletes the hidden file if nothing was saved. */
	@Override
	public void close() {
		try {
			part.close();
		}
		catch (final IOException left) {
			IJ.log("The unfinished file " + part.path() + " could not be deleted.");
		}
	}
}
