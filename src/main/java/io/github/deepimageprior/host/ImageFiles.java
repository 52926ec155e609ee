package io.github.deepimageprior.host;

import ij.IJ;
import ij.ImagePlus;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.UserPath;

import java.nio.file.Files;
import java.nio.file.Path;

/** Image files, with errors as sentences instead of dialogs. */
final class ImageFiles {

	private ImageFiles() {}

	static ImagePlus open(final String file) {
		final Path path = UserPath.of(file);
		if (!Files.isRegularFile(path) || !Files.isReadable(path))
			throw new DipException(
				"The file '" + file + "' cannot be read: check that it is there and that you may read it.");
		final ImagePlus image = read(path.toString());
		if (image == null || image.getProcessor() == null)
			throw new DipException(
				"The file '" + file + "' is not an image that ImageJ can open: convert it to TIFF or PNG first.");
		return image;
	}

	private static ImagePlus read(final String file) {
		IJ.redirectErrorMessages(true);
		try {
			return IJ.openImage(file);
		}
		catch (final RuntimeException broken) {
			return null; // ImageJ's readers throw what comes when a file is damaged
		}
		finally {
			IJ.redirectErrorMessages(false);
		}
	}
}
