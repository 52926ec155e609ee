package io.github.deepimageprior.prior;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

/** Checks the values of what is observed before anything is computed from them. */
public final class ObservedValues {

	private ObservedValues() {}

	/**
	 * @param where of which picture they are, such as " of slice 3"; empty if there is only one
	 * @throws DipException if an observed value is NaN or infinite, or no pixel is observed. What is missing may have
	 *         any value.
	 */
	public static void require(final Observation observation, final String where) {
		final float[] values = observation.target().values(), known = observation.known();
		boolean any = known == null;
		for (int i = 0; i < values.length; i++) {
			if (known != null && known[i % known.length] <= 0) continue;
			any = true;
			if (!Float.isFinite(values[i])) throw notFinite(observation.target(), i, where);
		}
		if (!any)
			throw new DipException("No pixel" + where + " is known: set the mask to 1 where the picture is observed.");
	}

	private static DipException notFinite(final Picture picture, final int i, final String where) {
		final int row = i / picture.width();
		return new DipException("The pixel at " + i % picture.width() + ", " + row % picture.height() + where + " is "
			+ (Float.isNaN(picture.values()[i]) ? "NaN" : "infinite") + " in channel " + (row / picture.height() + 1)
			+ ": give it a finite value, or mark it as missing.");
	}
}
