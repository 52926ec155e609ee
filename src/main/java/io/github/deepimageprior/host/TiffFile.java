package io.github.deepimageprior.host;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.UserPath;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * The TIFF file that a result will be saved to. What is written lies beside it, hidden, until it is complete, so a file
 * of that name is always whole. Made before the work begins, so that no hours are lost on a folder that cannot be
 * written to.
 */
final class TiffFile implements AutoCloseable {

	private final Path target, part;

	/** @throws DipException if it is no name for a TIFF file, or its folder cannot be written to */
	TiffFile(final String name) {
		if (!name.matches("(?i).*[^/\\\\]\\.tiff?"))
			throw new DipException(
				"The result cannot be saved to '" + name + "': give a file whose name ends in .tif.");
		try {
			final Path path = UserPath.of(name).toAbsolutePath();
			target = Files.exists(path) ? path.toRealPath() : path;
			if (Files.exists(target) && !Files.isRegularFile(target)) throw new IOException(target + " is not a file");
			part = Files
				.createFile(target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part"));
		}
		catch (final IOException refused) {
			throw notSaved(name, refused);
		}
	}

	void save(final ImagePlus image) {
		final String title = image.getTitle();
		IJ.redirectErrorMessages(true);
		try {
			if (!new FileSaver(image).saveAsTiff(part.toString()))
				throw new IOException("ImageJ could not write " + part);
			Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (final IOException failed) {
			throw notSaved(target.toString(), failed);
		}
		finally {
			IJ.redirectErrorMessages(false);
			image.setTitle(title); // which saving has changed
		}
	}

	private static DipException notSaved(final String name, final IOException cause) {
		return new DipException("The result cannot be saved to '" + name
			+ "': check that the folder is there, that you may write to it and that the disk is not full.", cause);
	}

	@Override
	public void close() {
		try {
			Files.deleteIfExists(part);
		}
		catch (final IOException left) {
			IJ.log("The unfinished file " + part + " could not be deleted.");
		}
	}
}
