package io.github.deepimageprior.image;

import static io.github.deepimageprior.image.TestImages.constant;
import static io.github.deepimageprior.image.TestImages.image;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.process.ByteProcessor;
import ij.process.LUT;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class ResultImagesTest {

	@Test
	void theResultLooksAndMeasuresLikeTheInput() {
		final CompositeImage image = new CompositeImage(image("16", 2, 3, 2), CompositeImage.COMPOSITE);
		image.setLuts(new LUT[] { LUT.createLutFromColor(Color.green), LUT.createLutFromColor(Color.magenta) });
		image.setC(2);
		image.setActiveChannels("01");
		image.setDisplayRange(40100, 42000);
		image.getCalibration().pixelWidth = 0.25;
		image.getCalibration().setUnit("um");
		image.getCalibration().frameInterval = 30;
		image.setOverlay(new Overlay(new Roi(1, 1, 3, 3)));
		image.setProperty("Info", "taken on a Monday");
		image.getStack().setSliceLabel("first", 1);
		final ImageSource source = new ImageSource(image);

		final ImagePlus result = source.results().image("purified",
			index -> source.writer().write(index, source.read(index)), index -> null, Map.of("Seed", "0"));
		assertEquals("cells: purified", result.getTitle());
		assertEquals(16, result.getBitDepth());
		assertArrayEquals(new int[] { 11, 9, 2, 3, 2 }, result.getDimensions());
		assertTrue(result.isComposite());
		assertEquals(CompositeImage.COMPOSITE, ((CompositeImage) result).getMode());
		assertEquals(42000, result.getLuts()[1].max);
		assertArrayEquals(image.getActiveChannels(), ((CompositeImage) result).getActiveChannels());
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
		final ImageSource source = new ImageSource(image);
		final ImagePlus result = source.results().image("purified", index -> source.writer().write(index, null),
			index -> null, Map.of());
		assertEquals(40010, result.getDisplayRangeMin());
		assertEquals(40500, result.getDisplayRangeMax());
		assertEquals(Color.cyan.getRGB(), result.getProcessor().getLut().getRGB(255));
		assertEquals(1, result.getStackSize());
	}

	@Test
	void predictionsOfTheInputAreNotShownOnTheResult() {
		final ImagePlus image = image("8", 1, 1, 1);
		final Roi label = new Roi(1, 1, 3, 3);
		label.setName(ImageSource.CLASS_LABEL + " 1 1");
		image.setOverlay(new Overlay(label));
		image.getOverlay().add(new Roi(4, 4, 2, 2));
		final ImageSource source = new ImageSource(image);
		assertEquals(1, source.results().picture(0, source.read(0)).getOverlay().size());
		assertEquals(2, image.getOverlay().size());
	}

	@Test
	void aHiddenOverlayStaysHidden() {
		final ImagePlus image = image("8", 1, 2, 1);
		image.setOverlay(new Overlay(new Roi(1, 1, 3, 3)));
		assertFalse(series(image).getHideOverlay());
		image.setHideOverlay(true);
		assertTrue(series(image).getHideOverlay());
		assertTrue(FloatImage.of(image).getHideOverlay());
		final ImageSource source = new ImageSource(image);
		final Picture large = constant(0, 22, 18, 1);
		assertFalse(source.results().enlarged(0, large, 1).getHideOverlay()); // it has none, but may get one
	}

	@Test
	void anEnlargedImageShowsTheRegionWithSmallerPixels() {
		final ImagePlus image = image("16", 1, 2, 1);
		image.setDisplayRange(40000, 42000);
		image.getCalibration().pixelWidth = 0.5;
		image.getCalibration().xOrigin = 3;
		image.setOverlay(new Overlay(new Roi(1, 1, 3, 3)));
		image.setRoi(1, 0, 9, 8);
		final ImageSource source = new ImageSource(image);
		final Picture dark = constant(0, 18, 16, 1), bright = constant(1, 18, 16, 1);
		final ImagePlus result = source.results().enlarged("large", List.of(dark, bright), 2, 4,
			Arrays.asList("a", null), Map.of());
		assertArrayEquals(new int[] { 18, 16, 1, 2, 1 }, result.getDimensions());
		assertEquals(16, result.getBitDepth());
		final double low = source.mapping().lows()[0], high = low + source.mapping().spans()[0];
		assertEquals(Math.round(low / 4), result.getStack().getProcessor(1).get(5));
		assertEquals(Math.round(high / 4), result.getStack().getProcessor(2).get(5));
		assertEquals("a", result.getStack().getSliceLabel(1));
		assertEquals(0.25, result.getCalibration().pixelWidth);
		assertEquals(4, result.getCalibration().xOrigin);
		assertEquals(10000, result.getDisplayRangeMin());
		assertEquals(10500, result.getDisplayRangeMax());
		assertNull(result.getOverlay());
		final ImagePlus preview = source.results().enlarged(1, bright, 4);
		assertArrayEquals(new int[] { 18, 16, 1, 1, 1 }, preview.getDimensions());
		assertEquals(Math.round(high / 4), preview.getProcessor().get(5));
		final ImagePlus colours = new ImageSource(image("RGB", 1, 1, 1)).results().enlarged(0,
			Picture.stack(List.of(constant(1, 22, 18, 1), constant(0.4f, 22, 18, 1), constant(0, 22, 18, 1))), 1);
		assertEquals(0xff6600, colours.getProcessor().get(7) & 0xffffff);
	}

	@Test
	void deviationsAreInUnitsOfPixelValues() {
		final ImageSource source = new ImageSource(image("16", 2, 2, 1));
		final ImagePlus result = source.results()
			.deviations(List.of(constant(0.1f, 22, 18, 2), constant(0.2f, 22, 18, 2)), 2, 4, Map.of("Seed", "0"));
		assertArrayEquals(new int[] { 22, 18, 2, 2, 1 }, result.getDimensions());
		assertEquals(32, result.getBitDepth());
		assertEquals("cells: standard deviation", result.getTitle());
		for (int c = 0; c < 2; c++)
			for (int index = 0; index < 2; index++)
				assertEquals(0.1f * (index + 1) * source.mapping().spans()[c] / 4,
					result.getStack().getProcessor(2 * index + c + 1).getf(8), 1e-4);
	}

	@Test
	void aDerivedImageHasTheScaleOnly() {
		final ImagePlus image = image("8", 1, 2, 1);
		image.getCalibration().pixelWidth = 0.25;
		image.getCalibration().xOrigin = 3;
		image.setOverlay(new Overlay(new Roi(1, 1, 3, 3)));
		image.setRoi(1, 0, 9, 8);
		final ResultImages results = new ImageSource(image).results();
		final ImageStack two = new ImageStack(), three = new ImageStack();
		for (int i = 0; i < 2; i++) two.addSlice(new ByteProcessor(9, 8));
		for (int i = 0; i < 3; i++) three.addSlice(new ByteProcessor(9, 8));
		final ImagePlus derived = results.derived("mask", two, Map.of());
		assertArrayEquals(new int[] { 9, 8, 1, 2, 1 }, derived.getDimensions());
		assertEquals(0.25, derived.getCalibration().pixelWidth);
		assertEquals(2, derived.getCalibration().xOrigin);
		assertNull(derived.getOverlay());
		assertArrayEquals(new int[] { 9, 8, 1, 1, 3 }, results.derived("masks", three, Map.of()).getDimensions());
	}

	@Test
	void aSeriesRunsAlongTheAxisThatIsFree() {
		assertArrayEquals(new int[] { 11, 9, 1, 1, 2 }, series(image("8", 1, 1, 1)).getDimensions());
		assertArrayEquals(new int[] { 11, 9, 2, 3, 2 }, series(image("8", 2, 3, 1)).getDimensions());
		final ImagePlus timed = series(image("8", 1, 1, 3));
		assertArrayEquals(new int[] { 11, 9, 1, 2, 3 }, timed.getDimensions());
		assertEquals("frame 3 of 3: b2", timed.getStack().getSliceLabel(timed.getStackIndex(1, 2, 3)));
		final ImagePlus deep = series(image("8", 1, 3, 1));
		assertEquals("slice 2 of 3: b1", deep.getStack().getSliceLabel(deep.getStackIndex(1, 2, 2)));
		assertTrue(
			assertThrows(DipException.class, () -> series(image("8", 1, 2, 2))).getMessage().contains("no dimension"));
	}

	@Test
	void theLabelsOfASeriesBeginWithThoseOfTheSamePlane() {
		final ImagePlus deep = image("8", 2, 3, 1), single = image("8", 2, 1, 1);
		deep.getStack().setSliceLabel("red\nmore", deep.getStackIndex(1, 2, 1));
		deep.getStack().setSliceLabel("green", deep.getStackIndex(2, 2, 1));
		single.getStack().setSliceLabel("green", 2);
		assertEquals("red: b1", label(series(deep), 1, 2, 2));
		assertEquals("green: b1", label(series(deep), 2, 2, 2));
		assertEquals("slice 3 of 3: b2", label(series(deep), 2, 3, 2));
		assertEquals("b0", label(series(single), 1, 1, 2));
		assertEquals("green: b0", label(series(single), 2, 1, 2));
	}

	private static String label(final ImagePlus image, final int channel, final int slice, final int frame) {
		return image.getStack().getSliceLabel(image.getStackIndex(channel, slice, frame));
	}

	@Test
	void aSeriesShowsTheOverlayOnTheSamePictures() {
		// channel, slice and frame that show the element; 0 for all
		assertArrayEquals(new int[] { 0, 0, 2 }, shown(image("8", 1, 1, 3), 2));
		assertArrayEquals(new int[] { 0, 0, 2 }, shown(image("8", 1, 1, 3), 1, 1, 2));
		assertArrayEquals(new int[] { 0, 0, 2 }, shown(image("8", 1, 1, 3), 0, 0, 2));
		assertArrayEquals(new int[] { 0, 2, 0 }, shown(image("8", 1, 3, 1), 2));
		assertArrayEquals(new int[] { 0, 2, 0 }, shown(image("8", 1, 3, 1), 1, 2, 1));
		assertArrayEquals(new int[] { 2, 3, 0 }, shown(image("8", 2, 3, 1), 2, 3, 1));
		assertArrayEquals(new int[] { 2, 0, 3 }, shown(image("8", 2, 1, 3), 2, 1, 3));
		assertArrayEquals(new int[] { 0, 0, 3 }, shown(image("8", 2, 1, 3), 3));
		assertArrayEquals(new int[] { 2, 0, 0 }, shown(image("8", 2, 1, 1), 2));
		assertArrayEquals(new int[] { 0, 0, 0 }, shown(image("8", 2, 1, 3), 0));
		assertArrayEquals(new int[] { 0, 0, 0 }, shown(image("8", 1, 1, 3), 0));
		final ImagePlus one = image("8", 1, 1, 1);
		one.setOverlay(element(1));
		final Roi everywhere = series(one).getOverlay().get(0);
		assertEquals(0, everywhere.getPosition() + everywhere.getTPosition());
		assertEquals(1, one.getOverlay().get(0).getPosition());
	}

	@Test
	void floatsOfColoursShowTheOverlayOnAllChannels() {
		final ImagePlus image = image("RGB", 1, 3, 2);
		image.setOverlay(element(1, 2, 1)); // as Overlay > Add Selection sets it
		final Roi element = FloatImage.of(image).getOverlay().get(0);
		assertArrayEquals(new int[] { 0, 2, 1 }, planes(element));
		assertEquals(1, image.getOverlay().get(0).getCPosition());
		image.setOverlay(null);
		assertNull(FloatImage.of(image).getOverlay());
	}

	private static int[] shown(final ImagePlus image, final int... position) {
		image.setOverlay(element(position));
		final Roi element = series(image).getOverlay().get(0);
		assertEquals(0, element.getPosition());
		return planes(element);
	}

	private static int[] planes(final Roi element) {
		return new int[] { element.getCPosition(), element.getZPosition(), element.getTPosition() };
	}

	private static Overlay element(final int... position) {
		final Roi element = new Roi(1, 1, 3, 3);
		if (position.length == 1) element.setPosition(position[0]);
		else element.setPosition(position[0], position[1], position[2]);
		return new Overlay(element);
	}

	private static ImagePlus series(final ImagePlus image) {
		final ImageSource source = new ImageSource(image);
		final List<Integer> pictures = IntStream.range(0, source.count()).boxed().toList();
		return source.results().series(
			"iterations", pictures.stream()
				.map(p -> List.of(source.writer().write(p, null), source.writer().write(p, null))).toList(),
			pictures.stream().map(p -> List.of("a" + p, "b" + p)).toList(), Map.of());
	}
}
