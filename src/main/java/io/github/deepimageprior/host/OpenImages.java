package io.github.deepimageprior.host;

import ij.ImagePlus;
import ij.WindowManager;

import io.github.deepimageprior.DipException;

/** The images that are open in ImageJ. */
public final class OpenImages {

	private OpenImages() {}

	/**
	 * @param key of the input that names it
	 * @param title of an image, or its ID
	 * @throws DipException if there is none
	 */
	public static ImagePlus named(final String key, final String title) {
		final ImagePlus byTitle = WindowManager.getImage(title);
		if (byTitle != null) return byTitle;
		if (title.matches("-\\d{1,9}")) {
			final ImagePlus byId = WindowManager.getImage(Integer.parseInt(title));
			if (byId != null) return byId;
		}
		throw new DipException("There is no open image '" + title + "', which " + key
			+ " names: give the title or the ID of an open one.");
	}
}
