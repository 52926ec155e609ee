package io.github.deepimageprior.image;

import static io.github.deepimageprior.image.TestImages.image;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Line;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.process.ByteProcessor;
import ij.process.ImageConverter;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

class ImageSourceTest {

	@Test
	void aPictureIsASliceOfAFrameWithAllChannels() {
		final ImageSource source = new ImageSource(image("16", 2, 3, 2));
		assertEquals(6, source.count());
		assertEquals(2, source.channels());
		assertEquals("slice 1 of 3, frame 2 of 2", source.label(3));
		assertEquals("cells, slice 1 of 3, frame 2 of 2", source.row(3));
		assertEquals(1, source.slice(3));
		assertEquals(2, source.frame(3));
		assertEquals(3, source.pictureAt(7));
		assertEquals(3, source.pictureAt(8));
	}

	@Test
	void aSinglePictureHasNoPosition() {
		final ImageSource source = new ImageSource(image("8", 1, 1, 1));
		assertEquals("", source.label(0));
		assertEquals("cells", source.row(0));
		assertEquals(0, source.slice(0));
		assertEquals(0, source.frame(0));
	}

	@Test
	void channelsAreReadOneAfterTheOther() {
		final ImagePlus colours = image("RGB", 1, 1, 1);
		colours.getProcessor().set(3, 2, 0x336699);
		final Picture read = new ImageSource(colours).read(0);
		assertArrayEquals(new float[] { 0x33 / 255f, 0x66 / 255f, 0x99 / 255f },
			new float[] { at(read, 3, 2, 0), at(read, 3, 2, 1), at(read, 3, 2, 2) });
		final ImagePlus two = image("8", 2, 2, 1);
		final Picture second = new ImageSource(two).read(1);
		assertEquals(two.getStack().getProcessor(3).get(3, 2) / 255f, at(second, 3, 2, 0));
		assertEquals(two.getStack().getProcessor(4).get(3, 2) / 255f, at(second, 3, 2, 1));
	}

	@Test
	void aPictureThatNoArrayCanHoldIsRefused() {
		final ImageStack stack = new ImageStack(4096, 4096);
		final byte[] plane = new byte[4096 * 4096];
		for (int i = 0; i < 128; i++) stack.addSlice("", plane);
		final ImagePlus large = new ImagePlus("large", TestImages.virtual(stack)); // which is not copied
		large.setDimensions(128, 1, 1);
		assertEquals("The image 'large' has too many pixels: duplicate a part of it with Image > Duplicate...",
			assertThrows(DipException.class, () -> ImageSource.asShown(large)).getMessage());
		large.setRoi(0, 0, 9, 9);
		assertEquals(128, ImageSource.asShown(large).read(0).channels());
	}

	private static float at(final Picture picture, final int x, final int y, final int channel) {
		return picture.values()[(channel * picture.height() + y) * picture.width() + x];
	}

	@Test
	void aLineIsNoSelection() {
		final ImagePlus image = image("8", 1, 1, 1);
		image.setRoi(new Line(1, 1, 3, 3));
		assertEquals(11, new ImageSource(image).width());
	}

	@Test
	void theImageMayBeChangedMeanwhile() {
		for (final String type : new String[] { "8", "16", "32", "RGB" }) {
			final ImagePlus image = image(type, 1, 3, 1);
			final ImageSource source = new ImageSource(image), shown = source.displayed();
			final float[] before = source.read(1).values(), display = shown.read(1).values();
			final Object pixels = image.getStack().getProcessor(2).getPixelsCopy();
			image.setRoi(2, 2, 8, 8);
			image.getStack().getProcessor(2).invert();
			image.setDisplayRange(0, 1);
			assertArrayEquals(before, source.read(1).values(), type);
			assertArrayEquals(display, shown.read(1).values(), type);
			assertEquals(Arrays.deepToString(new Object[] { pixels }),
				Arrays.deepToString(new Object[] { source.writer().write(1, null)[0].getPixels() }), type);
		}
	}

	@Test
	void theImageMayBeClosedMeanwhile() {
		final ImagePlus image = image("8", 1, 3, 1);
		final ImageSource source = new ImageSource(image);
		final float before = at(source.read(2), 4, 4, 0);
		image.flush();
		image.close();
		assertEquals(before, at(source.read(2), 4, 4, 0));
	}

	@Test
	void imagesThatCannotBeReadAreRefusedWithAdvice() {
		assertEquals("There is no image open: open one, or name an open one with input=[title].", message(null));
		assertEquals("There is no image open: open one, or name an open one with input=[title].",
			message(new ImagePlus()));
		assertEquals("The image 'tiny' has 7x20 pixels: at least 8x8 are needed.",
			message(new ImagePlus("tiny", new ByteProcessor(7, 20))));
		final ImagePlus selected = image("8", 1, 1, 1);
		selected.setRoi(9, 2, 10, 5);
		assertEquals("The selection has 2x5 pixels: at least 8x8 are needed.", message(selected));
		selected.setRoi(90, 2, 10, 10);
		assertEquals("The selection lies outside the image: move it, or remove it with Edit > Selection > Select None.",
			message(selected));
		final String outside = message(selected);
		final ShapeRoi frame = new ShapeRoi(new Roi(-5, -5, 21, 19)), beside = new ShapeRoi(new Roi(-9, 0, 9, 9));
		selected.setRoi(frame.not(new ShapeRoi(new Roi(0, 0, 11, 9))));
		assertEquals(outside, message(selected));
		selected.setRoi(beside.or(new ShapeRoi(new Roi(11, 0, 9, 9))));
		assertEquals(outside, message(selected));
		final ImagePlus holes = image("32", 1, 2, 1);
		holes.getStack().getProcessor(2).setf(3, 4, Float.NaN);
		assertTrue(message(holes).startsWith("The pixel at 3, 4 of 'cells' (slice 2 of 2) is NaN: replace"),
			message(holes));
		holes.getStack().getProcessor(2).setf(3, 4, Float.POSITIVE_INFINITY);
		assertTrue(message(holes).contains("is infinite"));
		final ImagePlus palette = image("RGB", 1, 1, 1);
		new ImageConverter(palette).convertRGBtoIndexedColor(8);
		assertTrue(message(palette).contains("convert it with Image > Type > RGB Color"));
	}

	private static String message(final ImagePlus image) {
		return assertThrows(DipException.class, () -> new ImageSource(image)).getMessage();
	}

	@Test
	void virtualStacksAreReadSliceBySlice() {
		final ImageStack inner = image("8", 1, 3, 1).getStack();
		final ImagePlus lazy = new ImagePlus("lazy", TestImages.virtual(inner));
		assertEquals(inner.getProcessor(2).get(17) / 255f, at(new ImageSource(lazy).read(1), 6, 1, 0), 1e-6f);
	}
}
