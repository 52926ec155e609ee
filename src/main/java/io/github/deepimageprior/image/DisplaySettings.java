package io.github.deepimageprior.image;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.process.LUT;

/**
 * How ImageJ shows the channels of an image: composite mode, which of them are on, lookup tables and display ranges.
 */
final class DisplaySettings {

	private final boolean composite;
	private final int mode;
	private final boolean[] on; // channels; none if they are not composite
	private final LUT[] luts; // with their display ranges; none for RGB
	private final double min, max;

	DisplaySettings(final ImagePlus image) {
		composite = image.isComposite();
		mode = composite ? ((CompositeImage) image).getMode() : 0;
		on = composite ? ((CompositeImage) image).getActiveChannels().clone() : new boolean[0];
		luts = image.getType() == ImagePlus.COLOR_RGB ? new LUT[0] : image.getLuts();
		min = image.getDisplayRangeMin();
		max = image.getDisplayRangeMax();
	}

	/** @return an image of the same type and channels, shown with these settings; a new one if they are composite */
	ImagePlus applied(final ImagePlus image) {
		if (composite) {
			final CompositeImage channels = new CompositeImage(image, mode);
			channels.setLuts(luts);
			System.arraycopy(on, 0, channels.getActiveChannels(), 0, on.length);
			return channels;
		}
		if (luts.length > 0) {
			image.getStack().setColorModel(luts[0]);
			image.getProcessor().setColorModel(luts[0]);
			image.setDisplayRange(min, max);
		}
		return image;
	}

	/** @return the display range of a channel; values outside it are clipped */
	ChannelRange range(final int channel) {
		final double darkest = luts.length > channel ? luts[channel].min : min,
			brightest = luts.length > channel ? luts[channel].max : max;
		return new ChannelRange(darkest, brightest - darkest, true);
	}

	/** Divides an image's display ranges by the gain by which its values were divided, so that it looks as bright. */
	static void dim(final ImagePlus image, final double gain) {
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
}
