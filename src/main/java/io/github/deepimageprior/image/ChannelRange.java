package io.github.deepimageprior.image;

/**
 * The linear map between the pixel values of one channel and 0..1: {@code value = low + span * unit}.
 *
 * @param low the pixel value that becomes 0
 * @param span the difference of pixel values that becomes 1. It is 0 if all pixels are equal: then every pixel becomes
 *        0, and every result becomes low
 * @param clipped whether values outside the range become 0 or 1
 */
record ChannelRange(double low, double span, boolean clipped) {

	/** The range of all values that 8-bit and RGB pixels can have. */
	static final ChannelRange BYTE = new ChannelRange(0, 255);

	/** A range without clipping. */
	ChannelRange(final double low, final double span) {
		this(low, span, false);
	}

	/**
	 * @param values of a channel, which has this display range
	 * @return whether it shows them: ImageJ shows nonsense if it is reversed, and only black and white if it is empty
	 */
	boolean shows(final ChannelRange values) {
		return span > 0 || span == 0 && values.span == 0 && values.low == low;
	}

	float toUnit(final double value) {
		final float unit = span == 0 ? 0 : (float) ((value - low) / span);
		return clipped ? Math.min(1, Math.max(0, unit)) : unit;
	}

	float fromUnit(final double unit) {
		return (float) (low + span * unit);
	}
}
