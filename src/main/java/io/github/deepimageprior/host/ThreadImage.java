package io.github.deepimageprior.host;

import ij.ImagePlus;
import ij.WindowManager;

import io.github.deepimageprior.DipException;

import java.lang.reflect.Field;
import java.util.Map;

/** The image that ImageJ keeps for one thread, as {@code IJ.run(image, ...)} and macros in batch mode select it. */
final class ThreadImage {

	private ThreadImage() {}

	/**
	 * @return the image of a thread; null for none
	 * @throws DipException if this version of ImageJ does not tell
	 */
	static ImagePlus of(final Thread thread) {
		try {
			// ImageJ tells it the thread itself only.
			final Field table = WindowManager.class.getDeclaredField("tempImageTable");
			table.setAccessible(true);
			return (ImagePlus) ((Map<?, ?>) table.get(null)).get(thread);
		}
		catch (final ReflectiveOperationException | ClassCastException other) {
			throw new DipException("This version of ImageJ does not tell which image the macro has selected: name it "
				+ "with input=[title].", other);
		}
	}
}
