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

	/** @return one picture of several of the same width and number of channels, one below the other */
	static Picture below(final List<Picture> pictures) {
		final Picture first = pictures.get(0);
		final int height = pictures.stream().mapToInt(picture -> picture.height() + GAP).sum() - GAP;
		final float[] white = new float[first.width() * height * first.channels()];
		Arrays.fill(white, 1);
		final Picture all = new Picture(white, first.width(), height, first.channels());
		int top = 0;
		for (final Picture picture : pictures) {
			all.paste(picture, 0, top, 0);
			top += picture.height() + GAP;
		}
		return all;
	}
}
