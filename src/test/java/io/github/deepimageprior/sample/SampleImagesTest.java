package io.github.deepimageprior.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.process.ImageProcessor;

import org.junit.jupiter.api.Test;

class SampleImagesTest {

	@Test
	void thePhotographsAreThere() {
		final ImagePlus coffee = SampleImages.coffee(), retina = SampleImages.retina();
		assertEquals("coffee 24 192 192", described(coffee));
		assertEquals("retina 8 102 102", described(retina));
	}

	private static String described(final ImagePlus image) {
		return image.getTitle() + " " + image.getBitDepth() + " " + image.getWidth() + " " + image.getHeight();
	}

	@Test
	void theSpotsArePhotonCounts() {
		final ImagePlus spots = SampleImages.spots();
		assertEquals("spots 16 192 192", described(spots));
		assertEquals(0.1, spots.getCalibration().pixelWidth);
		final ImageProcessor counts = spots.getProcessor();
		for (int i = 0; i < counts.getPixelCount(); i++) {
			assertTrue(counts.get(i) >= 100, "black level");
			assertEquals(0, counts.get(i) % 5, "gain");
		}
		assertArrayEquals((short[]) counts.getPixels(), (short[]) SampleImages.spots().getProcessor().getPixels());
	}

	/** The variance of counts is their mean: of a large number of pixels that expect the same. */
	@Test
	void photonsHaveAPoissonDistribution() {
		for (final double mean : new double[] { 0.5, 4, 60 }) {
			final ImageProcessor counts = new Specimen(200, 7).counted(mean, 1, 0);
			assertEquals(mean, counts.getStats().mean, 0.02 * Math.max(1, mean));
			assertEquals(mean, Math.pow(counts.getStats().stdDev, 2), 0.03 * Math.max(1, mean));
		}
	}

	@Test
	void onlyTheBadPixelsHaveTheLargestValue() {
		final ImagePlus scratches = SampleImages.scratches();
		assertEquals("scratches 8 192 192", described(scratches));
		final int[] histogram = scratches.getProcessor().getHistogram();
		assertTrue(histogram[255] > 900 && histogram[255] < 2000, "bad pixels: " + histogram[255]);
		for (int value = 250; value < 255; value++) assertEquals(0, histogram[value], "value " + value);
	}
}
