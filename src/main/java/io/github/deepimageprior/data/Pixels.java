package io.github.deepimageprior.data;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import java.nio.file.Path;

/** Checks pictures that consist of real numbers. */
final class Pixels {

	/** More than rounding errors. */
	private static final float TOLERANCE = 1e-3f;

	private Pixels() {}

	/**
	 * @return the picture, whose values are clipped to 0..1 where they exceed it by a rounding error
	 * @throws DipException if it is neither grey nor RGB, or a value lies outside 0..1
	 */
	static Picture checked(final Picture picture, final Path file) {
		if (picture.channels() != 1 && picture.channels() != 3)
			throw new DipException("The pictures of " + file + " have " + picture.channels()
				+ " channels: save grey or RGB pictures, as pictures x channels x height x width.");
		final float[] values = picture.values();
		for (int i = 0; i < values.length; i++) {
			if (!(values[i] >= -TOLERANCE && values[i] <= 1 + TOLERANCE))
				throw new DipException("The pictures of " + file + " have a value of " + values[i]
					+ ": store them as unsigned bytes, or divide them so that they lie in 0..1.");
			values[i] = Math.min(1, Math.max(0, values[i]));
		}
		return picture;
	}
}
