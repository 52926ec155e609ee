package io.github.deepimageprior.image;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.process.LUT;

import java.awt.Color;

/** 32-bit copies, for results that are not whole numbers. */
public final class FloatImage {

	private FloatImage() {}

	/**
	 * @return a copy of an 8-bit, 16-bit or RGB image with the same values in 32 bits, shown alike; a 32-bit image
	 *         itself
	 */
	public static ImagePlus of(final ImagePlus image) {
		if (image.getBitDepth() == 32 || image.getType() == ImagePlus.COLOR_256) return image;
		final ImagePlus floats = copy(image);
		floats.setOverlay(image.getOverlay());
		return floats;
	}

	private static ImagePlus copy(final ImagePlus image) {
		final boolean colours = image.getType() == ImagePlus.COLOR_RGB;
		final ImageStack stack = new ImageStack(image.getWidth(), image.getHeight());
		for (int i = 1; i <= image.getStackSize(); i++) for (int c = 0; c < (colours ? 3 : 1); c++) {
			stack.addSlice(image.getStack().getSliceLabel(i), image.getStack().getProcessor(i).toFloat(c, null));
		}
		final ImagePlus floats = new ImagePlus(image.getTitle(), stack);
		floats.setDimensions(colours ? 3 : image.getNChannels(), image.getNSlices(), image.getNFrames());
		floats.setCalibration(image.getCalibration().copy());
		floats.setRoi(image.getRoi());
		floats.setProperties(image.getPropertiesAsArray());
		if (image.getInfoProperty() != null) floats.setProperty("Info", image.getInfoProperty());
		if (colours) {
			final CompositeImage composite = new CompositeImage(floats, CompositeImage.COMPOSITE);
			final Color[] primaries = { Color.RED, Color.GREEN, Color.BLUE };
			for (int c = 1; c <= 3; c++)
				composite.setChannelLut(shown(LUT.createLutFromColor(primaries[c - 1]), 0, 255), c);
			return composite;
		}
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
