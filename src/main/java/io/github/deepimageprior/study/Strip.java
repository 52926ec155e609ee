package io.github.deepimageprior.study;

import io.github.deepimageprior.Picture;

import java.util.Arrays;
import java.util.List;

/** Puts pictures side by side. */
final class Strip {

	/** White pixels between two pictures. */
	private static final int GAP = 2;

	private Strip() {}

	/** @return one picture of several of the same size and number of channels */
	static Picture of(final List<Picture> pictures) {
		final Picture first = pictures.get(0);
		final int width = pictures.size() * (first.width() + GAP) - GAP;
		final float[] white = new float[width * first.height() * first.channels()];
		Arrays.fill(white, 1);
		final Picture strip = new Picture(white, width, first.height(), first.channels());
		for (int i = 0; i < pictures.size(); i++) strip.paste(pictures.get(i), i * (first.width() + GAP), 0, 0);
		return strip;
	}
}
