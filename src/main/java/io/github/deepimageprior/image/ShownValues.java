package io.github.deepimageprior.image;

import ij.ImagePlus;
import ij.measure.Calibration;

import io.github.deepimageprior.DipException;

/**
 * The values that ImageJ shows of an 8-bit or 16-bit image with a calibration function, such as one of signed 16-bit
 * numbers.
 */
public final class ShownValues {

	private ShownValues() {}

	/** @return the pixel's own value that is shown as this one */
	public static double toPixel(final ImagePlus image, final double shown) {
		return isCalibrated(image) ? image.getCalibration().getRawValue(shown) : shown;
	}

	/**
	 * @throws DipException if differences of values are shown otherwise than they are, so that a noise level or a gain
	 *         would mean another one
	 */
	public static void requireUnscaled(final ImagePlus image) {
		if (!isCalibrated(image)) return;
		final Calibration calibration = image.getCalibration();
		final double[] line = calibration.getCoefficients();
		if (calibration.getFunction() != Calibration.STRAIGHT_LINE || line == null || line[1] != 1)
			throw calibrated(image);
	}

	/** @throws DipException if ImageJ shows other values than the pixels have */
	public static void requirePlain(final ImagePlus image) {
		if (isCalibrated(image)) throw calibrated(image);
	}

	/**
	 * @throws DipException if one value is shown otherwise in one image than in the other, so that the two cannot be
	 *         compared
	 */
	public static void requireAlike(final ImagePlus image, final ImagePlus other) {
		for (final double value : new double[] { 0, 1, 1000 })
			if (shown(image, value) != shown(other, value))
				throw new DipException("The images '" + image.getTitle() + "' and '" + other.getTitle()
					+ "' show values through different calibration functions: convert both with Image > Type > 32-bit first.");
	}

	private static double shown(final ImagePlus image, final double value) {
		return isCalibrated(image) ? image.getCalibration().getCValue(value) : value;
	}

	private static DipException calibrated(final ImagePlus image) {
		return new DipException("The values of '" + image.getTitle()
			+ "' are shown through a calibration function: convert the image with Image > Type > 32-bit first.");
	}

	private static boolean isCalibrated(final ImagePlus image) {
		return image.getBitDepth() <= 16 && image.getCalibration().calibrated();
	}
}
