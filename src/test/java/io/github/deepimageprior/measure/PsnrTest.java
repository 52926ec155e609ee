package io.github.deepimageprior.measure;

import static io.github.deepimageprior.Formula.degraded;
import static io.github.deepimageprior.Formula.picture;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.deepimageprior.DipException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PsnrTest {

	/** Expected values: scikit-image 0.26, with the mask NumPy. */
	@ParameterizedTest
	@CsvSource({ "1, 21.952663153284043, 21.406095860695014", "3, 21.886876452272315, 21.487646234595466" })
	void agreesWithScikitImage(final int channels, final double all, final double masked) {
		final float[] mask = new float[40 * 29];
		for (int y = 2; y < 7; y++) for (int x = 3; x < 9; x++) mask[y * 40 + x] = 1;
		assertEquals(all, Psnr.of(picture(40, 29, channels), degraded(40, 29, channels)), 1e-5);
		assertEquals(masked, Psnr.of(picture(40, 29, channels), degraded(40, 29, channels), mask), 1e-5);
	}

	@Test
	void equalPicturesHaveNoLimit() {
		assertEquals(Double.POSITIVE_INFINITY, Psnr.of(picture(5, 4, 3), picture(5, 4, 3)));
	}

	@Test
	void whatCannotBeComparedSaysSo() {
		assertEquals(
			"The images have 5x4 pixels in 1 channel and 5x4 pixels in 3 channels: compare images of the same size.",
			assertThrows(DipException.class, () -> Psnr.of(picture(5, 4, 1), picture(5, 4, 3))).getMessage());
		assertThrows(DipException.class, () -> Psnr.of(picture(5, 4, 1), degraded(5, 4, 1), new float[20]));
	}
}
