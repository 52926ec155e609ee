package io.github.deepimageprior.image;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;

import io.github.deepimageprior.DipException;

import java.awt.Rectangle;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * An image of ImageJ as a series of pictures in 0..1, and back. A picture is one slice of one time point with all its channels; RGB
 * counts as three channels.
 * <p>
 * 8-bit and RGB values are divided by 255. 16-bit and 32-bit values of each channel are mapped linearly, from the least value of that
 * channel in the region (over all slices and frames) to 0 and from the greatest to 1, and results are mapped back by the same map;
 * integers are rounded and kept within their type. {@linkplain #asShown As shown}, they are mapped from each channel's display range
 * instead, and what lies outside it is read as 0 or 1.
 * <p>
 * The pixels are held by reference: the image may be closed meanwhile, but what is changed in it may show in slices not yet read.
 */
public final class ImageFrames {

	/** How the names of overlay elements begin that say a classifier's word on the image: they do not hold for what is made of it. */
	public static final String CLASS_LABEL = "DIP class";

	/** What copies of a picture in floats take while it is fitted, for each value. */
	private static final long WORK_BYTES = 24;

	/** A heap that is nearly full spends its time on collecting garbage. */
	private static final double HEAP_MARGIN = 1.3;

	private final ImageTemplate template;
	private final ImageStack stack;
	private final Region region;
	private final Range[] ranges;
	private final int planes, slices, frames, colours, bytesPerPixel;
	private final boolean whole;

	/**
	 * @param image any image; an area selection restricts the work to it
	 * @throws DipException if there are no pixels, fewer than 8×8, a palette instead of values, or values that are not finite
	 */
	public ImageFrames(final ImagePlus image) {
		this(image, false);
	}

	/** As the constructor, for whoever looks at the image as the user sees it. */
	public static ImageFrames asShown(final ImagePlus image) {
		return new ImageFrames(image, true);
	}

	private ImageFrames(final ImagePlus image, final boolean shown) {
		if (image == null || image.getProcessor() == null) throw new DipException(
			"There is no image open: open one, or name an open one with input=[title].");
		if (image.getType() == ImagePlus.COLOR_256) throw new DipException("The image '" + image.getTitle() +
			"' is 8-bit Color, whose pixels are entries of a palette: convert it with Image > Type > RGB Color first.");
		template = new ImageTemplate(image);
		region = Region.of(image);
		planes = image.getNChannels();
		slices = image.getNSlices();
		frames = image.getNFrames();
		stack = image.getStack().isVirtual() ? image.getStack() : references(image.getStack());
		bytesPerPixel = image.getBytesPerPixel();
		colours = image.getType() == ImagePlus.COLOR_RGB ? 3 : 1;
		ranges = new Range[planes * colours];
		final boolean wide = image.getBitDepth() == 16 || image.getBitDepth() == 32;
		for (int c = 0; c < ranges.length; c++) {
			final Range values = wide ? range(c) : Range.BYTE;
			ranges[c] = wide && shown ? template.displayRange(c) : values;
		}
		whole = image.getBitDepth() != 32;
	}

	/** A stack of its own with the same pixel arrays: closing an image empties its stack. A single image puts its Info into a label. */
	private static ImageStack references(final ImageStack stack) {
		final ImageStack copy = new ImageStack(stack.getWidth(), stack.getHeight(), stack.getColorModel());
		for (int i = 1; i <= stack.size(); i++) copy.addSlice(stack.size() == 1 ? null : stack.getSliceLabel(i), stack.getPixels(i));
		return copy;
	}

	private Range range(final int channel) {
		float min = Float.POSITIVE_INFINITY, max = Float.NEGATIVE_INFINITY;
		final Rectangle box = region.bounds();
		for (int picture = 0; picture < count(); picture++) {
			final FloatProcessor plane = plane(picture, channel).toFloat(0, null);
			for (int y = box.y; y < box.y + box.height; y++) for (int x = box.x; x < box.x + box.width; x++) {
				final float value = plane.getf(x, y);
				if (!Float.isFinite(value)) throw new DipException("The pixel at " + x + ", " + y + " of '" + template.name() + "'" + (count() >
					1 ? " (" + label(picture) + ")" : "") + " is " + (Float.isNaN(value) ? "NaN" : "infinite") +
					": replace such pixels first, for example with Process > Math > Macro and the code if (!(abs(v) < 1/0)) v = 0.");
				min = Math.min(min, value);
				max = Math.max(max, value);
			}
		}
		return new Range(min, (double) max - min);
	}

	/** @return the number of pictures: slices × time points */
	public int count() {
		return slices * frames;
	}

	/** @return width of the pictures: of the selection, if there is one */
	public int width() {
		return region.bounds().width;
	}

	/** @return height of the pictures */
	public int height() {
		return region.bounds().height;
	}

	/** @return channels of a picture */
	public int channels() {
		return ranges.length;
	}

	/** @return the title of the image without the ending of a file */
	public String name() {
		return template.name();
	}

	/** @return which picture it is, in words: "slice 2 of 5" */
	public String label(final int picture) {
		final int slice = picture % slices + 1, frame = picture / slices + 1;
		final String z = slices > 1 ? "slice " + slice + " of " + slices : "", t = frames > 1 ? "frame " + frame + " of " + frames : "";
		return z + (z.isEmpty() || t.isEmpty() ? "" : ", ") + t;
	}

	/** @return which picture it is, in a table: the image's name, and the picture in words if there are several */
	public String row(final int picture) {
		return name() + (count() > 1 ? ", " + label(picture) : "");
	}

	/** @return which slice the picture is, counted from 1; 0 if there is but one */
	public int slice(final int picture) {
		return slices > 1 ? picture % slices + 1 : 0;
	}

	/** @return which frame the picture is, counted from 1; 0 if there is but one */
	public int frame(final int picture) {
		return frames > 1 ? picture / slices + 1 : 0;
	}

	/** @return the picture that a plane of the image's stack belongs to, counted from 1 */
	public int pictureAt(final int plane) {
		return (plane - 1) / planes;
	}

	/** @return how many whole values lie between 0 and 1 in each channel: 255 for 8-bit and RGB; empty for 32-bit */
	public double[] levels() {
		return whole ? Arrays.stream(ranges).mapToDouble(Range::span).toArray() : new double[0];
	}

	/** @return the picture, x × y × channels, in 0..1 */
	public Img<FloatType> read(final int picture) {
		final ImageProcessor[] own = new ImageProcessor[planes];
		for (int p = 0; p < planes; p++) own[p] = plane(picture, p * colours);
		return read(own);
	}

	/** @return the picture that planes of the image's type and full size show, such as {@link #write} gives */
	public Img<FloatType> read(final ImageProcessor[] picture) {
		final Rectangle box = region.bounds();
		final float[] values = new float[Math.multiplyExact(box.width * box.height, channels())];
		int i = 0;
		for (int c = 0; c < channels(); c++) {
			final FloatProcessor plane = picture[c / colours].toFloat(c % colours, null);
			for (int y = box.y; y < box.y + box.height; y++) for (int x = box.x; x < box.x + box.width; x++) {
				values[i++] = ranges[c].toUnit(plane.getf(x, y));
			}
		}
		return ArrayImgs.floats(values, box.width, box.height, channels());
	}

	/**
	 * @param picture which one it takes the place of
	 * @param values x × y × channels, in 0..1; null for the picture as it was
	 * @return planes of the image's own type and full size, one a channel, in which the region is replaced
	 */
	public ImageProcessor[] write(final int picture, final RandomAccessibleInterval<FloatType> values) {
		return write(picture, values, (before, unit, range) -> range.fromUnit(unit));
	}

	/**
	 * As {@link #write}, but adds a change to the picture as it was, so that nothing is lost of what lies outside its range.
	 *
	 * @param change x × y × channels; 1 is the whole range
	 */
	public ImageProcessor[] add(final int picture, final RandomAccessibleInterval<FloatType> change) {
		return write(picture, change, (before, unit, range) -> (float) (before + range.span() * unit));
	}

	/** What becomes of a pixel. */
	private interface Change {

		float of(float before, float unit, Range range);
	}

	private ImageProcessor[] write(final int picture, final RandomAccessibleInterval<FloatType> values, final Change change) {
		final ImageProcessor[] result = new ImageProcessor[planes];
		for (int p = 0; p < planes; p++) {
			result[p] = plane(picture, p * colours).duplicate();
			if (values != null) for (int colour = 0; colour < colours; colour++) {
				final int c = p * colours + colour;
				final FloatProcessor floats = result[p].toFloat(colour, null);
				replace(floats, Views.hyperSlice(values, 2, c), ranges[c], change);
				result[p].setPixels(colour, floats);
			}
		}
		return result;
	}

	private void replace(final FloatProcessor plane, final RandomAccessibleInterval<FloatType> values, final Range range,
		final Change change)
	{
		final var value = Views.flatIterable(values).cursor();
		final Rectangle box = region.bounds();
		for (int y = box.y; y < box.y + box.height; y++) for (int x = box.x; x < box.x + box.width; x++) {
			final float unit = value.next().get();
			if (region.contains(x, y)) plane.setf(x, y, change.of(plane.getf(x, y), unit, range));
		}
	}

	/**
	 * @param what was done: the title becomes "name: what"
	 * @param pictures gives the planes of each picture
	 * @param labels gives each picture's slice label; null keeps the image's own
	 * @param report goes into the image's Info
	 * @return an image like this one with other pixels
	 */
	public ImagePlus image(final String what, final IntFunction<ImageProcessor[]> pictures, final IntFunction<String> labels,
		final Map<String, String> report)
	{
		final ImageStack result = new ImageStack(stack.getWidth(), stack.getHeight());
		for (int picture = 0; picture < count(); picture++) {
			final String label = labels.apply(picture);
			final ImageProcessor[] processors = pictures.apply(picture);
			for (int p = 0; p < planes; p++) result.addSlice(label == null ? stack.getSliceLabel(index(picture, p)) : label, processors[p]);
		}
		return template.image(what, result, slices, frames, report);
	}

	/**
	 * @param what was done: the title becomes "name: what"
	 * @param pictures one for each of the image's pictures, or equally many for each, all of the region's size
	 * @return an image of its own kind with this one's calibration
	 */
	public ImagePlus derived(final String what, final ImageStack pictures, final Map<String, String> report) {
		final boolean one = pictures.size() == count();
		final ImagePlus image = template.derived(what, pictures, one ? slices : 1, one ? frames : pictures.size(), report);
		image.getCalibration().xOrigin -= region.bounds().x;
		image.getCalibration().yOrigin -= region.bounds().y;
		return image;
	}

	/** @return one picture by itself, as the image would show it */
	public ImagePlus picture(final int picture, final RandomAccessibleInterval<FloatType> values) {
		final ImageStack result = new ImageStack(stack.getWidth(), stack.getHeight());
		for (final ImageProcessor plane : write(picture, values)) result.addSlice(plane);
		return template.image("picture", result, 1, 1, Map.of());
	}

	/**
	 * Looks before the start whether ImageJ's own memory, the Java heap, holds the results.
	 *
	 * @param points how many results there will be of every picture
	 * @throws DipException if it does not
	 */
	public void requireMemory(final int points) {
		requireMemory(points, 0);
	}

	/**
	 * As {@link #requireMemory(int)}.
	 *
	 * @param more bytes that every pixel of every result takes beside it
	 */
	public void requireMemory(final int points, final int more) {
		final long pixels = (long) stack.getWidth() * stack.getHeight(), pictures = (long) count() * points;
		final long results = pixels * (bytesPerPixel * planes + more) * pictures, work = WORK_BYTES * width() * height() * channels();
		final long needed = (long) (HEAP_MARGIN * results) + work;
		if (needed > freeHeap()) System.gc(); // what is no longer used counts as free
		final long free = freeHeap();
		if (needed > free) throw DipException.tooLittleMemory("A result of " + (pictures > 1 ? pictures + " pictures, each " : "") + stack
			.getWidth() + "x" + stack.getHeight() + " pixels,", needed, "ImageJ's own memory", free, (points > 2
				? "choose fewer steps, " : "") + "duplicate a part of the image, close other images, or raise Edit > Options > Memory & Threads");
	}

	private static long freeHeap() {
		final Runtime java = Runtime.getRuntime();
		return java.maxMemory() - (java.totalMemory() - java.freeMemory());
	}

	/** @throws DipException if the image has both slices and frames, so that no axis is left for a series */
	public void requireFreeAxis() {
		if (slices > 1 && frames > 1) throw new DipException("The image '" + template.name() +
			"' has slices and frames, which leaves no axis for the steps: choose one frame with Image > Duplicate first.");
	}

	/**
	 * An image with one more axis: along time, or along z if the image itself is a time series.
	 *
	 * @param series for every picture the planes at each point of the axis, equally many everywhere
	 * @param labels for every picture the slice labels
	 */
	public ImagePlus series(final String what, final List<List<ImageProcessor[]>> series, final List<List<String>> labels,
		final Map<String, String> report)
	{
		requireFreeAxis();
		final int points = series.get(0).size();
		final ImageStack result = new ImageStack(stack.getWidth(), stack.getHeight());
		for (int i = 0; i < points * count(); i++) {
			final int picture = frames > 1 ? i / points : i % count(), point = frames > 1 ? i % points : i / count();
			for (final ImageProcessor plane : series.get(picture).get(point)) result.addSlice(labels.get(picture).get(point), plane);
		}
		return template.image(what, result, frames > 1 ? points : slices, frames > 1 ? frames : points, report);
	}

	private int index(final int picture, final int plane) {
		return picture * planes + plane + 1;
	}

	private ImageProcessor plane(final int picture, final int channel) {
		return stack.getProcessor(index(picture, channel / colours));
	}
}
