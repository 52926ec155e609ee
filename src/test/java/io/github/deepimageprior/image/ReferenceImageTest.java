package io.github.deepimageprior.image;

import static io.github.deepimageprior.image.TestImages.image;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ij.ImagePlus;
import ij.process.FloatProcessor;
import ij.process.ShortProcessor;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceImageTest {

	@ParameterizedTest
	@ValueSource(strings = { "8", "16", "32", "RGB" })
	void theImageItselfIsReadAsTheSourceReadsIt(final String type) {
		final ImagePlus image = image(type, 1, 2, 1);
		image.setRoi(1, 1, 9, 8);
		final ImageSource source = new ImageSource(image);
		assertArrayEquals(source.read(1).values(), ReferenceImage.read(image, source, 1, 1, 1).values());
	}

	@Test
	void anotherImageIsReadOnTheScaleOfTheSource() {
		final ImagePlus image = image("16", 1, 1, 1);
		image.setRoi(1, 0, 8, 9);
		final ImageSource source = new ImageSource(image);
		final FloatProcessor large = new FloatProcessor(22, 18), part = new FloatProcessor(16, 18);
		for (int y = 0; y < 18; y++) for (int x = 0; x < 22; x++) {
			large.setf(x, y, 10250 + 22 * y + x);
			if (x >= 2 && x < 18) part.setf(x - 2, y, 10250 + 22 * y + x);
		}
		final Picture all = ReferenceImage.read(new ImagePlus("large", large), source, 0, 2, 4);
		assertEquals(16, all.width());
		assertEquals(18, all.height());
		for (int y = 0; y < 18; y++)
			for (int x = 0; x < 16; x++)
				assertEquals(source.mapping().toUnit(0, 4 * (10250 + 22 * y + x + 2)), all.values()[16 * y + x]);
		assertArrayEquals(all.values(), ReferenceImage.read(new ImagePlus("part", part), source, 0, 2, 4).values());
	}

	@Test
	void imagesThatDoNotMatchAreRefusedWithAdvice() {
		final ImagePlus image = image("8", 1, 1, 1);
		image.setRoi(1, 1, 9, 8);
		final String advice = "' does not match: it must have the same channels, slices and frames, and 18x16 pixels.";
		assertEquals("The reference image 'small" + advice, message(new ShortProcessor(9, 8), image));
		final ImagePlus slices = image("8", 1, 2, 1), colours = image("RGB", 1, 1, 1), channels = image("8", 3, 1, 1);
		for (final ImagePlus other : new ImagePlus[] { slices, colours, channels })
			assertThrows(DipException.class, () -> ReferenceImage.read(other, new ImageSource(image), 0, 1, 1));
		assertThrows(DipException.class, () -> ReferenceImage.read(channels, new ImageSource(colours), 0, 1, 1));
	}

	private static String message(final ShortProcessor pixels, final ImagePlus image) {
		final ImagePlus other = new ImagePlus("small", pixels);
		return assertThrows(DipException.class, () -> ReferenceImage.read(other, new ImageSource(image), 0, 2, 1))
			.getMessage();
	}

	@ParameterizedTest
	@ValueSource(floats = { Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY })
	void aReferenceWithoutAValueIsRefusedWhereItCounts(final float value) {
		final ImagePlus image = image("32", 2, 3, 1), clean = image("32", 2, 3, 1);
		clean.getStack().getProcessor(clean.getStackIndex(2, 2, 1)).setf(10, 4, value);
		assertEquals("The reference image 'cells.tif' (slice 2 of 3) has pixels that are NaN or infinite, with which "
			+ "PSNR and SSIM have no value: replace such pixels first, or run without this reference.",
			assertThrows(DipException.class, () -> ReferenceImage.require(clean, new ImageSource(image), 1, 1))
				.getMessage());
		image.setRoi(0, 0, 10, 9);
		ReferenceImage.require(clean, new ImageSource(image), 1, 1);
	}

	@Test
	void theReferenceMayBeClosedMeanwhile() {
		final ImagePlus image = image("8", 2, 3, 1), closed = image("8", 2, 3, 1);
		final ImagePlus kept = ReferenceImage.kept(closed);
		closed.flush();
		closed.close();
		final ImageSource source = new ImageSource(image);
		assertEquals("cells.tif", kept.getTitle());
		assertArrayEquals(image.getDimensions(), kept.getDimensions());
		assertArrayEquals(source.read(2).values(), ReferenceImage.read(kept, source, 2, 1, 1).values());
	}
}
