package io.github.deepimageprior.image;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.plugin.LutLoader;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageConverter;
import ij.process.ImageProcessor;
import ij.process.MedianCut;

import io.github.deepimageprior.DipException;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColourTableTest {

	private static final int SIDE = 64;

	@TempDir
	Path folder;

	/** @return waves of three colours with noise */
	private static ColorProcessor scene(final double contrast) {
		final ColorProcessor scene = new ColorProcessor(SIDE, SIDE);
		final Random random = new Random(0);
		for (int y = 0; y < SIDE; y++) for (int x = 0; x < SIDE; x++) {
			int rgb = 0;
			for (final double wave : new double[] { Math.sin(x / 9.0), Math.cos(y / 11.0), Math.sin((x + y) / 13.0) })
				rgb = rgb << 8
					| (int) Math.max(0, Math.min(255, 128 + contrast * (100 * wave + 12 * random.nextGaussian())));
			scene.set(x, y, rgb);
		}
		return scene;
	}

	/** @return intensities from low to high */
	private static ByteProcessor intensities(final int low, final int high) {
		final ByteProcessor plane = new ByteProcessor(SIDE, SIDE);
		for (int y = 0; y < SIDE; y++)
			for (int x = 0; x < SIDE; x++)
				plane.set(x, y, low + (int) Math.round((high - low) * (0.5 + 0.5 * Math.sin(x / 9.0 + y / 17.0))));
		return plane;
	}

	private static ImagePlus shown(final ImageProcessor plane, final IndexColorModel table) {
		plane.setColorModel(table);
		return new ImagePlus("picture", plane);
	}

	/** @param colours packed red, green, blue of each pixel value */
	private static IndexColorModel table(final int... colours) {
		final byte[][] channels = new byte[3][colours.length];
		for (int i = 0; i < colours.length; i++)
			for (int c = 0; c < 3; c++) channels[c][i] = (byte) (colours[i] >> 16 - 8 * c);
		return new IndexColorModel(8, colours.length, channels[0], channels[1], channels[2]);
	}

	private static int grey(final int level) {
		return level * 0x10101;
	}

	private static void assertRefused(final ImagePlus image) {
		assertEquals(
			"The image '" + image.getTitle() + "' is 8-bit Color, whose pixels are entries of a colour table:"
				+ " convert it with Image > Type > RGB Color first, or, if the pixels are intensities, choose Image > "
				+ "Lookup Tables > Grays.",
			assertThrows(DipException.class, () -> new ImageSource(image)).getMessage());
	}

	@ParameterizedTest
	@ValueSource(strings = { "fire", "grays", "ice", "spectrum", "red", "green", "blue", "cyan", "magenta", "yellow",
		"redgreen" })
	void lookupTablesOfImageJShowIntensities(final String name) {
		for (final int[] range : new int[][] { { 0, 255 }, { 3, 31 }, { 100, 104 }, { 250, 255 }, { 7, 7 } }) {
			final ImagePlus image = shown(intensities(range[0], range[1]), LutLoader.getLut(name));
			assertDoesNotThrow(() -> new ImageSource(image), name);
			image.getProcessor().invertLut();
			assertDoesNotThrow(() -> new ImageSource(image), name + " inverted");
			image.setDisplayRange(range[0], range[1] + 2);
			assertDoesNotThrow(() -> ImageSource.asShown(image), name + " with another display range");
			image.getProcessor().setThreshold(range[0], (range[0] + range[1]) / 2.0, ImageProcessor.RED_LUT);
			assertDoesNotThrow(() -> new ImageSource(image), name + " with a threshold");
		}
	}

	@Test
	void bandsAndMarksOfEmptyAndSaturatedPixelsShowIntensities() {
		final IndexColorModel hiLo = table(
			IntStream.range(0, 256).map(i -> i == 0 ? 0xff : i == 255 ? 0xff0000 : grey(i)).toArray());
		final int[] hues = new Random(1).ints(16, 0, 1 << 24).toArray();
		final IndexColorModel bands = table(IntStream.range(0, 256).map(i -> hues[i / 16]).toArray());
		for (final IndexColorModel table : new IndexColorModel[] { hiLo, bands })
			for (final int[] range : new int[][] { { 0, 255 }, { 0, 20 }, { 0, 3 }, { 200, 255 }, { 120, 134 } })
				assertDoesNotThrow(() -> new ImageSource(shown(intensities(range[0], range[1]), table)));
	}

	@Test
	void shadesAndTwoColoursAreInOrder() {
		assertDoesNotThrow(() -> new ImageSource(shown(intensities(0, 3), table(0, grey(85), grey(170), grey(255)))));
		assertDoesNotThrow(() -> new ImageSource(shown(intensities(0, 1), table(0xffffff, 0xa01020))));
	}

	@ParameterizedTest
	@CsvSource({ "3, 1", "5, 1", "16, 1", "32, 1", "256, 1", "16, 0.3", "64, 0.3", "256, 0.3" })
	void palettesAreRefused(final int colours, final double contrast) {
		final ByteProcessor cut = (ByteProcessor) new MedianCut(scene(contrast)).convertToByte(colours);
		final IndexColorModel table = (IndexColorModel) cut.getColorModel();
		final int[] palette = IntStream.range(0, table.getMapSize()).map(i -> table.getRGB(i) & 0xffffff).toArray();
		final Integer[] random = IntStream.range(0, palette.length).boxed().toArray(Integer[]::new);
		Collections.shuffle(Arrays.asList(random), new Random(3));
		assertRefused(shown(renumbered(cut, random), reordered(palette, random)));
		final Integer[] brightness = random.clone();
		Arrays.sort(brightness,
			Comparator.comparing(i -> 3 * (palette[i] >> 16) + 6 * (palette[i] >> 8 & 0xff) + (palette[i] & 0xff)));
		assertRefused(shown(renumbered(cut, brightness), reordered(palette, brightness)));
	}

	private static ByteProcessor renumbered(final ByteProcessor indices, final Integer[] order) {
		final ByteProcessor other = (ByteProcessor) indices.duplicate();
		final int[] place = new int[256];
		for (int i = 0; i < order.length; i++) place[order[i]] = i;
		for (int i = 0; i < other.getPixelCount(); i++) other.set(i, place[indices.get(i)]);
		return other;
	}

	private static IndexColorModel reordered(final int[] palette, final Integer[] order) {
		return table(IntStream.range(0, palette.length).map(i -> palette[order[i]]).toArray());
	}

	@Test
	void shadesInDisorderAndColoursInStepsAreRefused() {
		assertRefused(shown(intensities(0, 5), table(grey(80), 0, grey(255), grey(40), grey(200), grey(120))));
		assertRefused(shown(intensities(0, 215),
			table(IntStream.range(0, 216).map(i -> i / 36 * 51 << 16 | i / 6 % 6 * 51 << 8 | i % 6 * 51).toArray())));
	}

	@ParameterizedTest
	@ValueSource(strings = { "png", "gif", "tif" })
	void indexedFilesAreRefused(final String type) throws Exception {
		final ByteProcessor cut = (ByteProcessor) new MedianCut(scene(1)).convertToByte(32);
		final File file = folder.resolve("indexed." + type).toFile();
		if (type.equals("tif")) assertTrue(new FileSaver(new ImagePlus("indexed", cut)).saveAsTiff(file.getPath()));
		else {
			final BufferedImage indexed = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_INDEXED,
				(IndexColorModel) cut.getColorModel());
			indexed.getRaster().setDataElements(0, 0, SIDE, SIDE, cut.getPixels());
			assertTrue(ImageIO.write(indexed, type, file));
		}
		final ImagePlus opened = IJ.openImage(file.getPath());
		assertEquals(ImagePlus.GRAY8, opened.getType(), "the type does not tell");
		assertRefused(opened);
		assertThrows(DipException.class, () -> MissingPixels.mask(opened, opened));
		assertThrows(DipException.class, () -> ReferenceImage.kept(opened));
		assertThrows(DipException.class, () -> FloatImage.of(opened));
		new ImageConverter(opened).convertToRGB();
		assertEquals(3, new ImageSource(opened).channels());
	}
}
