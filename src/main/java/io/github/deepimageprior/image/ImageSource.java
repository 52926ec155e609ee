package io.github.deepimageprior.image;

import ij.ImagePlus;
import ij.process.ImageProcessor;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import java.util.Map;

/**
 * Reads an image of ImageJ as a series of pictures in 0..1. A picture is one slice of one time point with all its
 * channels; RGB counts as three channels. With an area selection, pictures have the size of its bounding box. In all
 * methods, {@code index} is the picture's place in the image, counted from 0. {@link ValueMapping} defines how pixel
 * values become 0..1.
 * <p>
 * The pixels are copied at construction, unless the stack is virtual: the image may be closed and changed meanwhile.
 * Which pixels are missing is found then, too.
 */
public final class ImageSource {

	/**
	 * Prefix of the names of overlay elements that show a classifier's prediction. Images made from this one leave them
	 * out, since their own predictions may differ.
	 */
	public static final String CLASS_LABEL = "DIP class";

	/** Key of what the user should know about the values before the result is trusted. */
	public static final String WARNING = "Warning";

	private final ImageTemplate template;
	private final Region region;
	private final PixelStack pixels;
	private final Reading reading;

	/**
	 * @param image any image; an area selection restricts the work to it
	 * @throws DipException if there is no image, if it or its selection is smaller than 8×8 pixels, if its pixels are
	 *         entries of a colour table, if a pixel is NaN or infinite, or if a picture has more values than an array
	 *         of Java can
	 */
	public ImageSource(final ImagePlus image) {
		this(image, Reading.Way.STORED, MissingPixels.NONE, false);
	}

	/**
	 * As the constructor, but pixel values are read through the display range, as the user sees the image.
	 *
	 * @throws DipException as the constructor, and if a display range is reversed, or empty and beside the values
	 */
	public static ImageSource asShown(final ImagePlus image) {
		return new ImageSource(image, Reading.Way.SHOWN, MissingPixels.NONE, false);
	}

	/**
	 * As the constructor, for an image with missing pixels, which may be NaN or infinite: they do not count for the
	 * range of values.
	 *
	 * @param missing defines which pixels are missing
	 * @param ignoreSelection whether the whole image is read even if there is a selection
	 */
	public static ImageSource withMissing(final ImagePlus image, final MissingPixels missing,
		final boolean ignoreSelection)
	{
		return new ImageSource(image, Reading.Way.STORED, missing, ignoreSelection);
	}

	/**
	 * As {@link #withMissing}, but 8-bit and RGB images, too, are mapped from the values that are there, and hot and
	 * dead pixels do not count for the range: pixels far beyond all others that are alone, as nothing is that an
	 * optical system shows. They are unknown, like missing pixels.
	 *
	 * @param keepHot whether hot and dead pixels keep their values when a picture is written
	 */
	public static ImageSource toRestore(final ImagePlus image, final MissingPixels missing,
		final boolean ignoreSelection, final boolean keepHot)
	{
		return new ImageSource(image, keepHot ? Reading.Way.ROBUST_KEEPING : Reading.Way.ROBUST, missing,
			ignoreSelection);
	}

	/**
	 * @return the same pixels as {@link #asShown} reads them
	 * @throws DipException as {@link #asShown}
	 */
	public ImageSource displayed() {
		return new ImageSource(template, region, pixels,
			new Reading(Reading.Way.SHOWN, pixels.bits(), pixels, region, null, template));
	}

	/** @throws DipException if there is no image, or one without pixels */
	public static void requireOpen(final ImagePlus image) {
		if (image == null || image.getProcessor() == null)
			throw new DipException("There is no image open: open one, or name an open one with input=[title].");
	}

	private ImageSource(final ImagePlus image, final Reading.Way way, final MissingPixels missing,
		final boolean ignoreSelection)
	{
		requireOpen(image);
		ColourTable.refuse(image);
		template = new ImageTemplate(image);
		region = ignoreSelection ? Region.whole(image) : Region.of(image);
		requireArray((double) width() * height() * StackLayout.of(image).planes() * PixelStack.colours(image),
			"The image '" + name() + "'"); // before all is copied
		pixels = new PixelStack(image);
		reading = new Reading(way, pixels.bits(), pixels, region,
			missing == MissingPixels.NONE ? null : PixelSet.of(missing, pixels, region), template);
	}

	private ImageSource(final ImageTemplate template, final Region region, final PixelStack pixels,
		final Reading reading)
	{
		this.template = template;
		this.region = region;
		this.pixels = pixels;
		this.reading = reading;
	}

	/**
	 * @param factor by which pictures are enlarged
	 * @throws DipException if an array cannot hold the values of an enlarged picture
	 */
	public void requireArrays(final int factor) {
		requireArray((double) width() * height() * channels() * factor * factor, "The enlarged image");
	}

	private static void requireArray(final double values, final String what) {
		if (values > Integer.MAX_VALUE)
			throw new DipException(
				what + " has too many pixels: duplicate a part of it with Image > Duplicate...");
	}

	/** @return the number of pictures: slices × time points */
	public int count() {
		return pixels.layout().count();
	}

	/** @return width of the pictures in pixels: that of the selection's bounding box, if there is a selection */
	public int width() {
		return region.bounds().width;
	}

	/** @return height of the pictures in pixels, as {@link #width} */
	public int height() {
		return region.bounds().height;
	}

	/** @return channels of a picture; RGB counts as three */
	public int channels() {
		return pixels.channels();
	}

	/** @return the title of the image without a file extension */
	public String name() {
		return template.name();
	}

	/** @return the position of a picture in words, such as "slice 2 of 5"; empty if the image is a single picture */
	public String label(final int index) {
		return pixels.layout().label(index);
	}

	/**
	 * @param plane a channel of the picture, counted from 0; RGB is one plane
	 * @return its own slice label, in one line; if it has none, or the stack has no other plane, as {@link #label}
	 */
	public String sliceLabel(final int index, final int plane) {
		final String own = count() * pixels.layout().planes() > 1 ? pixels.label(index, plane) : null;
		return own == null || own.isBlank() ? label(index) : own.strip().lines().findFirst().orElseThrow();
	}

	/** @return the name of a picture in a table: the image's name, and the position in words if there are several */
	public String row(final int index) {
		return name() + (count() > 1 ? ", " + label(index) : "");
	}

	/** @return the slice of a picture, counted from 1; 0 if the image has only one slice */
	public int slice(final int index) {
		return pixels.layout().slice(index);
	}

	/** @return the frame (time point) of a picture, counted from 1; 0 if the image has only one frame */
	public int frame(final int index) {
		return pixels.layout().frame(index);
	}

	/**
	 * @param plane a position in the image's stack, counted from 1
	 * @return the index of the picture that it belongs to
	 */
	public int pictureAt(final int plane) {
		return pixels.layout().pictureAt(plane);
	}

	/**
	 * @return a picture in 0..1, a new array; missing pixels are 0.5, and unknown hot and dead pixels are the median of
	 *         their known neighbours
	 */
	public Picture read(final int index) {
		final Picture read = read(pixels.channelsOf(index), mapping());
		reading.fillUnknown(index, read);
		return read;
	}

	/**
	 * @param planes of the image's type and full size, such as {@link PixelWriter#write} gives
	 * @return the picture that they show, in 0..1; no pixel counts as missing
	 */
	public Picture read(final ImageProcessor[] planes) {
		return read(pixels.channelsOf(planes), mapping());
	}

	/** @return the region of channels, through a mapping */
	Picture read(final ChannelPlane[] channels, final ValueMapping map) {
		final int area = width() * height();
		final float[] values = new float[Math.multiplyExact(area, channels.length)];
		for (int c = 0; c < channels.length; c++) {
			final int channel = c;
			region.forEach(
				(x, y, i) -> values[channel * area + i] = map.toUnit(channel, channels[channel].get(x, y)));
		}
		return new Picture(values, width(), height(), channels.length);
	}

	/**
	 * @return for each pixel of a picture, row by row, 1 if it is known and 0 if it is not, channel by channel, or once
	 *         for all channels; a new array; null if no pixels can be missing, and none is hot or dead and unknown
	 */
	public float[] known(final int index) {
		return reading.known(index, width() * height());
	}

	/**
	 * @return what a report says about the range of values and about hot and dead pixels: text by key. They are looked
	 *         for where the range depends on them, and have a {@link #WARNING} where they widen it
	 */
	public Map<String, String> values() {
		return reading.text();
	}

	/** @return the map between pixel values and 0..1 */
	public ValueMapping mapping() {
		return reading.mapping();
	}

	/** @return what a value of a channel, in 0..1, stands for, as ImageJ shows it */
	public double shown(final int channel, final double unit) {
		return template.value(mapping().lows()[channel] + mapping().spans()[channel] * unit);
	}

	/**
	 * @param unit difference of two values of a channel; 1 is its range
	 * @return the difference of what they stand for, as ImageJ shows it; on average, if the calibration is not a
	 *         straight line
	 */
	public double shownDifference(final int channel, final double unit) {
		return Math.abs(shown(channel, 1) - shown(channel, 0)) * unit;
	}

	/** @return the map for measures of quality: for 8-bit and RGB, 1 is 255 whatever values are there */
	ValueMapping measured() {
		return reading.measured();
	}

	/** @return writes pictures back as pixels of this image's type */
	public PixelWriter writer() {
		return new PixelWriter(pixels, region, mapping(), reading.filled(), reading.kept());
	}

	/** @return makes images from pictures of this image */
	public ResultImages results() {
		return new ResultImages(this, template);
	}

	Region region() {
		return region;
	}

	PixelStack pixels() {
		return pixels;
	}
}
