package io.github.deepimageprior.host;

import ij.ImagePlus;
import ij.WindowManager;

import io.github.deepimageprior.DipException;

/** The images that are open in ImageJ. */
public final class OpenImages {

	private OpenImages() {}

	/**
	 * Finds an open image.
	 *
	 * @param key key of the parameter that names the image, for the message
	 * @param title title of the image, or its ID, which is negative
	 * @return the image
	 * @throws DipException if no such image is open
	 */
	public static ImagePlus named(final String key, final String title) {
		final ImagePlus byTitle = WindowManager.getImage(title);
		if (byTitle != null) return byTitle;
		if (title.matches("-\\d{1,9}")) {
			final ImagePlus byId = WindowManager.getImage(Integer.parseInt(title));
			if (byId != null) return byId;
		}
		throw new DipException(
			"There is no open image '" + title + "' for " + key + ": give the title or the ID of an open image.");
	}
}
