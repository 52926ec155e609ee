package io.github.deepimageprior.image;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ImageProcessor;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Makes images from pictures of a source image. They have its scale; those of its own type also have its lookup tables,
 * display ranges, overlay and properties.
 * <p>
 * In all methods, {@code action} is what was done: the title becomes "name: action". {@code report} is put before the
 * image's own Info, one line for each entry. A label is that of a slice; where it is null, the source's own is used.
 */
public final class ResultImages {

	private final ImageSource source;
	private final StackLayout layout;
	private final ImageTemplate template;

	ResultImages(final ImageSource source, final ImageTemplate template) {
		this.source = source;
		this.template = template;
		layout = source.pixels().layout();
	}

	/**
	 * @param pictures gives the planes of each picture, as {@link PixelWriter} makes them
	 * @param labels gives each picture's label
	 * @return an image like the source, with other pixels
	 */
	public ImagePlus image(final String action, final IntFunction<ImageProcessor[]> pictures,
		final IntFunction<String> labels, final Map<String, String> report)
	{
		final ImageStack result = fullSize();
		for (int index = 0; index < source.count(); index++)
			add(result, index, labels.apply(index), pictures.apply(index));
		return template.image(action, result, layout.slices(), layout.frames(), report);
	}

	/** @return one picture by itself, as the image would show it; for a preview */
	public ImagePlus picture(final int index, final Picture output) {
		final ImageStack result = fullSize();
		for (final ImageProcessor plane : source.writer().write(index, output)) result.addSlice(plane);
		return template.image("picture", result, 1, 1, Map.of());
	}

	/**
	 * @param pictures for each picture of the source one processor, or equally many, all of the region's size
	 * @return an image of the processors' type with the source's scale; a time series if a picture has several
	 */
	public ImagePlus derived(final String action, final ImageStack pictures, final Map<String, String> report) {
		final boolean one = pictures.size() == source.count();
		final ImagePlus image = template.derived(action, pictures, one ? layout.slices() : 1,
			one ? layout.frames() : pictures.size(), report);
		ImageTemplate.zoom(image.getCalibration(), 1, source.region().bounds());
		return image;
	}

	/**
	 * @param pictures one for each of the source, {@code factor} times as large as the region, in 0..1
	 * @param gain the source's pixel values divided by those of the result where both show the same
	 * @param labels one for each picture
	 * @return an image of the source's type, of the region alone, with smaller pixels
	 */
	public ImagePlus enlarged(final String action, final List<Picture> pictures, final int factor, final double gain,
		final List<String> labels, final Map<String, String> report)
	{
		final ImageStack result = new ImageStack(source.width() * factor, source.height() * factor);
		for (int index = 0; index < source.count(); index++)
			add(result, index, labels.get(index), source.writer().planes(index, pictures.get(index), gain));
		return template.enlarged(action, result, layout.slices(), layout.frames(), factor, gain,
			source.region().bounds(), report);
	}

	/** @return one enlarged picture by itself; for a preview */
	public ImagePlus enlarged(final int index, final Picture picture, final double gain) {
		final ImageStack result = new ImageStack(picture.width(), picture.height());
		for (final ImageProcessor plane : source.writer().planes(index, picture, gain)) result.addSlice(plane);
		return template.enlarged("picture", result, 1, 1, picture.width() / source.width(), gain,
			source.region().bounds(), Map.of());
	}

	/**
	 * @param pictures standard deviations, one picture for each of the source, {@code factor} times as large as the
	 *        region; 1 is the span of a channel
	 * @param gain as for {@link #enlarged(String, List, int, double, List, Map)}
	 * @return a 32-bit image of the standard deviations in units of pixel values; a colour becomes a channel
	 */
	public ImagePlus deviations(final List<Picture> pictures, final int factor, final double gain,
		final Map<String, String> report)
	{
		final ImageStack result = new ImageStack(source.width() * factor, source.height() * factor);
		final double[] spans = source.mapping().spans();
		for (final Picture picture : pictures) for (int c = 0; c < source.channels(); c++) {
			final float[] values = picture.channels(c, 1).values();
			for (int i = 0; i < values.length; i++) values[i] *= (float) (spans[c] / gain);
			result.addSlice("standard deviation", values);
		}
		final ImagePlus image = template.derived("standard deviation", result, layout.slices(), layout.frames(),
			report);
		image.setDimensions(source.channels(), layout.slices(), layout.frames());
		image.setOpenAsHyperStack(source.channels() > 1 || layout.slices() > 1 && layout.frames() > 1);
		ImageTemplate.zoom(image.getCalibration(), factor, source.region().bounds());
		return image;
	}

	/** @throws DipException if the source has both slices and frames, so that no axis is free for a series */
	public void requireFreeAxis() {
		if (!SeriesAxis.exists(layout))
			throw new DipException("The image '" + template.name()
				+ "' has slices and frames, which leaves no dimension for the steps: extract a single frame or slice "
				+ "with Image > Duplicate... first.");
	}

	/**
	 * @param series for every picture, its planes at each point of the series; all pictures have as many points
	 * @param labels for every picture, what its planes show at each point; put after their own labels
	 * @return an image with one more axis for the points: along time, or along z if the source is a time series
	 * @throws DipException if no axis is free
	 */
	public ImagePlus series(final String action, final List<List<ImageProcessor[]>> series,
		final List<List<String>> labels, final Map<String, String> report)
	{
		requireFreeAxis();
		final SeriesAxis axis = new SeriesAxis(layout, series.get(0).size());
		final ImageStack result = fullSize();
		for (int i = 0; i < axis.size(); i++) {
			final int index = axis.pictureAt(i), point = axis.pointAt(i);
			final ImageProcessor[] planes = series.get(index).get(point);
			for (int p = 0; p < planes.length; p++) {
				final String own = source.sliceLabel(index, p), label = labels.get(index).get(point);
				result.addSlice(own.isEmpty() ? label : own + ": " + label, planes[p]);
			}
		}
		final ImagePlus image = template.image(action, result, axis.slices(), axis.frames(), report);
		OverlayPlanes.spread(image, layout);
		return image;
	}

	private ImageStack fullSize() {
		return new ImageStack(source.pixels().width(), source.pixels().height());
	}

	private void add(final ImageStack stack, final int index, final String label, final ImageProcessor[] planes) {
		for (int p = 0; p < layout.planes(); p++)
			stack.addSlice(label == null ? source.pixels().label(index, p) : label, planes[p]);
	}
}
