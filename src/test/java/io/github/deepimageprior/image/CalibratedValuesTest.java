package io.github.deepimageprior.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.measure.Calibration;

import io.github.deepimageprior.DipException;

import org.junit.jupiter.api.Test;

class CalibratedValuesTest {

	private static ImagePlus calibrated(final double offset, final double slope) {
		final ImagePlus image = TestImages.image("16", 1, 1, 1);
		image.getCalibration().setFunction(Calibration.STRAIGHT_LINE, new double[] { offset, slope }, "value");
		return image;
	}

	@Test
	void valuesAreStoredWithoutTheCalibrationFunction() {
		assertEquals(31768, CalibratedValues.toPixel(calibrated(-32768, 1), -1000));
		assertEquals(500, CalibratedValues.toPixel(calibrated(0, 2), 1000));
		assertEquals(1000, CalibratedValues.toPixel(TestImages.image("16", 1, 1, 1), 1000));
		assertEquals(1000, CalibratedValues.toPixel(TestImages.image("32", 1, 1, 1), 1000));
	}

	/** On a curve, ImageJ gives the pixel value that is nearest, however far that is. */
	@Test
	void aValueThatNoPixelCanHaveIsRefused() {
		final ImagePlus curved = TestImages.image("8", 1, 1, 1);
		curved.getCalibration().setFunction(Calibration.POLY2, new double[] { 0.5, 0, 0.01 }, "value");
		assertEquals(20, CalibratedValues.toStored(curved, 4.5));
		assertEquals("No pixel can have the value 4.6 with the calibration of '" + curved.getTitle()
			+ "': enter the nearest value, 4.5.",
			assertThrows(DipException.class, () -> CalibratedValues.toStored(curved, 4.6)).getMessage());
		assertThrows(DipException.class, () -> CalibratedValues.toStored(calibrated(0, 2), 1001));
		assertEquals(500.5, CalibratedValues.toPixel(calibrated(0, 2), 1001), "as a mean of pixel values");
		assertEquals(3, CalibratedValues.toStored(calibrated(0.1, 0.1), 0.4), "not 3.0000000000000004");
		curved.getCalibration().setFunction(Calibration.POLY2, new double[] { 0, 1 / 3.0, 0.01 }, "value");
		assertEquals(1, CalibratedValues.toStored(curved, 0.34333333), "as ImageJ prints it");
	}

	@Test
	void onlyAnOffsetLeavesDifferencesAsTheyAre() {
		CalibratedValues.requireUnscaled(TestImages.image("16", 1, 1, 1));
		CalibratedValues.requireUnscaled(calibrated(-32768, 1));
		final String advice = "The image 'cells.tif' has an intensity calibration: convert it with Image > Type > "
			+ "32-bit first.";
		assertEquals(advice,
			assertThrows(DipException.class, () -> CalibratedValues.requireUnscaled(calibrated(0, 2))).getMessage());
		assertEquals(advice,
			assertThrows(DipException.class, () -> CalibratedValues.requirePlain(calibrated(-32768, 1))).getMessage());
	}

	@Test
	void imagesWithDifferentFunctionsAreNotAlike() {
		CalibratedValues.requireAlike(calibrated(-32768, 1), calibrated(-32768, 1));
		assertTrue(assertThrows(DipException.class,
			() -> CalibratedValues.requireAlike(calibrated(-32768, 1), TestImages.image("16", 1, 1, 1))).getMessage()
			.contains("have different intensity calibrations"));
	}
}
