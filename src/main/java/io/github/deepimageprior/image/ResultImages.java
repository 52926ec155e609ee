package io.github.deepimageprior.image;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Images of ImageJ that are made of an image: with its calibration, and as far as they are of its kind with all that
 * makes it look as it does.
 */
public final class ResultImages {

	private final ImageSource source;

	ResultImages(final ImageSource source) {
		this.source = source;
	}

	/**
	 * @param what was done: the title becomes "name: what"
	 * @param pictures gives the planes of each picture
	 * @param labels gives each picture's slice label; null keeps the image's own
	 * @param report goes into the image's Info
	 * @return an image like this one with other pixels
	 */
	public ImagePlus image(final String what, final IntFunction<ImageProcessor[]> pictures,
		final IntFunction<String> labels, final Map<String, String> report)
	{
		final ImageStack result = new ImageStack(source.stack.getWidth(), source.stack.getHeight());
		for (int picture = 0; picture < source.count(); picture++) {
			final String label = labels.apply(picture);
			final ImageProcessor[] processors = pictures.apply(picture);
			for (int p = 0; p < source.planes; p++)
				result.addSlice(label == null ? source.stack.getSliceLabel(source.index(picture, p)) : label,
					processors[p]);
		}
		return source.template.image(what, result, source.slices, source.frames, report);
	}

	/**
	 * @param what was done: the title becomes "name: what"
	 * @param pictures one for each of the image's pictures, or equally many for each, all of the region's size
	 * @return an image of its own kind with this one's calibration
	 */
	public ImagePlus derived(final String what, final ImageStack pictures, final Map<String, String> report) {
		final boolean one = pictures.size() == source.count();
		final ImagePlus image = source.template.derived(what, pictures, one ? source.slices : 1,
			one ? source.frames : pictures.size(), report);
		ImageTemplate.zoom(image.getCalibration(), 1, source.region.bounds());
		return image;
	}

	/**
	 * @param what was done: the title becomes "name: what"
	 * @param pictures one for each of the image's pictures, of {@code factor} times the region's size, in 0..1
	 * @param gain by how much this image's values exceed those of the result where both show the same
	 * @param labels one for each picture, null for the image's own
	 * @return an image of this one's type, of the region alone, with smaller pixels
	 */
	public ImagePlus enlarged(final String what, final List<Picture> pictures, final int factor, final double gain,
		final List<String> labels, final Map<String, String> report)
	{
		final ImageStack result = new ImageStack(source.width() * factor, source.height() * factor);
		for (int picture = 0; picture < source.count(); picture++) {
			final ImageProcessor[] large = planes(pictures.get(picture), gain);
			for (int p = 0; p < source.planes; p++) {
				final String label = labels.get(picture);
				result.addSlice(label == null ? source.stack.getSliceLabel(source.index(picture, p)) : label, large[p]);
			}
		}
		return source.template.enlarged(what, result, source.slices, source.frames, factor, gain,
			source.region.bounds(), report);
	}

	/** @return one enlarged picture by itself */
	public ImagePlus enlarged(final Picture picture, final double gain) {
		final ImageStack result = new ImageStack(picture.width(), picture.height());
		for (final ImageProcessor plane : planes(picture, gain)) result.addSlice(plane);
		return source.template.enlarged("picture", result, 1, 1, picture.width() / source.width(), gain,
			source.region.bounds(), Map.of());
	}

	private ImageProcessor[] planes(final Picture picture, final double gain) {
		final ImageProcessor[] large = new ImageProcessor[source.planes];
		final int area = picture.width() * picture.height();
		for (int p = 0; p < source.planes; p++) {
			large[p] = source.stack.getProcessor(1).createProcessor(picture.width(), picture.height());
			for (int colour = 0; colour < source.colours; colour++) {
				final int c = p * source.colours + colour;
				final float[] values = new float[area];
				for (int i = 0; i < area; i++)
					values[i] = (float) (source.ranges[c].fromUnit(picture.values()[c * area + i]) / gain);
				large[p].setPixels(colour, new FloatProcessor(picture.width(), picture.height(), values));
			}
		}
		return large;
	}

	/**
	 * An image of standard deviations, 32-bit, in the units of this image's values; a colour becomes a channel.
	 *
	 * @param pictures one for each of the image's pictures, as large as the region or {@code factor} times as large, 1
	 *        is a channel's whole range
	 * @param gain as for {@link #enlarged(String, List, int, double, List, Map)}
	 */
	public ImagePlus deviations(final List<Picture> pictures, final int factor, final double gain,
		final Map<String, String> report)
	{
		final ImageStack result = new ImageStack(source.width() * factor, source.height() * factor);
		final int area = result.getWidth() * result.getHeight();
		for (final Picture picture : pictures) for (int c = 0; c < source.channels(); c++) {
			final float[] values = picture.channels(c, 1).values();
			for (int i = 0; i < area; i++) values[i] *= (float) (source.ranges[c].span() / gain);
			result.addSlice("standard deviation", values);
		}
		final ImagePlus image = source.template.derived("standard deviation", result, source.slices, source.frames,
			report);
		image.setDimensions(source.channels(), source.slices, source.frames);
		image.setOpenAsHyperStack(source.channels() > 1 || source.slices > 1 && source.frames > 1);
		ImageTemplate.zoom(image.getCalibration(), factor, source.region.bounds());
		return image;
	}

	/** @return one picture by itself, as the image would show it */
	public ImagePlus picture(final int picture, final RandomAccessibleInterval<FloatType> values) {
		final ImageStack result = new ImageStack(source.stack.getWidth(), source.stack.getHeight());
		for (final ImageProcessor plane : source.write(picture, values)) result.addSlice(plane);
		return source.template.image("picture", result, 1, 1, Map.of());
	}

	/** @throws DipException if the image has both slices and frames, so that no axis is left for a series */
	public void requireFreeAxis() {
		if (source.slices > 1 && source.frames > 1)
			throw new DipException("The image '" + source.template.name()
				+ "' has slices and frames, which leaves no axis for the steps: choose one frame with Image > Duplicate first.");
	}

	/**
	 * An image with one more axis: along time, or along z if the image itself is a time series.
	 *
	 * @param series for every picture the planes at each point of the axis, equally many everywhere
	 * @param labels for every picture the slice labels
	 */
	public ImagePlus series(final String what, final List<List<ImageProcessor[]>> series,
		final List<List<String>> labels, final Map<String, String> report)
	{
		requireFreeAxis();
		final int points = series.get(0).size();
		final ImageStack result = new ImageStack(source.stack.getWidth(), source.stack.getHeight());
		for (int i = 0; i < points * source.count(); i++) {
			final int picture = source.frames > 1 ? i / points : i % source.count(),
				point = source.frames > 1 ? i % points : i / source.count();
			for (final ImageProcessor plane : series.get(picture).get(point))
				result.addSlice(labels.get(picture).get(point), plane);
		}
		return source.template.image(what, result, source.frames > 1 ? points : source.slices,
			source.frames > 1 ? source.frames : points, report);
	}
}
