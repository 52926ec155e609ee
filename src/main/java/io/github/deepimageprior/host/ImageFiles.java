package io.github.deepimageprior.host;

import ij.IJ;
import ij.ImagePlus;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.UserPath;
import io.github.deepimageprior.image.StoredImage;

import java.nio.file.Files;
import java.nio.file.Path;

/** Opens image files and reports errors as exceptions instead of dialogs. */
final class ImageFiles {

	private ImageFiles() {}

	/**
	 * @param file path of a file as the user wrote it
	 * @return the image, not shown
	 * @throws DipException if the file cannot be read, is damaged or cut off, or is not an image
	 */
	static ImagePlus open(final String file) {
		final Path path = path(file);
		if (!Files.isRegularFile(path) || !Files.isReadable(path))
			throw new DipException("The file '" + file
				+ "' cannot be read: check that it exists and that you have permission to read it.");
		final StoredImage stored = new StoredImage(path);
		stored.requireWhole(true);
		final ImagePlus image = read(path.toString());
		if (image == null || image.getProcessor() == null || image.getHeight() == 0) // ImageJ takes text for a table
			throw new DipException(
				"The file '" + file + "' is not an image that ImageJ can open: convert it to TIFF or PNG first.");
		stored.requireAll(image);
		return image;
	}

	/** @return the absolute path: ImageJ has a default folder of its own */
	static Path path(final String file) {
		return UserPath.of(file).toAbsolutePath();
	}

	private static ImagePlus read(final String file) {
		IJ.redirectErrorMessages(true);
		try {
			final ImagePlus image = IJ.openImage(file);
			return IJ.getErrorMessage() == null ? image : null;
		}
		catch (final RuntimeException broken) {
			return null; // ImageJ's readers throw all kinds of exceptions when a file is damaged
		}
		finally {
			IJ.redirectErrorMessages(false);
		}
	}
}
