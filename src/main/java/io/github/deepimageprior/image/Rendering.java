package io.github.deepimageprior.image;

import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;

import io.github.deepimageprior.Picture;

/** Makes pictures visible, without reference to an image that they were read from. */
public final class Rendering {

	private Rendering() {}

	/**
	 * @param picture in 0..1, with one or three channels; values outside become black or white
	 * @return an 8-bit processor of one channel, or an RGB processor of three
	 */
	public static ImageProcessor bytes(final Picture picture) {
		final int area = picture.width() * picture.height();
		final byte[][] channels = new byte[picture.channels()][area];
		for (int i = 0; i < picture.values().length; i++) {
			channels[i / area][i % area] = (byte) Math.round(255 * Math.min(1, Math.max(0, picture.values()[i])));
		}
		if (channels.length == 1) return new ByteProcessor(picture.width(), picture.height(), channels[0]);
		final ColorProcessor colours = new ColorProcessor(picture.width(), picture.height());
		colours.setRGB(channels[0], channels[1], channels[2]);
		return colours;
	}

	/** @return a 32-bit processor on the array of a picture of one channel; nothing is copied */
	public static ImageProcessor floats(final Picture picture) {
		return new FloatProcessor(picture.width(), picture.height(), picture.values());
	}
}
