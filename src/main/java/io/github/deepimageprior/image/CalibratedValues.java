package io.github.deepimageprior.image;

import ij.ImagePlus;
import ij.measure.Calibration;

import io.github.deepimageprior.DipException;

/**
 * Values that ImageJ shows through a calibration function, as those of optical density or of signed 16-bit numbers.
 * Only 8-bit and 16-bit images can have one. The rest of the package works with pixel values as they are stored.
 */
public final class CalibratedValues {

	private CalibratedValues() {}

	/**
	 * @param calibrated a value as ImageJ shows it
	 * @return the pixel value for it, between two whole numbers if the calibration function is a straight line, else
	 *         the nearest; the value itself if the image has no such function
	 */
	public static double toPixel(final ImagePlus image, final double calibrated) {
		return isCalibrated(image) ? image.getCalibration().getRawValue(calibrated) : calibrated;
	}

	/**
	 * @param calibrated a value as ImageJ shows it, with seven digits
	 * @return the pixel value that is stored for it; the value itself if the image has no calibration function
	 * @throws DipException if no pixel value has it: ImageJ would give the nearest, however far that is
	 */
	public static double toStored(final ImagePlus image, final double calibrated) {
		if (!isCalibrated(image)) return calibrated;
		final double nearest = Math.rint(toPixel(image, calibrated));
		final float value = (float) image.getCalibration().getCValue(nearest);
		if (value != (float) calibrated)
			throw new DipException("No pixel can have the value " + (float) calibrated + " with the calibration of '"
				+ image.getTitle() + "': enter the nearest value, " + value + ".");
		return nearest;
	}

	/**
	 * For noise levels and gains, which are differences of values.
	 *
	 * @throws DipException if differences of calibrated values are not those of pixel values; an offset is allowed
	 */
	public static void requireUnscaled(final ImagePlus image) {
		if (!isCalibrated(image)) return;
		final Calibration calibration = image.getCalibration();
		final double[] line = calibration.getCoefficients();
		if (calibration.getFunction() != Calibration.STRAIGHT_LINE || line == null || line[1] != 1)
			throw calibrated(image);
	}

	/** @throws DipException if the image has a calibration function */
	public static void requirePlain(final ImagePlus image) {
		if (isCalibrated(image)) throw calibrated(image);
	}

	/** @throws DipException if the images have different calibration functions, and so cannot be compared */
	public static void requireAlike(final ImagePlus image, final ImagePlus other) {
		for (final double pixel : new double[] { 0, 1, 1000 })
			if (calibrated(image, pixel) != calibrated(other, pixel))
				throw new DipException("The images '" + image.getTitle() + "' and '" + other.getTitle()
					+ "' have different intensity calibrations: convert both with Image > Type > 32-bit first.");
	}

	private static double calibrated(final ImagePlus image, final double pixel) {
		return isCalibrated(image) ? image.getCalibration().getCValue(pixel) : pixel;
	}

	private static DipException calibrated(final ImagePlus image) {
		return new DipException("The image '" + image.getTitle()
			+ "' has an intensity calibration: convert it with Image > Type > 32-bit first.");
	}

	private static boolean isCalibrated(final ImagePlus image) {
		return image.getBitDepth() <= 16 && image.getCalibration().calibrated();
	}
}
