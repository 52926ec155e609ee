package io.github.deepimageprior.image;

import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;

import io.github.deepimageprior.Picture;

/** Pictures as pixels to look at. */
public final class Rendering {

	private Rendering() {}

	/** @return an 8-bit or RGB image of a picture in 0..1; what lies outside is black or white */
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

	/** @return the numbers of a picture of one channel, as they are */
	public static ImageProcessor floats(final Picture picture) {
		return new FloatProcessor(picture.width(), picture.height(), picture.values());
	}
}
