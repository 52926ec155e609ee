package io.github.deepimageprior.host;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;

import io.github.deepimageprior.DipException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Image files, with errors as sentences instead of dialogs. */
final class ImageFiles {

	private ImageFiles() {}

	static ImagePlus open(final String file) {
		final Path path = Path.of(file);
		if (!Files.isRegularFile(path) || !Files.isReadable(path)) throw new DipException("The file '" + file +
			"' cannot be read: check that it is there and that you may read it.");
		IJ.redirectErrorMessages(true);
		try {
			final ImagePlus image = IJ.openImage(file);
			if (image == null || image.getProcessor() == null) throw new DipException("The file '" + file +
				"' is not an image that ImageJ can open: convert it to TIFF or PNG first.");
			return image;
		}
		finally {
			IJ.redirectErrorMessages(false);
		}
	}

	/** Writes beside the target first, so that a file of that name is always whole. */
	static void saveTiff(final ImagePlus image, final String file) {
		final Path target = Path.of(file).toAbsolutePath();
		final String title = image.getTitle();
		try {
			final Path part = Files.createTempFile(target.getParent(), ".", ".tif");
			try {
				IJ.redirectErrorMessages(true);
				if (!new FileSaver(image).saveAsTiff(part.toString())) throw new IOException("ImageJ could not write " + part);
				Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
			}
			finally {
				IJ.redirectErrorMessages(false);
				image.setTitle(title);
				Files.deleteIfExists(part);
			}
		}
		catch (final IOException failed) {
			throw new DipException("The result cannot be saved to " + file +
				": check that the folder is there, that you may write to it and that the disk is not full.", failed);
		}
	}
}
