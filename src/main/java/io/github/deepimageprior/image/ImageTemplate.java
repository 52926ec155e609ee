package io.github.deepimageprior.image;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Overlay;
import ij.measure.Calibration;
import ij.process.LUT;

import java.awt.Rectangle;
import java.util.Map;

/**
 * What makes an image look and measure as it does, besides its pixels: calibration, lookup tables, display ranges,
 * channels, overlay, properties. Taken when a command starts, since the image may be closed before the result is there.
 */
final class ImageTemplate {

	private final String title;
	private final int channels, mode;
	private final boolean composite;
	private final Calibration calibration;
	private final LUT[] luts;
	private final double min, max;
	private final Overlay overlay;
	private final String[] properties;
	private final String info;

	ImageTemplate(final ImagePlus image) {
		title = image.getTitle();
		channels = image.getNChannels();
		composite = image.isComposite();
		mode = composite ? ((CompositeImage) image).getMode() : 0;
		calibration = image.getCalibration().copy();
		luts = image.getType() == ImagePlus.COLOR_RGB ? new LUT[0] : image.getLuts();
		min = image.getDisplayRangeMin();
		max = image.getDisplayRangeMax();
		overlay = withoutClassLabels(image.getOverlay());
		properties = image.getPropertiesAsArray();
		info = image.getInfoProperty();
	}

	/** @return the title without the ending of an image file */
	String name() {
		return title.replaceFirst("(?i)\\.(tiff?|png|jpe?g|gif|bmp|dcm|zip)$", "");
	}

	/**
	 * @param what was done: the title becomes "name: what"
	 * @param stack pixels of the image's type; its size is channels × slices × frames
	 * @param report what is put before the image's own Info
	 */
	ImagePlus image(final String what, final ImageStack stack, final int slices, final int frames,
		final Map<String, String> report)
	{
		ImagePlus image = new ImagePlus(name() + ": " + what, stack);
		image.setDimensions(channels, slices, frames);
		if (composite) image = new CompositeImage(image, mode);
		image.setOpenAsHyperStack(channels > 1 || slices > 1 && frames > 1);
		image.setCalibration(calibration.copy());
		if (composite) ((CompositeImage) image).setLuts(luts);
		else if (luts.length > 0) {
			stack.setColorModel(luts[0]);
			image.getProcessor().setColorModel(luts[0]);
			image.setDisplayRange(min, max);
		}
		if (overlay != null) image.setOverlay(overlay.duplicate());
		image.setProperties(properties);
		image.changes = true; // ImageJ asks before it closes what took long to make
		image.setProperty("Info", info(what, report));
		return image;
	}

	private static Overlay withoutClassLabels(final Overlay overlay) {
		if (overlay == null) return null;
		final Overlay copy = overlay.duplicate();
		for (int i = copy.size() - 1; i >= 0; i--) {
			final String name = copy.get(i).getName();
			if (name != null && name.startsWith(ImageSource.CLASS_LABEL)) copy.remove(i);
		}
		return copy.size() == 0 ? null : copy;
	}

	private String info(final String what, final Map<String, String> report) {
		final StringBuilder text = new StringBuilder("Deep Image Prior: " + what + "\n");
		report.forEach((key, value) -> text.append(key).append(": ").append(value).append('\n'));
		return info == null ? text.toString() : text + "\n" + info;
	}

	/**
	 * As {@link #image}, for pixels of another kind or size, which have nothing of the image's channels, lookup tables
	 * and overlay.
	 */
	ImagePlus derived(final String what, final ImageStack stack, final int slices, final int frames,
		final Map<String, String> report)
	{
		final ImagePlus image = new ImagePlus(name() + ": " + what, stack);
		image.setDimensions(1, slices, frames);
		image.setOpenAsHyperStack(slices > 1 && frames > 1);
		image.setCalibration(calibration.copy());
		image.getCalibration().setFunction(Calibration.NONE, null, null);
		image.changes = true;
		image.setProperty("Info", info(what, report));
		return image;
	}

	/**
	 * As {@link #image}, for pixels that are {@code factor} times smaller, of a part of the image; its overlay does not
	 * fit any more.
	 */
	ImagePlus enlarged(final String what, final ImageStack stack, final int slices, final int frames, final int factor,
		final double gain, final Rectangle part, final Map<String, String> report)
	{
		final ImagePlus image = image(what, stack, slices, frames, report);
		if (gain != 1 && (stack.getBitDepth() == 16 || stack.getBitDepth() == 32)) dim(image, gain);
		image.setOverlay(null);
		zoom(image.getCalibration(), factor, part);
		return image;
	}

	/** Values that are smaller are shown as bright as they were. */
	private static void dim(final ImagePlus image, final double gain) {
		if (image instanceof CompositeImage channels) {
			final LUT[] luts = channels.getLuts();
			for (final LUT lut : luts) {
				lut.min /= gain;
				lut.max /= gain;
			}
			channels.setLuts(luts);
		}
		else image.setDisplayRange(image.getDisplayRangeMin() / gain, image.getDisplayRangeMax() / gain);
	}

	/** Makes a calibration fit for a part of the image whose pixels are {@code factor} times smaller. */
	static void zoom(final Calibration calibration, final int factor, final Rectangle part) {
		calibration.pixelWidth /= factor;
		calibration.pixelHeight /= factor;
		calibration.xOrigin = (calibration.xOrigin - part.x) * factor;
		calibration.yOrigin = (calibration.yOrigin - part.y) * factor;
	}

	/** @return from the value that is shown as darkest to the one that is shown as brightest */
	Range displayRange(final int channel) {
		final double darkest = luts.length > channel ? luts[channel].min : min,
			brightest = luts.length > channel ? luts[channel].max : max;
		return new Range(darkest, brightest - darkest, true);
	}
}
