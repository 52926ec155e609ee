package io.github.deepimageprior.image;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.process.LUT;

import java.awt.Color;

/** Makes 32-bit copies of images, for results that are not whole numbers. */
public final class FloatImage {

	private FloatImage() {}

	/**
	 * @return a copy of an 8-bit, 16-bit or RGB image with the same pixel values in 32 bits, which looks the same; RGB
	 *         becomes a composite of three channels. A 32-bit image itself
	 * @throws io.github.deepimageprior.DipException if its pixels are entries of a colour table
	 */
	public static ImagePlus of(final ImagePlus image) {
		if (image.getBitDepth() == 32) return image;
		ColourTable.refuse(image);
		final boolean colours = image.getType() == ImagePlus.COLOR_RGB;
		final ImagePlus floats = new ImagePlus(image.getTitle(), pixels(image));
		floats.setDimensions(colours ? 3 : image.getNChannels(), image.getNSlices(), image.getNFrames());
		floats.setCalibration(image.getCalibration().copy());
		floats.setRoi(image.getRoi());
		floats.setProperties(image.getPropertiesAsArray());
		if (image.getInfoProperty() != null) floats.setProperty("Info", image.getInfoProperty());
		final ImagePlus shown = colours ? primaries(floats) : shownAs(floats, image);
		if (image.getOverlay() != null) shown.setOverlay(image.getOverlay().duplicate());
		if (colours) OverlayPlanes.spread(shown, StackLayout.of(image)); // to all three channels
		shown.setHideOverlay(image.getHideOverlay()); // afterwards, since a new overlay is shown
		return shown;
	}

	private static ImageStack pixels(final ImagePlus image) {
		final ImageStack stack = new ImageStack(image.getWidth(), image.getHeight());
		for (int i = 1; i <= image.getStackSize(); i++) for (int c = 0; c < PixelStack.colours(image); c++) {
			stack.addSlice(image.getStack().getSliceLabel(i), image.getStack().getProcessor(i).toFloat(c, null));
		}
		return stack;
	}

	private static ImagePlus primaries(final ImagePlus floats) {
		final CompositeImage composite = new CompositeImage(floats, CompositeImage.COMPOSITE);
		final Color[] primaries = { Color.RED, Color.GREEN, Color.BLUE };
		for (int c = 1; c <= 3; c++)
			composite.setChannelLut(shown(LUT.createLutFromColor(primaries[c - 1]), 0, 255), c);
		return composite;
	}

	/** 8-bit images are shown from 0 to 255, whatever their display range: it only changes their lookup tables. */
	private static ImagePlus shownAs(final ImagePlus floats, final ImagePlus image) {
		final boolean bytes = image.getBitDepth() == 8;
		if (image.isComposite()) {
			final CompositeImage composite = new CompositeImage(floats, ((CompositeImage) image).getMode());
			final LUT[] luts = image.getLuts();
			for (int c = 1; c <= luts.length; c++)
				composite.setChannelLut(bytes ? shown(luts[c - 1], 0, 255) : luts[c - 1], c);
			return composite;
		}
		floats.getStack().setColorModel(image.getProcessor().getColorModel());
		floats.getProcessor().setColorModel(image.getProcessor().getColorModel());
		floats.setDisplayRange(bytes ? 0 : image.getDisplayRangeMin(), bytes ? 255 : image.getDisplayRangeMax());
		return floats;
	}

	private static LUT shown(final LUT lut, final double min, final double max) {
		final LUT copy = (LUT) lut.clone();
		copy.min = min;
		copy.max = max;
		return copy;
	}
}
