package io.github.deepimageprior.image;

import static io.github.deepimageprior.image.TestImages.constant;
import static io.github.deepimageprior.image.TestImages.image;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.process.FloatProcessor;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueMappingTest {

	@Test
	void eightBitAndColoursAreDividedBy255() {
		final ValueMapping mapping = new ImageSource(image("RGB", 1, 1, 1)).mapping();
		assertArrayEquals(new double[] { 255, 255, 255 }, mapping.levels());
		assertArrayEquals(new double[3], mapping.lows());
		assertArrayEquals(new double[] { 255, 255, 255 }, mapping.spans());
		assertArrayEquals(new double[] { 255 }, new ImageSource(image("8", 1, 2, 1)).mapping().levels());
	}

	@Test
	void eachChannelHasItsOwnRangeOverAllSlicesWithinTheSelection() {
		final ImagePlus image = image("16", 2, 2, 1);
		image.getStack().getProcessor(1).set(3, 2, 100);
		image.getStack().getProcessor(3).set(5, 5, 65535);
		image.getStack().getProcessor(2).set(0, 0, 1); // outside the selection
		image.setRoi(1, 1, 9, 8);
		final ValueMapping mapping = new ImageSource(image).mapping();
		assertEquals(100, mapping.lows()[0]);
		assertEquals(65435, mapping.spans()[0]);
		assertTrue(mapping.lows()[1] >= 40000 && mapping.spans()[1] < 3000);
		assertArrayEquals(mapping.spans(), mapping.levels());
		assertEquals(0, mapping.toUnit(0, 100));
		assertEquals(1, mapping.toUnit(0, 65535));
		assertEquals(65535, mapping.fromUnit(0, 1));
		assertEquals((100 + 65535) / 2f, mapping.fromUnit(0, 0.5));
		assertTrue(mapping.toUnit(0, 0) < 0, "not clipped");
	}

	@Test
	void fractionsHaveNoLevels() {
		final ValueMapping mapping = new ImageSource(image("32", 1, 1, 1)).mapping();
		assertEquals(0, mapping.levels().length);
		assertTrue(mapping.spans()[0] > 1e4);
	}

	@Test
	void anImageOfOneValueComesBackAsThatValue() {
		final ImagePlus image = new ImagePlus("flat", new FloatProcessor(8, 8));
		image.getProcessor().add(7.5);
		final ImageSource source = new ImageSource(image);
		final float[] any = new float[64];
		any[5] = 0.3f;
		assertEquals(7.5f, source.writer().write(0, new Picture(any, 8, 8, 1))[0].getf(5));
		assertEquals(0, source.read(0).values()[5]);
	}

	@Test
	void missingPixelsDoNotCountForTheRange() {
		final ImagePlus image = image("32", 1, 1, 1);
		image.getProcessor().setf(2, 2, Float.NaN);
		image.getProcessor().setf(3, 2, 7e9f);
		final ValueMapping mapping = ImageSource.withMissing(image, (index, x, y, values) -> !(values[0] < 1e9f), false)
			.mapping();
		assertTrue(mapping.fromUnit(0, 1) < 1e5, "largest " + mapping.fromUnit(0, 1));
	}

	@Test
	void asShownEachChannelIsClippedToItsDisplayRange() {
		final CompositeImage image = new CompositeImage(image("16", 2, 1, 1), CompositeImage.COMPOSITE);
		image.setC(2);
		image.setDisplayRange(40100, 42000);
		final ValueMapping shown = ImageSource.asShown(image).mapping();
		assertEquals(40100, shown.lows()[1]);
		assertEquals(1900, shown.spans()[1]);
		assertEquals(0, shown.toUnit(1, 40000));
		assertEquals(0.5f, shown.toUnit(1, 41050));
		assertEquals(1, shown.toUnit(1, 43000));
		assertTrue(shown.lows()[0] != 40100, "the other channel has its own");
	}

	@ParameterizedTest
	@ValueSource(strings = { "16", "32" })
	void aDisplayRangeThatShowsNoPictureIsRefused(final String type) {
		final ImagePlus image = image(type, 1, 1, 1);
		final String advice = ": set it with Image > Adjust > Brightness/Contrast, since a classifier sees the image "
			+ "as it is shown.";
		image.setDisplayRange(50, 50);
		assertEquals("The display range of 'cells.tif' is empty, from 50 to 50" + advice, refused(image));
		image.setDisplayRange(42000, 41000);
		assertEquals("The display range of 'cells.tif' is reversed, from 42000 to 41000" + advice, refused(image));
		final CompositeImage channels = new CompositeImage(image(type, 2, 1, 1), CompositeImage.COMPOSITE);
		channels.setC(2);
		channels.setDisplayRange(7, 7);
		assertEquals("The display range of 'cells.tif', channel 2, is empty, from 7 to 7" + advice, refused(channels));
		for (int i = 0; i < 99; i++) channels.getStack().getProcessor(2).setf(i, 7);
		assertEquals(0, ImageSource.asShown(channels).read(0).values()[99], "black, as ImageJ shows it");
	}

	private static String refused(final ImagePlus image) {
		return assertThrows(DipException.class, () -> ImageSource.asShown(image)).getMessage();
	}

	@ParameterizedTest
	@ValueSource(strings = { "8", "16", "RGB" })
	void whatIsStoredIsSeenThroughTheDisplayRange(final String type) {
		final ImagePlus image = image(type, 1, 1, 1);
		if (type.equals("16")) image.setDisplayRange(40100, 42000);
		final ImageSource source = new ImageSource(image), shown = ImageSource.asShown(image);
		final Picture output = TestImages.random(source);
		final Picture seen = source.mapping().convert(source.writer().stored(0, output), shown.mapping());
		assertArrayEquals(shown.read(source.writer().write(0, output)).values(), seen.values());
		assertArrayEquals(shown.read(0).values(), source.mapping().convert(source.read(0), shown.mapping()).values());
	}

	@Test
	void fractionsAreSeenThroughTheDisplayRange() {
		final ImagePlus image = image("32", 1, 1, 1);
		image.setDisplayRange(-5000, 5000);
		final ImageSource source = new ImageSource(image), shown = ImageSource.asShown(image);
		final Picture output = TestImages.random(source);
		final float[] seen = source.mapping().convert(source.writer().stored(0, output), shown.mapping()).values();
		assertArrayEquals(shown.read(source.writer().write(0, output)).values(), seen, 1e-6f);
		float least = 1, most = 0;
		for (final float value : seen) {
			least = Math.min(least, value);
			most = Math.max(most, value);
		}
		assertEquals(0, least, "clipped");
		assertEquals(1, most, "clipped");
	}

	@Test
	void convertedPixelsAreRoundedAsTheirTypeStoresThem() {
		final ValueMapping mapping = new ImageSource(image("8", 1, 1, 1)).mapping();
		assertEquals(100 / 255f, mapping.convert(constant(100.4f / 255, 8, 8, 1), mapping).values()[0]);
		assertEquals(101 / 255f, mapping.convert(constant(100.6f / 255, 8, 8, 1), mapping).values()[0]);
		assertEquals(1, mapping.convert(constant(1.2f, 8, 8, 1), mapping).values()[0]);
	}
}
