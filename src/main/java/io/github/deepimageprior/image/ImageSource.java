package io.github.deepimageprior.image;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import java.awt.Rectangle;
import java.util.Arrays;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * An image of ImageJ as a series of pictures in 0..1, and back. A picture is one slice of one time point with all its
 * channels; RGB counts as three channels.
 * <p>
 * 8-bit and RGB values are divided by 255. 16-bit and 32-bit values of each channel are mapped linearly, from the least
 * value of that channel in the region (over all slices and frames) to 0 and from the greatest to 1, and results are
 * mapped back by the same map; integers are rounded and kept within their type. {@linkplain #asShown As shown}, they
 * are mapped from each channel's display range instead, and what lies outside it is read as 0 or 1.
 * <p>
 * The pixels are held by reference: the image may be closed meanwhile, but what is changed in it may show in slices not
 * yet read.
 */
public final class ImageSource {

	/**
	 * How the names of overlay elements begin that say a classifier's word on the image: they do not hold for what is
	 * made of it.
	 */
	public static final String CLASS_LABEL = "DIP class";

	final ImageTemplate template;
	final ImageStack stack;
	final Region region;
	final Range[] ranges;
	final int planes, slices, frames, colours, bytesPerPixel;
	private final boolean whole;
	private final Missing missing;

	/**
	 * @param image any image; an area selection restricts the work to it
	 * @throws DipException if there are no pixels, fewer than 8×8, a palette instead of values, or values that are not
	 *         finite
	 */
	public ImageSource(final ImagePlus image) {
		this(image, false, Missing.NONE, false);
	}

	/** As the constructor, for whoever looks at the image as the user sees it. */
	public static ImageSource asShown(final ImagePlus image) {
		return new ImageSource(image, true, Missing.NONE, false);
	}

	/**
	 * As the constructor, for an image some of whose pixels are missing: they do not count for the range of values.
	 *
	 * @param missing which
	 * @param ignoreSelection whether the whole image is worked on, whatever is selected
	 */
	public static ImageSource withMissing(final ImagePlus image, final Missing missing, final boolean ignoreSelection) {
		return new ImageSource(image, false, missing, ignoreSelection);
	}

	/** @throws DipException if there are no pixels */
	public static void requireOpen(final ImagePlus image) {
		if (image == null || image.getProcessor() == null)
			throw new DipException("There is no image open: open one, or name an open one with input=[title].");
	}

	private ImageSource(final ImagePlus image, final boolean shown, final Missing missing,
		final boolean ignoreSelection)
	{
		requireOpen(image);
		if (image.getType() == ImagePlus.COLOR_256)
			throw new DipException("The image '" + image.getTitle()
				+ "' is 8-bit Color, whose pixels are entries of a palette: convert it with Image > Type > RGB Color first.");
		template = new ImageTemplate(image);
		region = ignoreSelection ? Region.whole(image) : Region.of(image);
		this.missing = missing;
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

	/**
	 * A stack of its own with the same pixel arrays: closing an image empties its stack. A single image puts its Info
	 * into a label.
	 */
	static ImageStack references(final ImageStack stack) {
		final ImageStack copy = new ImageStack(stack.getWidth(), stack.getHeight(), stack.getColorModel());
		for (int i = 1; i <= stack.size(); i++)
			copy.addSlice(stack.size() == 1 ? null : stack.getSliceLabel(i), stack.getPixels(i));
		return copy;
	}

	private Range range(final int channel) {
		float min = Float.POSITIVE_INFINITY, max = Float.NEGATIVE_INFINITY;
		final Rectangle box = region.bounds();
		for (int picture = 0; picture < count(); picture++) {
			final FloatProcessor plane = plane(picture, channel).toFloat(0, null);
			final float[] known = known(picture);
			int i = 0;
			for (int y = box.y; y < box.y + box.height; y++) for (int x = box.x; x < box.x + box.width; x++, i++) {
				final float value = plane.getf(x, y);
				if (known != null && known[i] == 0) continue;
				if (!Float.isFinite(value))
					throw new DipException("The pixel at " + x + ", " + y + " of '" + template.name() + "'"
						+ (count() > 1 ? " (" + label(picture) + ")" : "") + " is "
						+ (Float.isNaN(value) ? "NaN" : "infinite")
						+ ": replace such pixels first, for example with Process > Math > Macro and the code if (!(abs(v) < 1/0)) v = 0.");
				min = Math.min(min, value);
				max = Math.max(max, value);
			}
		}
		return min > max ? new Range(0, 0) : new Range(min, (double) max - min);
	}

	/** @return of each pixel of a picture 1 if it is known and 0 if it is missing; null if none can be missing */
	public float[] known(final int picture) {
		if (missing == Missing.NONE) return null;
		final Rectangle box = region.bounds();
		final float[] known = new float[box.width * box.height], values = new float[channels()];
		final FloatProcessor[] all = new FloatProcessor[channels()];
		for (int c = 0; c < all.length; c++) all[c] = plane(picture, c).toFloat(c % colours, null);
		int i = 0;
		for (int y = box.y; y < box.y + box.height; y++) for (int x = box.x; x < box.x + box.width; x++) {
			for (int c = 0; c < all.length; c++) values[c] = all[c].getf(x, y);
			known[i++] = missing.at(picture, x, y, values) ? 0 : 1;
		}
		return known;
	}

	/** @return makes images of what has become of this one */
	public ResultImages results() {
		return new ResultImages(this);
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
		final String z = slices > 1 ? "slice " + slice + " of " + slices : "",
			t = frames > 1 ? "frame " + frame + " of " + frames : "";
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
		return whole ? spans() : new double[0];
	}

	/** @return the value that 0 stands for in each channel */
	public double[] lows() {
		return Arrays.stream(ranges).mapToDouble(Range::min).toArray();
	}

	/** @return the difference of values that 1 stands for in each channel */
	public double[] spans() {
		return Arrays.stream(ranges).mapToDouble(Range::span).toArray();
	}

	/** @return the picture, x × y × channels, in 0..1; what is missing is 0.5 */
	public Img<FloatType> read(final int picture) {
		final Img<FloatType> image = read(planes(picture));
		final float[] known = known(picture);
		if (known == null) return image;
		int i = 0;
		for (final FloatType value : image) if (known[i++ % known.length] == 0) value.set(0.5f);
		return image;
	}

	private ImageProcessor[] planes(final int picture) {
		final ImageProcessor[] own = new ImageProcessor[planes];
		for (int p = 0; p < planes; p++) own[p] = plane(picture, p * colours);
		return own;
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
	 * @param values x × y × channels, in 0..1, not a number for pixels that stay as they were; null for the picture as
	 *        it was
	 * @return planes of the image's own type and full size, one a channel, in which the region is replaced
	 */
	public ImageProcessor[] write(final int picture, final RandomAccessibleInterval<FloatType> values) {
		return write(picture, values, null, (before, unit, range) -> range.fromUnit(unit));
	}

	/** As {@link #write}, but replaces only what is missing. */
	public ImageProcessor[] fill(final int picture, final RandomAccessibleInterval<FloatType> values) {
		return write(picture, values, known(picture), (before, unit, range) -> range.fromUnit(unit));
	}

	/**
	 * As {@link #write}, but adds a change to the picture as it was, so that nothing is lost of what lies outside its
	 * range.
	 *
	 * @param change x × y × channels; 1 is the whole range
	 */
	public ImageProcessor[] add(final int picture, final RandomAccessibleInterval<FloatType> change) {
		return write(picture, change, null, (before, unit, range) -> (float) (before + range.span() * unit));
	}

	/** What becomes of a pixel. */
	private interface Change {

		float of(float before, float unit, Range range);
	}

	private ImageProcessor[] write(final int picture, final RandomAccessibleInterval<FloatType> values,
		final float[] keep, final Change change)
	{
		final ImageProcessor[] result = new ImageProcessor[planes];
		for (int p = 0; p < planes; p++) {
			result[p] = plane(picture, p * colours).duplicate();
			if (values != null) for (int colour = 0; colour < colours; colour++) {
				final int c = p * colours + colour;
				final FloatProcessor floats = result[p].toFloat(colour, null);
				replace(floats, Views.hyperSlice(values, 2, c), ranges[c], keep, change);
				result[p].setPixels(colour, floats);
			}
		}
		return result;
	}

	private void replace(final FloatProcessor plane, final RandomAccessibleInterval<FloatType> values,
		final Range range, final float[] keep, final Change change)
	{
		final var value = Views.flatIterable(values).cursor();
		final Rectangle box = region.bounds();
		int i = 0;
		for (int y = box.y; y < box.y + box.height; y++) for (int x = box.x; x < box.x + box.width; x++, i++) {
			final float unit = value.next().get();
			if (region.contains(x, y) && (keep == null || keep[i] == 0) && !Float.isNaN(unit))
				plane.setf(x, y, change.of(plane.getf(x, y), unit, range));
		}
	}

	/** @return the image with a stack of its own on the same pixels, which outlives the closing of the image */
	public static ImagePlus kept(final ImagePlus image) {
		final ImagePlus kept = new ImagePlus(image.getTitle(),
			image.getStack().isVirtual() ? image.getStack() : references(image.getStack()));
		kept.setDimensions(image.getNChannels(), image.getNSlices(), image.getNFrames());
		return kept;
	}

	/**
	 * Reads another image on this one's scale of values, so that the two can be compared.
	 *
	 * @param other with as many slices, frames and channels as this one, {@code factor} times as large or as large as
	 *        the selection times the factor
	 * @param gain by how much this image's values exceed the other's where both show the same
	 * @throws DipException if it is not so
	 */
	public Picture compared(final ImagePlus other, final int picture, final int factor, final double gain) {
		final Rectangle box = region.bounds();
		final boolean part = other.getWidth() == box.width * factor && other.getHeight() == box.height * factor;
		final boolean all = other.getWidth() == stack.getWidth() * factor
			&& other.getHeight() == stack.getHeight() * factor;
		final int its = other.getType() == ImagePlus.COLOR_RGB ? 3 : 1;
		if (!part && !all || its * other.getNChannels() != channels() || its != colours || other.getNSlices() != slices
			|| other.getNFrames() != frames)
			throw new DipException("The reference image '" + other.getTitle()
				+ "' does not match: it needs the same channels, slices and frames, and " + box.width * factor + "x"
				+ box.height * factor + " pixels.");
		final float[] values = new float[Math.multiplyExact(box.width * factor * box.height * factor, channels())];
		int i = 0;
		for (int c = 0; c < channels(); c++) {
			final FloatProcessor plane = other.getStack().getProcessor(index(picture, c / colours)).toFloat(c % colours,
				null);
			final int left = part ? 0 : box.x * factor, top = part ? 0 : box.y * factor;
			for (int y = 0; y < box.height * factor; y++) for (int x = 0; x < box.width * factor; x++) {
				values[i++] = ranges[c].toUnit((float) (gain * plane.getf(left + x, top + y)));
			}
		}
		return new Picture(values, box.width * factor, box.height * factor, channels());
	}

	int index(final int picture, final int plane) {
		return picture * planes + plane + 1;
	}

	/** Fits side by side, and their previews, read in turn: a virtual stack reads one file at a time. */
	private synchronized ImageProcessor plane(final int picture, final int channel) {
		return stack.getProcessor(index(picture, channel / colours));
	}
}
