package io.github.deepimageprior.image;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Overlay;
import ij.measure.Calibration;

import io.github.deepimageprior.DipException;

import java.awt.Rectangle;
import java.util.Map;

/**
 * Everything that makes an image look and measure as it does, except its pixels: title, display settings, calibration,
 * overlay, properties. It is taken when a command starts, since the image may be closed before the result is there.
 * <p>
 * In all methods, {@code action} is what was done ("denoised": the title becomes "name: denoised"), the size of
 * {@code stack} is channels × slices × frames, and {@code report} is put before the image's own Info.
 */
final class ImageTemplate {

	private final String title;
	private final int channels;
	private final DisplaySettings display;
	private final Calibration calibration;
	private final Overlay overlay;
	private final boolean hidden; // the overlay
	private final String[] properties;
	private final String info;

	ImageTemplate(final ImagePlus image) {
		title = image.getTitle();
		channels = image.getNChannels();
		display = new DisplaySettings(image);
		calibration = image.getCalibration().copy();
		overlay = withoutClassLabels(image.getOverlay());
		hidden = image.getHideOverlay();
		properties = image.getPropertiesAsArray();
		info = image.getInfoProperty();
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

	/** @return the title without the extension of an image file */
	String name() {
		return title.replaceFirst("(?i)\\.(tiff?|png|jpe?g|gif|bmp|dcm|zip)$", "");
	}

	/** @return a pixel value as ImageJ shows it */
	double value(final double pixel) {
		return calibration.calibrated() ? calibration.getCValue(pixel) : pixel;
	}

	/** @return the same as text */
	String shown(final double pixel) {
		return String.valueOf((float) value(pixel)).replaceFirst("\\.0$", "");
	}

	/**
	 * @param values the range of values of the channel
	 * @return the display range of the channel
	 * @throws DipException if it does not show the values as a picture
	 */
	ChannelRange displayRange(final int channel, final ChannelRange values) {
		final ChannelRange range = display.range(channel);
		if (range.shows(values)) return range;
		throw new DipException("The display range of '" + title + "'"
			+ (channels > 1 ? ", channel " + (channel + 1) + "," : "") + " is "
			+ (range.span() < 0 ? "reversed" : "empty") + ", from " + shown(range.low()) + " to "
			+ shown(range.low() + range.span()) + ": set it with Image > Adjust > Brightness/Contrast, since a "
			+ "classifier sees the image as it is shown.");
	}

	/**
	 * @param stack pixels of the image's type and channels
	 * @return an image that looks and measures like the original
	 */
	ImagePlus image(final String action, final ImageStack stack, final int slices, final int frames,
		final Map<String, String> report)
	{
		final ImagePlus plain = new ImagePlus(name() + ": " + action, stack);
		plain.setDimensions(channels, slices, frames);
		final ImagePlus image = display.applied(plain);
		image.setOpenAsHyperStack(channels > 1 || slices > 1 && frames > 1);
		image.setCalibration(calibration.copy());
		if (overlay != null) {
			image.setOverlay(overlay.duplicate());
			image.setHideOverlay(hidden); // afterwards, since a new overlay is shown
		}
		image.setProperties(properties);
		image.changes = true; // ImageJ asks before it closes what took long to make
		image.setProperty("Info", info(action, report));
		return image;
	}

	private String info(final String action, final Map<String, String> report) {
		final StringBuilder text = new StringBuilder("Deep Image Prior: " + action + "\n");
		report.forEach((key, value) -> text.append(key).append(": ").append(value).append('\n'));
		return info == null ? text.toString() : text + "\n" + info;
	}

	/**
	 * @param stack one channel of pixels of any type and size
	 * @return an image with the original's scale, but without its lookup tables, overlay and calibration function
	 */
	ImagePlus derived(final String action, final ImageStack stack, final int slices, final int frames,
		final Map<String, String> report)
	{
		final ImagePlus image = new ImagePlus(name() + ": " + action, stack);
		image.setDimensions(1, slices, frames);
		image.setOpenAsHyperStack(slices > 1 && frames > 1);
		image.setCalibration(calibration.copy());
		image.getCalibration().setFunction(Calibration.NONE, null, null);
		image.changes = true;
		image.setProperty("Info", info(action, report));
		return image;
	}

	/**
	 * As {@link #image}, but enlarged and without the overlay, which does not fit any more.
	 *
	 * @param stack pixels of the image's type and channels, {@code factor} times as large as a part of the image
	 * @param gain by which pixel values were divided
	 * @param part of the image, in its pixels
	 */
	ImagePlus enlarged(final String action, final ImageStack stack, final int slices, final int frames,
		final int factor, final double gain, final Rectangle part, final Map<String, String> report)
	{
		final ImagePlus image = image(action, stack, slices, frames, report);
		if (gain != 1 && (stack.getBitDepth() == 16 || stack.getBitDepth() == 32)) DisplaySettings.dim(image, gain);
		image.setOverlay(null);
		zoom(image.getCalibration(), factor, part);
		return image;
	}

	/** Adapts a calibration to a part of the image whose pixels are {@code factor} times smaller. */
	static void zoom(final Calibration calibration, final int factor, final Rectangle part) {
		calibration.pixelWidth /= factor;
		calibration.pixelHeight /= factor;
		calibration.xOrigin = (calibration.xOrigin - part.x) * factor;
		calibration.yOrigin = (calibration.yOrigin - part.y) * factor;
	}
}
