package io.github.deepimageprior.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;

import io.github.deepimageprior.DipException;

import java.awt.Color;
import java.util.List;
import java.util.Map;
import java.util.Random;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSourceTest {

	/** An image of any type, 11×9, with values that use their type. */
	private static ImagePlus image(final String type, final int channels, final int slices, final int frames) {
		final ImagePlus image = IJ.createHyperStack("cells.tif", 11, 9, channels, slices, frames,
			type.equals("RGB") ? 24 : Integer.parseInt(type));
		final Random random = new Random(5);
		for (int i = 1; i <= image.getStackSize(); i++) {
			final ImageProcessor plane = image.getStack().getProcessor(i);
			for (int p = 0; p < plane.getPixelCount(); p++) {
				if (type.equals("32")) plane.setf(p, (float) random.nextGaussian() * 1e4f);
				else
					plane.set(p, random.nextInt(type.equals("16") ? 3000 : type.equals("8") ? 256 : 1 << 24)
						+ (type.equals("16") ? 40000 : 0));
			}
			image.getStack().setPixels(plane.getPixels(), i);
		}
		return image;
	}

	@ParameterizedTest
	@ValueSource(strings = { "8", "16", "32", "RGB" })
	void whatIsReadIsWrittenBack(final String type) {
		final ImagePlus image = image(type, 1, 1, 1);
		final ImageSource frames = new ImageSource(image);
		final Img<FloatType> values = frames.read(0);
		assertArrayEquals(new long[] { 11, 9, type.equals("RGB") ? 3 : 1 }, values.dimensionsAsLongArray());
		for (final FloatType value : values) assertTrue(value.get() >= 0 && value.get() <= 1, "value " + value);
		final ImageProcessor written = frames.write(0, values)[0];
		assertNotSame(image.getProcessor().getPixels(), written.getPixels());
		if (type.equals("32"))
			assertArrayEquals((float[]) image.getProcessor().getPixels(), (float[]) written.getPixels(), 0.01f);
		else
			for (int p = 0; p < written.getPixelCount(); p++) assertEquals(image.getProcessor().get(p), written.get(p));
	}

	@Test
	void sixteenBitUsesItsOwnRangeAndStaysInItsType() {
		final ImagePlus image = image("16", 1, 2, 1);
		image.getStack().getProcessor(1).set(3, 2, 100);
		image.getStack().getProcessor(2).set(5, 5, 65535);
		final ImageSource frames = new ImageSource(image);
		assertEquals(0, frames.read(0).getAt(3, 2, 0).get());
		assertEquals(1, frames.read(1).getAt(5, 5, 0).get());
		final float[] half = new float[99];
		java.util.Arrays.fill(half, 0.5f);
		assertEquals(Math.round((100 + 65535) / 2.0), frames.write(0, ArrayImgs.floats(half, 11, 9, 1))[0].get(0));
		java.util.Arrays.fill(half, 1.5f);
		assertEquals(65535, frames.write(0, ArrayImgs.floats(half, 11, 9, 1))[0].get(0));
	}

	@Test
	void anImageOfOneValueComesBackAsThatValue() {
		final ImagePlus image = new ImagePlus("flat", new FloatProcessor(8, 8));
		image.getProcessor().add(7.5);
		final ImageSource frames = new ImageSource(image);
		final float[] any = new float[64];
		any[5] = 0.3f;
		assertEquals(7.5f, frames.write(0, ArrayImgs.floats(any, 8, 8, 1))[0].getf(5));
	}

	@Test
	void onlyTheSelectionIsReplaced() {
		final ImagePlus image = image("8", 1, 1, 1);
		final Roi oval = new OvalRoi(-2, 0, 12, 9); // reaches beyond the left border
		image.setRoi(oval);
		final ImageSource frames = new ImageSource(image);
		assertEquals(10, frames.width());
		assertEquals(9, frames.height());
		final float[] white = new float[90];
		java.util.Arrays.fill(white, 1);
		final ImageProcessor written = frames.write(0, ArrayImgs.floats(white, 10, 9, 1))[0];
		int inside = 0;
		for (int y = 0; y < 9; y++) for (int x = 0; x < 11; x++) {
			if (oval.contains(x, y)) inside++;
			assertEquals(oval.contains(x, y) ? 255 : image.getProcessor().get(x, y), written.get(x, y), x + ", " + y);
		}
		assertTrue(inside > 50);
	}

	@Test
	void aLineIsNoSelection() {
		final ImagePlus image = image("8", 1, 1, 1);
		image.setRoi(new ij.gui.Line(1, 1, 3, 3));
		assertEquals(11, new ImageSource(image).width());
	}

	@Test
	void theResultLooksAndMeasuresLikeTheInput() {
		final CompositeImage image = new CompositeImage(image("16", 2, 3, 2), CompositeImage.COMPOSITE);
		image.setLuts(new LUT[] { LUT.createLutFromColor(Color.green), LUT.createLutFromColor(Color.magenta) });
		image.setC(2);
		image.setDisplayRange(40100, 42000);
		image.getCalibration().pixelWidth = 0.25;
		image.getCalibration().setUnit("um");
		image.getCalibration().frameInterval = 30;
		image.setOverlay(new Overlay(new Roi(1, 1, 3, 3)));
		image.setProperty("Info", "taken on a Monday");
		image.getStack().setSliceLabel("first", 1);
		final ImageSource frames = new ImageSource(image);
		assertEquals(6, frames.count());
		assertEquals(2, frames.channels());
		assertEquals("slice 1 of 3, frame 2 of 2", frames.label(3));

		final ImagePlus result = frames.results().image("purified",
			picture -> frames.write(picture, frames.read(picture)), picture -> null, Map.of("Seed", "0"));
		assertEquals("cells: purified", result.getTitle());
		assertEquals(16, result.getBitDepth());
		assertArrayEquals(new int[] { 11, 9, 2, 3, 2 }, result.getDimensions());
		assertTrue(result.isComposite());
		assertEquals(CompositeImage.COMPOSITE, ((CompositeImage) result).getMode());
		assertEquals(42000, result.getLuts()[1].max);
		assertEquals(Color.magenta.getRGB(), result.getLuts()[1].getRGB(255));
		assertEquals(0.25, result.getCalibration().pixelWidth);
		assertEquals(image.getCalibration().getUnit(), result.getCalibration().getUnit());
		assertEquals(30, result.getCalibration().frameInterval);
		assertEquals(1, result.getOverlay().size());
		assertEquals("first", result.getStack().getSliceLabel(1));
		assertTrue(
			result.getInfoProperty().contains("Seed: 0") && result.getInfoProperty().contains("taken on a Monday"));
		for (int i = 1; i <= image.getStackSize(); i++)
			for (int p = 0; p < 99; p++)
				assertEquals(image.getStack().getProcessor(i).get(p), result.getStack().getProcessor(i).get(p));
	}

	@Test
	void aGreyImageKeepsItsTableAndDisplayRange() {
		final ImagePlus image = image("16", 1, 1, 1);
		image.getProcessor().setLut(LUT.createLutFromColor(Color.cyan));
		image.setDisplayRange(40010, 40500);
		final ImageSource frames = new ImageSource(image);
		final ImagePlus result = frames.results().image("purified", picture -> frames.write(picture, null),
			picture -> null, Map.of());
		assertEquals(40010, result.getDisplayRangeMin());
		assertEquals(40500, result.getDisplayRangeMax());
		assertEquals(Color.cyan.getRGB(), result.getProcessor().getLut().getRGB(255));
		assertEquals(1, result.getStackSize());
	}

	@Test
	void aSeriesRunsAlongTheAxisThatIsFree() {
		assertArrayEquals(new int[] { 11, 9, 1, 1, 2 }, series(image("8", 1, 1, 1)).getDimensions());
		assertArrayEquals(new int[] { 11, 9, 2, 3, 2 }, series(image("8", 2, 3, 1)).getDimensions());
		final ImagePlus timed = series(image("8", 1, 1, 3));
		assertArrayEquals(new int[] { 11, 9, 1, 2, 3 }, timed.getDimensions());
		assertEquals("b2", timed.getStack().getSliceLabel(timed.getStackIndex(1, 2, 3)));
		final ImagePlus deep = series(image("8", 1, 3, 1));
		assertEquals("b1", deep.getStack().getSliceLabel(deep.getStackIndex(1, 2, 2)));
		assertTrue(
			assertThrows(DipException.class, () -> series(image("8", 1, 2, 2))).getMessage().contains("no axis"));
	}

	private static ImagePlus series(final ImagePlus image) {
		final ImageSource frames = new ImageSource(image);
		final var pictures = java.util.stream.IntStream.range(0, frames.count()).boxed().toList();
		return frames.results().series("iterations",
			pictures.stream().map(p -> List.of(frames.write(p, null), frames.write(p, null))).toList(),
			pictures.stream().map(p -> List.of("a" + p, "b" + p)).toList(), Map.of());
	}

	@Test
	void theImageMayBeClosedMeanwhile() {
		final ImagePlus image = image("8", 1, 3, 1);
		final ImageSource frames = new ImageSource(image);
		final float before = frames.read(2).getAt(4, 4, 0).get();
		image.flush();
		image.close();
		assertEquals(before, frames.read(2).getAt(4, 4, 0).get());
	}

	@Test
	void whatCannotBeFittedIsSaidInASentence() {
		assertEquals("There is no image open: open one, or name an open one with input=[title].", message(null));
		assertEquals("There is no image open: open one, or name an open one with input=[title].",
			message(new ImagePlus()));
		assertEquals("The image 'tiny' has 7x20 pixels: at least 8x8 are needed.",
			message(new ImagePlus("tiny", new ByteProcessor(7, 20))));
		final ImagePlus selected = image("8", 1, 1, 1);
		selected.setRoi(9, 2, 10, 5);
		assertEquals("The selection has 2x5 pixels: at least 8x8 are needed.", message(selected));
		final ImagePlus holes = image("32", 1, 2, 1);
		holes.getStack().getProcessor(2).setf(3, 4, Float.NaN);
		assertTrue(message(holes).startsWith("The pixel at 3, 4 of 'cells' (slice 2 of 2) is NaN: replace"),
			message(holes));
		holes.getStack().getProcessor(2).setf(3, 4, Float.POSITIVE_INFINITY);
		assertTrue(message(holes).contains("is infinite"));
		final ImagePlus palette = image("RGB", 1, 1, 1);
		new ij.process.ImageConverter(palette).convertRGBtoIndexedColor(8);
		assertTrue(message(palette).contains("convert it with Image > Type > RGB Color"));
	}

	private static String message(final ImagePlus image) {
		return assertThrows(DipException.class, () -> new ImageSource(image)).getMessage();
	}

	@Test
	void resultsThatImageJCannotHoldAreRefusedBeforeTheStart() {
		final ImageSource frames = new ImageSource(image("RGB", 1, 3, 1));
		HeapMemory.require(frames, 100);
		final long perPoint = 11 * 9 * 4 * 3, free = Runtime.getRuntime().maxMemory();
		final String message = assertThrows(DipException.class,
			() -> HeapMemory.require(frames, (int) (free / perPoint) + 1)).getMessage();
		assertTrue(message.matches(
			"A result of \\d+ pictures, each 11x9 pixels, needs about [\\d.]+ [MG]B of ImageJ's own memory and [\\d.]+ [MG]B are free: "
				+ "choose fewer steps, .*"),
			message);
	}

	@Test
	void virtualStacksAreReadSliceBySlice() {
		final ImageStack inner = image("8", 1, 3, 1).getStack();
		final ImagePlus lazy = new ImagePlus("lazy", new ij.VirtualStack() {

			@Override
			public ImageProcessor getProcessor(final int n) {
				return inner.getProcessor(n);
			}

			@Override
			public int size() {
				return 3;
			}

			@Override
			public int getSize() {
				return 3;
			}

			@Override
			public int getWidth() {
				return 11;
			}

			@Override
			public int getHeight() {
				return 9;
			}

			@Override
			public int getBitDepth() {
				return 8;
			}
		});
		assertEquals(inner.getProcessor(2).get(17) / 255f, new ImageSource(lazy).read(1).getAt(6, 1, 0).get(), 1e-6f);
	}
}
