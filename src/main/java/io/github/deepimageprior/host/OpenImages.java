package io.github.deepimageprior.host;

import ij.ImagePlus;
import ij.WindowManager;

import io.github.deepimageprior.DipException;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The images that are open in ImageJ. */
public final class OpenImages {

	private OpenImages() {}

	/**
	 * Finds an open image.
	 *
	 * @param key key of the parameter that names the image, for the message
	 * @param title title of the image, or its ID, which is negative
	 * @return the image
	 * @throws DipException if no such image is open, or several are
	 */
	public static ImagePlus named(final String key, final String title) {
		return named(key, title, () -> null);
	}

	/** The same for an image that may be the active one, which then is meant among those of one title. */
	static ImagePlus named(final String key, final String title, final Supplier<ImagePlus> active) {
		final int[] ids = WindowManager.getIDList();
		final List<ImagePlus> found = ids == null ? List.of()
			: IntStream.of(ids).mapToObj(WindowManager::getImage)
				.filter(image -> image != null && image.getTitle().equals(title)).distinct().toList();
		if (found.size() == 1) return found.get(0);
		if (found.size() > 1) {
			final ImagePlus now = active.get();
			if (found.stream().anyMatch(image -> image == now)) return now;
			throw new DipException("More than one open image is called '" + title + "' (" + key
				+ "): rename one, or give its ID.");
		}
		if (title.matches("-\\d{1,9}")) {
			final ImagePlus byId = WindowManager.getImage(Integer.parseInt(title));
			if (byId != null) return byId;
		}
		throw new DipException(
			"There is no open image '" + title + "' for " + key + ": give the title or the ID of an open image.");
	}
}
