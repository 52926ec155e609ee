package io.github.deepimageprior.image;

import ij.ImagePlus;
import ij.measure.Calibration;

import io.github.deepimageprior.DipException;

/** The values that ImageJ shows of an 8-bit or 16-bit image with a calibration function, such as one of signed 16-bit numbers. */
public final class ShownValues {

	private ShownValues() {}

	/** @return the pixel's own value that is shown as this one */
	public static double toPixel(final ImagePlus image, final double shown) {
		return isCalibrated(image) ? image.getCalibration().getRawValue(shown) : shown;
	}

	/** @throws DipException if differences of values are shown otherwise than they are, so that a noise level or a gain would mean another one */
	public static void requireUnscaled(final ImagePlus image) {
		if (!isCalibrated(image)) return;
		final Calibration calibration = image.getCalibration();
		final double[] line = calibration.getCoefficients();
		if (calibration.getFunction() != Calibration.STRAIGHT_LINE || line == null || line[1] != 1) throw new DipException("The values of '" + image
			.getTitle() + "' are shown through a calibration function: convert the image with Image > Type > 32-bit first.");
	}

	private static boolean isCalibrated(final ImagePlus image) {
		return image.getBitDepth() <= 16 && image.getCalibration().calibrated();
	}
}
