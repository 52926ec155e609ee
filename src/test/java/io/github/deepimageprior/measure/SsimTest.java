package io.github.deepimageprior.measure;

import static io.github.deepimageprior.Formula.degraded;
import static io.github.deepimageprior.Formula.picture;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.deepimageprior.DipException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SsimTest {

	/** Expected values: scikit-image 0.26 in double precision. */
	@ParameterizedTest
	@CsvSource({ "40, 29, 1, 0.8219178738495717", "40, 29, 3, 0.8261540251635809", "11, 11, 1, 0.6557732732805456",
		"64, 12, 3, 0.803192218306542" })
	void agreesWithScikitImage(final int width, final int height, final int channels, final double expected) {
		assertEquals(expected, Ssim.of(picture(width, height, channels), degraded(width, height, channels)), 1e-6);
	}

	@Test
	void equalPicturesHaveOne() {
		assertEquals(1, Ssim.of(picture(20, 15, 3), picture(20, 15, 3)), 1e-12);
	}

	@Test
	void picturesWithoutAWindowSaySo() {
		assertEquals("The images have 40x10 pixels: structural similarity needs at least 11x11.",
			assertThrows(DipException.class, () -> Ssim.of(picture(40, 10, 1), picture(40, 10, 1))).getMessage());
		assertThrows(DipException.class, () -> Ssim.of(picture(40, 20, 1), picture(20, 40, 1)));
	}
}
