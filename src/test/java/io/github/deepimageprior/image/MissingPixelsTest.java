package io.github.deepimageprior.image;

import static io.github.deepimageprior.image.TestImages.image;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.PointRoi;
import ij.plugin.filter.ImageMath;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;

import io.github.deepimageprior.DipException;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

class MissingPixelsTest {

	@Test
	void withoutMissingPixelsNoneCanBeMissing() {
		assertNull(new ImageSource(image("8", 1, 1, 1)).known(0));
	}

	@Test
	void theMaskIsFoundOnce() {
		final AtomicInteger calls = new AtomicInteger();
		final ImageSource source = ImageSource.withMissing(image("16", 2, 3, 1), (index, x, y, values) -> {
			calls.incrementAndGet();
			return x == index;
		}, false);
		for (int index = 0; index < 3; index++) {
			source.known(index);
			source.writer().fill(index, source.read(index));
		}
		assertEquals(3 * 11 * 9, calls.get());
	}

	@Test
	void laterChangesOfTheImageDoNotMoveTheMask() {
		final ImagePlus image = image("32", 1, 1, 1), mask = new ImagePlus("mask", new ByteProcessor(11, 9));
		image.getProcessor().setf(4, 4, Float.NaN);
		mask.getProcessor().set(5, 5, 255);
		final ImageSource holes = ImageSource.withMissing(image, MissingPixels.NAN, false);
		image.getProcessor().setf(4, 4, 0);
		image.setRoi(new OvalRoi(1, 1, 3, 3));
		final MissingPixels selection = MissingPixels.selection(image, 0);
		final ImageSource selected = ImageSource.withMissing(image, selection, true),
			masked = ImageSource.withMissing(image, MissingPixels.mask(mask, image), true);
		final float[] before = selected.known(0);
		image.setRoi(6, 6, 3, 3);
		mask.getProcessor().set(1, 1, 255);
		mask.getProcessor().set(5, 5, 0);
		assertMissingOnly(4 * 11 + 4, holes.known(0));
		assertMissingOnly(5 * 11 + 5, masked.known(0));
		assertEquals(0.5f, holes.read(0).values()[4 * 11 + 4]);
		assertArrayEquals(before, selected.known(0));
		assertEquals(0, before[2 * 11 + 2]);
		assertEquals(1, before[7 * 11 + 7]);
	}

	private static void assertMissingOnly(final int pixel, final float[] known) {
		for (int i = 0; i < known.length; i++) assertEquals(i == pixel ? 0 : 1, known[i], "pixel " + i);
	}

	@Test
	void missingPixelsAreGreyInEveryChannel() {
		final ImagePlus image = image("RGB", 1, 1, 1);
		image.getProcessor().set(3, 2, 0);
		image.getProcessor().set(4, 2, 1);
		final ImageSource source = ImageSource.withMissing(image, MissingPixels.value(0), false);
		final int pixel = 2 * 11 + 3;
		assertMissingOnly(pixel, source.known(0));
		for (int c = 0; c < 3; c++) assertEquals(0.5f, source.read(0).values()[c * 99 + pixel]);
		assertEquals(1 / 255f, source.read(0).values()[2 * 99 + pixel + 1]);
	}

	@Test
	void aPixelThatIsNaNInOneChannelIsMissingThere() {
		final ImagePlus image = image("32", 2, 1, 1);
		image.getStack().getProcessor(2).setf(3, 2, Float.NaN);
		final ImageSource one = ImageSource.withMissing(image, MissingPixels.NAN, false);
		assertEquals(2 * 99, one.known(0).length);
		assertMissingOnly(99 + 2 * 11 + 3, one.known(0));
		assertEquals(0.5f, one.read(0).values()[99 + 2 * 11 + 3]);
		assertEquals(image.getStack().getProcessor(1).getf(3, 2),
			one.mapping().toPixel(0, one.read(0).values()[2 * 11 + 3]), 0.1);
		image.getStack().getProcessor(1).setf(3, 2, Float.NaN);
		assertMissingOnly(2 * 11 + 3, ImageSource.withMissing(image, MissingPixels.NAN, false).known(0));
	}

	@Test
	void theSelectionCanBeMissingInTheWholeImage() {
		final ImagePlus image = image("8", 1, 1, 1);
		image.setRoi(9, 7, 5, 5);
		final ImageSource source = ImageSource.withMissing(image, MissingPixels.selection(image, 0), true);
		assertEquals(11, source.width());
		final float[] known = source.known(0);
		for (int i = 0; i < 99; i++) assertEquals(i % 11 >= 9 && i / 11 >= 7 ? 0 : 1, known[i], "pixel " + i);
	}

	@Test
	void aPointIsAPixelOrADiscInItsSlice() {
		final ImagePlus image = image("8", 2, 3, 1);
		final PointRoi points = new PointRoi(3, 2);
		points.addPoint(20, 2); // outside the image
		image.setRoi(points);
		final ImageSource everywhere = ImageSource.withMissing(image, MissingPixels.selection(image, 0), true);
		for (int index = 0; index < 3; index++) assertMissingOnly(2 * 11 + 3, everywhere.known(index));
		final PointRoi inSlices = new PointRoi();
		inSlices.addPoint(0, 8, 4); // a channel of the second slice
		inSlices.addPoint(10.4, 4.6, 5);
		image.setRoi(inSlices);
		final ImageSource each = ImageSource.withMissing(image, MissingPixels.selection(image, 0), true);
		assertMissingOnly(-1, each.known(0));
		assertMissingOnly(8 * 11, each.known(1));
		assertMissingOnly(5 * 11 + 10, each.known(2));
		for (final double radius : new double[] { 1, 1.5, 2.9, 1e300 }) {
			final ImageSource discs = ImageSource.withMissing(image, MissingPixels.selection(image, radius), true);
			final float[] known = discs.known(1);
			for (int i = 0; i < 99; i++)
				assertEquals(Math.hypot(i % 11, i / 11 - 8) <= radius ? 0 : 1, known[i], radius + ": pixel " + i);
		}
	}

	@Test
	void aMaskHasASliceForEachPictureOrOneForAll() {
		final ImagePlus image = image("8", 1, 3, 1), mask = image("RGB", 1, 3, 1);
		for (int i = 1; i <= 3; i++) for (int p = 0; p < 99; p++) mask.getStack().getProcessor(i).set(p, 0xff000000);
		for (int i = 1; i <= 3; i++) mask.getStack().getProcessor(i).set(i, 0xff000100);
		final ImageSource source = ImageSource.withMissing(image, MissingPixels.mask(mask, image), false);
		for (int index = 0; index < 3; index++) assertMissingOnly(index + 1, source.known(index));
		final ImagePlus one = new ImagePlus("one", new ByteProcessor(11, 9));
		one.getProcessor().set(8, 3);
		final ImageSource alike = ImageSource.withMissing(image, MissingPixels.mask(one, image), false);
		for (int index = 0; index < 3; index++) assertMissingOnly(8, alike.known(index));
	}

	@Test
	void masksAndSelectionsThatDoNotFitAreRefusedWithAdvice() {
		final ImagePlus image = image("8", 1, 3, 1), wide = new ImagePlus("wide", new ByteProcessor(12, 9));
		assertEquals("The mask 'wide' has 12x9 pixels and 1 slice: it must have 11x9 pixels and 1 or 3 slices.",
			assertThrows(DipException.class, () -> MissingPixels.mask(wide, image)).getMessage());
		final ImagePlus single = image("8", 1, 1, 1);
		assertEquals("The mask 'cells.tif' has 11x9 pixels and 3 slices: it must have 11x9 pixels and 1 slice.",
			assertThrows(DipException.class, () -> MissingPixels.mask(image, single)).getMessage());
		single.setRoi(new Line(1, 1, 3, 3));
		assertTrue(assertThrows(DipException.class, () -> MissingPixels.selection(single, 0)).getMessage()
			.startsWith("The image 'cells.tif' has no area or point selection: select the missing pixels"));
	}

	private static String said(final ImagePlus image, final MissingPixels missing) {
		return assertThrows(DipException.class,
			() -> MissingPixels.requireSome(ImageSource.withMissing(image, missing, false))).getMessage();
	}

	@Test
	void aPictureWithoutKnownPixelsIsNamedWithItsChannel() {
		final ImagePlus image = image("32", 2, 3, 1);
		final ImageProcessor channel = image.getStack().getProcessor(4);
		for (int i = 0; i < 99; i++) channel.setf(i, Float.NaN);
		assertEquals("All pixels of channel 2, slice 2 of 3, are NaN: delete this channel with Image > Stacks > Delete "
			+ "Slice.", said(image, MissingPixels.NAN));
		final String slice = "All pixels of slice 2 of 3 are missing: mark only the pixels to fill in, or delete what "
			+ "has none to keep with Image > Stacks > Delete Slice.";
		for (int i = 0; i < 99; i++) image.getStack().getProcessor(3).setf(i, Float.NaN);
		assertEquals(slice, said(image, MissingPixels.NAN));
		assertEquals(slice, said(image("8", 2, 3, 1), (index, x, y, values) -> index == 1));
		assertEquals("All pixels are missing: mark only the pixels to fill in.",
			said(image("8", 1, 1, 1), (index, x, y, values) -> true));
	}

	@Test
	void whoMarksMissingPixelsIsNotSentToWhereTheyAreMarked() {
		final ImagePlus image = image("32", 1, 1, 1);
		image.getProcessor().setf(4, 3, Float.NaN);
		assertEquals("The pixel at 4, 3 of 'cells' is NaN and not marked as missing: mark such pixels too, or choose "
			+ "missing=NaN.", said(image, MissingPixels.value(7)));
		image.getProcessor().setf(4, 3, Float.NEGATIVE_INFINITY);
		assertEquals("The pixel at 4, 3 of 'cells' is infinite and not marked as missing: mark such pixels too, or set "
			+ "them to NaN with Process > Math > Macro and the code if (!(abs(v) < 1/0)) v = NaN, and choose "
			+ "missing=NaN.", said(image, MissingPixels.NAN));
		ImageMath.applyMacro(image.getProcessor(), "if (!(abs(v) < 1/0)) v = NaN", false);
		assertMissingOnly(3 * 11 + 4, ImageSource.withMissing(image, MissingPixels.NAN, false).known(0));
		image.getProcessor().setf(4, 3, 1e20f);
		final String warning = "1 hot pixel widens the range of values and may spoil the result: ";
		assertEquals(warning + "replace them first, for example with DIP Inpaint", warning(image, MissingPixels.NONE));
		assertEquals(warning + "mark them as missing too", warning(image, MissingPixels.value(7)));
	}

	private static String warning(final ImagePlus image, final MissingPixels missing) {
		return ImageSource.withMissing(image, missing, false).values().get(ImageSource.WARNING);
	}
}
