package io.github.deepimageprior.image;

/**
 * The linear map between an image's pixel values and 0..1: {@code value = min + span * unit}.
 *
 * @param min the value that becomes 0
 * @param span the difference of values that becomes 1; if the pixels are all alike it is 0, they become 0, and every
 *        result is min
 * @param clipped whether smaller and larger values become 0 and 1
 */
record Range(double min, double span, boolean clipped) {

	Range(final double min, final double span) {
		this(min, span, false);
	}

	/** What 8-bit and RGB pixels have. */
	static final Range BYTE = new Range(0, 255);

	float toUnit(final float value) {
		final float unit = span == 0 ? 0 : (float) ((value - min) / span);
		return clipped ? Math.min(1, Math.max(0, unit)) : unit;
	}

	float fromUnit(final float unit) {
		return (float) (min + span * unit);
	}
}
