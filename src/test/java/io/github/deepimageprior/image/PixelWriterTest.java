package io.github.deepimageprior.image;

import static io.github.deepimageprior.image.TestImages.constant;
import static io.github.deepimageprior.image.TestImages.image;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.gui.OvalRoi;
import ij.gui.Roi;
import ij.process.ImageProcessor;

import io.github.deepimageprior.Picture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PixelWriterTest {

	@ParameterizedTest
	@ValueSource(strings = { "8", "16", "32", "RGB" })
	void whatIsReadIsWrittenBack(final String type) {
		final ImagePlus image = image(type, 1, 1, 1);
		final ImageSource source = new ImageSource(image);
		final Picture picture = source.read(0);
		assertEquals(11, picture.width());
		assertEquals(9, picture.height());
		assertEquals(type.equals("RGB") ? 3 : 1, picture.channels());
		for (final float value : picture.values()) assertTrue(value >= 0 && value <= 1, "value " + value);
		final ImageProcessor written = source.writer().write(0, picture)[0];
		assertNotSame(image.getProcessor().getPixels(), written.getPixels());
		if (type.equals("32"))
			assertArrayEquals((float[]) image.getProcessor().getPixels(), (float[]) written.getPixels(), 0.01f);
		else
			for (int p = 0; p < written.getPixelCount(); p++) assertEquals(image.getProcessor().get(p), written.get(p));
	}

	@ParameterizedTest
	@ValueSource(strings = { "8", "16", "32", "RGB" })
	void withoutAPictureTheImageIsCopied(final String type) {
		final ImagePlus image = image(type, 1, 2, 1);
		final ImageProcessor before = image.getStack().getProcessor(2),
			written = new ImageSource(image).writer().write(1, null)[0];
		assertNotSame(before.getPixels(), written.getPixels());
		for (int p = 0; p < written.getPixelCount(); p++) assertEquals(before.getf(p), written.getf(p));
	}

	@Test
	void sixteenBitUsesItsOwnRangeAndStaysInItsType() {
		final ImagePlus image = image("16", 1, 2, 1);
		image.getStack().getProcessor(1).set(3, 2, 100);
		image.getStack().getProcessor(2).set(5, 5, 65535);
		final ImageSource source = new ImageSource(image);
		assertEquals(0, source.read(0).values()[2 * 11 + 3]);
		assertEquals(1, source.read(1).values()[5 * 11 + 5]);
		assertEquals(Math.round((100 + 65535) / 2.0), source.writer().write(0, constant(0.5f, 11, 9, 1))[0].get(0));
		assertEquals(65535, source.writer().write(0, constant(1.5f, 11, 9, 1))[0].get(0));
	}

	@Test
	void eightBitsAndColoursStayInTheirType() {
		final PixelWriter bytes = new ImageSource(image("8", 1, 1, 1)).writer();
		assertEquals(255, bytes.write(0, constant(1.5f, 11, 9, 1))[0].get(0));
		assertEquals(0, bytes.write(0, constant(-0.5f, 11, 9, 1))[0].get(0));
		assertEquals(128, bytes.write(0, constant(0.5f, 11, 9, 1))[0].get(0), "halves up");
		final Picture colours = constant(1.5f, 11, 9, 3);
		colours.paste(constant(0.4f, 11, 9, 1), 0, 0, 1);
		colours.paste(constant(-1, 11, 9, 1), 0, 0, 2);
		assertEquals(0xff6600, new ImageSource(image("RGB", 1, 1, 1)).writer().write(0, colours)[0].get(0) & 0xffffff);
	}

	@Test
	void onlyTheSelectionIsReplaced() {
		final ImagePlus image = image("8", 1, 1, 1);
		final Roi oval = new OvalRoi(-2, 0, 12, 9); // reaches beyond the left border
		image.setRoi(oval);
		final ImageSource source = new ImageSource(image);
		assertEquals(10, source.width());
		assertEquals(9, source.height());
		final ImageProcessor written = source.writer().write(0, constant(1, 10, 9, 1))[0];
		int inside = 0;
		for (int y = 0; y < 9; y++) for (int x = 0; x < 11; x++) {
			if (oval.contains(x, y)) inside++;
			assertEquals(oval.contains(x, y) ? 255 : image.getProcessor().get(x, y), written.get(x, y), x + ", " + y);
		}
		assertTrue(inside > 50);
	}

	@Test
	void pixelsThatAreNaNStay() {
		final ImagePlus image = image("16", 1, 1, 1);
		final Picture holes = constant(0, 11, 9, 1);
		holes.values()[17] = Float.NaN;
		final ImageSource source = new ImageSource(image);
		final ImageProcessor written = source.writer().write(0, holes)[0];
		for (int p = 0; p < 99; p++)
			assertEquals(p == 17 ? image.getProcessor().get(17) : source.mapping().lows()[0], written.get(p));
	}

	@Test
	void onlyMissingPixelsAreFilled() {
		final ImagePlus image = image("8", 1, 2, 1);
		final ImageSource source = ImageSource.withMissing(image, (index, x, y, values) -> index == 1 && x == y, false);
		final ImageProcessor before = image.getStack().getProcessor(2),
			filled = source.writer().fill(1, constant(0.2f, 11, 9, 1))[0];
		for (int y = 0; y < 9; y++)
			for (int x = 0; x < 11; x++) assertEquals(x == y ? 51 : before.get(x, y), filled.get(x, y), x + ", " + y);
		final ImageProcessor first = source.writer().fill(0, constant(0.2f, 11, 9, 1))[0];
		for (int p = 0; p < 99; p++) assertEquals(image.getStack().getProcessor(1).get(p), first.get(p));
	}

	@Test
	void aChannelThatIsNotNaNKeepsItsValue() {
		final ImagePlus image = image("32", 2, 1, 1);
		image.getStack().getProcessor(1).setf(17, Float.NaN);
		final float other = image.getStack().getProcessor(2).getf(17);
		final Picture output = constant(0.2f, 11, 9, 2);
		final ImageSource source = ImageSource.withMissing(image, MissingPixels.NAN, false);
		final ImageProcessor[] filled = source.writer().fill(0, output), written = source.writer().write(0, output);
		assertEquals(source.mapping().toPixel(0, 0.2f), filled[0].getf(17));
		assertEquals(other, filled[1].getf(17));
		assertEquals(source.mapping().toPixel(1, 0.2f), written[1].getf(17));
		image.getStack().getProcessor(2).setf(17, 1e9f);
		final ImageSource hot = ImageSource.toRestore(image, MissingPixels.NAN, false, false);
		assertEquals(hot.mapping().toPixel(1, 0.2f), hot.writer().fill(0, output)[1].getf(17), "a hot pixel");
		final ImageProcessor masked = ImageSource.withMissing(image, (index, x, y, values) -> x + 11 * y == 17, false)
			.writer().fill(0, output)[1];
		assertEquals(source.mapping().toPixel(1, 0.2f), masked.getf(17), "all channels are marked");
	}

	@Test
	void aChangeIsAddedAlsoOutsideTheDisplayRange() {
		final ImagePlus image = image("16", 1, 1, 1);
		image.getProcessor().set(0, 45000);
		image.setDisplayRange(40000, 41000);
		final ImageProcessor written = ImageSource.asShown(image).writer().add(0, constant(0.01f, 11, 9, 1))[0];
		for (int p = 0; p < 99; p++) assertEquals(image.getProcessor().get(p) + 10, written.get(p));
	}

	@ParameterizedTest
	@CsvSource({ "8, false", "8, true", "RGB, false", "RGB, true", "16, false", "16, true", "32, false", "32, true" })
	void whatIsStoredIsWhatIsReadBack(final String type, final boolean oval) {
		final ImagePlus image = image(type, type.equals("RGB") ? 1 : 2, 2, 1);
		if (oval) image.setRoi(new OvalRoi(-2, 0, 12, 9));
		for (final ImageSource source : new ImageSource[] { new ImageSource(image), ImageSource.asShown(image),
			ImageSource.withMissing(image, (index, x, y, values) -> x > y, false) })
		{
			final Picture output = TestImages.random(source);
			assertArrayEquals(source.read(source.writer().write(1, output)).values(),
				source.writer().stored(1, output).values());
		}
	}

	/** Outputs of a network are within 0..1: then it is also what {@link Picture#rounded} gives. */
	@ParameterizedTest
	@ValueSource(strings = { "8", "RGB", "16" })
	void whatIsStoredIsTheOutputRoundedToTheLevels(final String type) {
		final ImageSource source = new ImageSource(image(type, 1, 1, 1));
		final float[] values = TestImages.random(source).values();
		for (int i = 0; i < values.length; i++)
			values[i] = Float.isNaN(values[i]) ? 0 : Math.min(1, Math.max(0, values[i]));
		final Picture output = new Picture(values, 11, 9, source.channels());
		assertArrayEquals(output.rounded(source.mapping().levels()).values(),
			source.writer().stored(0, output).values());
	}
}
