package io.github.deepimageprior.image;

import ij.ImagePlus;
import ij.gui.Roi;

/**
 * The planes of an image that show an element of its overlay: the element as a whole, not the points of a multi-point
 * selection one by one.
 *
 * @param channel counted from 1; 0 for all channels
 * @param slice counted from 1; 0 for all slices
 * @param frame counted from 1; 0 for all frames
 */
record OverlayPlanes(int channel, int slice, int frame) {

	/**
	 * Lets what an image took from the overlay of its source show wherever the image shows the same picture, since an
	 * axis more gives positions in the stack another meaning.
	 *
	 * @param image with its own copy of the overlay
	 * @param source layout of the source
	 */
	static void spread(final ImagePlus image, final StackLayout source) {
		if (image.getOverlay() == null) return;
		for (final Roi element : image.getOverlay()) of(element, source).show(element, image);
	}

	/** An axis of length 1 restricts nothing: the image may be longer there. */
	private static OverlayPlanes of(final Roi element, final StackLayout source) {
		final boolean deep = source.slices() > 1, timed = source.frames() > 1;
		final int position = element.getPosition(); // like ImageJ, along z where there is more than one axis
		final int channel = position > 0 && !deep && !timed ? position : element.getCPosition(),
			slice = position > 0 ? position : element.getZPosition(),
			frame = position > 0 && !deep ? position : element.getTPosition();
		return new OverlayPlanes(source.planes() > 1 ? channel : 0, deep ? slice : 0, timed ? frame : 0);
	}

	private void show(final Roi element, final ImagePlus image) {
		if (image.getNChannels() > 1 || image.isHyperStack()) element.setPosition(channel, slice, frame);
		else element.setPosition(Math.max(slice, frame)); // the only axis
	}
}
