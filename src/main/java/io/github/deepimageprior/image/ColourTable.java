package io.github.deepimageprior.image;

import ij.ImagePlus;
import ij.process.ImageProcessor;
import ij.process.LUT;

import io.github.deepimageprior.DipException;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Tells a colour table from a lookup table. Both give each 8-bit pixel value a colour. In a lookup table, the colour
 * changes little and steadily from a value to the next, since the values are intensities. In a colour table (a palette:
 * 8-bit Color, indexed PNG, GIF and TIFF), the values number colours in any order, and nothing can be computed from
 * them. Only the part that the pixels use tells the two apart: the rest of a short palette is black.
 */
final class ColourTable {

	/**
	 * A larger difference between an entry and the next is a jump, and a larger change of that difference is a bend: in
	 * grey levels of a colour. Of the lookup tables of ImageJ and Fiji, bands have jumps at 7 % of their entries and
	 * bends at 12 %, smooth ones at most 1 % and 6 %; of the palettes of photographs, bends at 35 % or more.
	 */
	private static final int JUMP = 24, BEND = 5;

	private ColourTable() {}

	/** @throws DipException if the pixel values of an image are entries of a colour table, rather than intensities */
	static void refuse(final ImagePlus image) {
		if (image.getType() == ImagePlus.COLOR_256 || image.getBitDepth() == 8
			&& IntStream.range(0, image.getLuts().length).anyMatch(channel -> isPalette(image, channel)))
			throw new DipException("The image '" + image.getTitle() + "' is 8-bit Color, whose pixels are entries of a"
				+ " colour table: convert it with Image > Type > RGB Color first, or, if the pixels are intensities, "
				+ "choose Image > Lookup Tables > Grays.");
	}

	private static boolean isPalette(final ImagePlus image, final int channel) {
		final LUT lut = image.getLuts()[channel];
		if (isOrdered(differences(entries(lut, 0, 255)))) return false;
		final StackLayout layout = StackLayout.of(image);
		int smallest = 255, largest = 0;
		for (int index = 0; index < layout.count(); index++) {
			final ImageProcessor plane = image.getStack().getProcessor(layout.position(index, channel));
			for (int i = 0; i < plane.getPixelCount(); i++) {
				smallest = Math.min(smallest, plane.get(i));
				largest = Math.max(largest, plane.get(i));
			}
		}
		final int[][] steps = differences(entries(lut, smallest, largest));
		// A band more, or a colour that marks empty or saturated pixels, may lie in a small part of a lookup table.
		return !isOrdered(steps) && (isMuch(steps, JUMP, 1) || isMuch(differences(steps), BEND, 2));
	}

	/** @return red, green and blue of the entries from one pixel value to another, 0..255 */
	private static int[][] entries(final LUT lut, final int first, final int last) {
		final byte[][] colours = new byte[3][256]; // black beyond the last entry of the table
		lut.getReds(colours[0]);
		lut.getGreens(colours[1]);
		lut.getBlues(colours[2]);
		return IntStream.rangeClosed(first, last)
			.mapToObj(i -> Stream.of(colours).mapToInt(colour -> colour[i] & 0xff).toArray()).toArray(int[][]::new);
	}

	private static int[][] differences(final int[][] colours) {
		return IntStream.range(1, colours.length)
			.mapToObj(i -> IntStream.range(0, 3).map(c -> colours[i][c] - colours[i - 1][c]).toArray())
			.toArray(int[][]::new);
	}

	/** @return whether no colour both rises and falls */
	private static boolean isOrdered(final int[][] steps) {
		return IntStream.range(0, 3).allMatch(
			c -> Stream.of(steps).allMatch(step -> step[c] >= 0) || Stream.of(steps).allMatch(step -> step[c] <= 0));
	}

	/** @return whether more than a quarter of the differences exceed a limit, and more than a few */
	private static boolean isMuch(final int[][] differences, final int limit, final int few) {
		final long number = Stream.of(differences)
			.filter(colours -> IntStream.of(colours).anyMatch(colour -> Math.abs(colour) > limit)).count();
		return number > few && 4 * number > differences.length;
	}
}
