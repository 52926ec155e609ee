package io.github.deepimageprior.command;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.image.ImageSource;

import java.util.function.UnaryOperator;

/**
 * Converts a fitted output to what the classifier sees: the picture as the image stores it, through the image's display
 * range.
 *
 * @param image the image as it is fitted
 * @param display the same image as it is displayed
 */
record Shown(ImageSource image, ImageSource display) {

	static Shown of(final ImageSource image) {
		return new Shown(image, image.displayed());
	}

	/**
	 * @param observed the picture itself, which is read as it is displayed: no precision is lost in between
	 * @return converts outputs of one picture
	 */
	UnaryOperator<Picture> picture(final int index, final Picture observed) {
		return output -> output == observed ? display.read(index)
			: image.mapping().convert(image.writer().stored(index, output), display.mapping());
	}
}
