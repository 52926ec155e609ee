package io.github.deepimageprior.command;

import ij.process.ImageProcessor;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.image.Rendering;
import io.github.deepimageprior.saliency.SaliencyView;

/** A picture and its saliency map in one panel. */
final class SaliencyPanel {

	private SaliencyPanel() {}

	/**
	 * @param map of one channel
	 * @return side by side the picture, the picture masked by the map, and the map over the picture
	 */
	static ImageProcessor of(final Picture picture, final Picture map) {
		final Picture clipped = SaliencyView.DEFAULTS.clipped(map);
		final int width = picture.width();
		final ImageProcessor panel = Rendering.bytes(picture).convertToRGB().createProcessor(3 * width,
			picture.height());
		panel.insert(Rendering.bytes(picture).convertToRGB(), 0, 0);
		panel.insert(Rendering.bytes(SaliencyView.mask(picture, clipped)).convertToRGB(), width, 0);
		panel.insert(Rendering.bytes(SaliencyView.overlay(picture, clipped)), 2 * width, 0);
		return panel;
	}
}
