package io.github.deepimageprior.classifier;

import io.github.deepimageprior.DipException;

import java.nio.file.Path;
import java.util.Arrays;

/**
 * The description of a model's input and output, as in the JSON file beside the module.
 *
 * @param width of the input, in pixels
 * @param height of the input, in pixels
 * @param crop which part of a picture is classified: the largest centred rectangle with the aspect ratio of the input,
 *        scaled by this factor, 0..1; 0 for the whole picture, resized to the input's aspect ratio
 * @param bicubic whether that part is resized bicubically, otherwise bilinearly; both with antialiasing
 * @param mean of red, green and blue, subtracted from pixels in 0..1
 * @param std of red, green and blue, by which the differences are divided
 * @param probabilities whether the model returns probabilities, otherwise logits
 * @param labels the name of the text file with the names of the classes, one per line
 */
record ModelCard(int width, int height, double crop, boolean bicubic, float[] mean, float[] std, boolean probabilities,
	String labels)
{

	/** The largest card, in bytes. */
	private static final int MOST = 100_000;

	private static final int LARGEST = 4096;

	/** No other folder: a card from a stranger must not make the plugin read files elsewhere. */
	private static final String FILE_NAME = "[^/\\\\:*?\"<>|\\p{Cntrl}]*[^/\\\\:*?\"<>|\\p{Cntrl}. ]";

	/** @throws DipException if the file cannot be read, or a field is missing or malformed */
	static ModelCard of(final Path file) {
		return parse(ModelFiles.text(file, MOST), file.getFileName().toString());
	}

	/**
	 * Reads a card.
	 *
	 * @param text the content of the JSON file
	 * @param name of the file, for messages
	 * @throws DipException if a field is missing or malformed
	 */
	static ModelCard parse(final String text, final String name) {
		final JsonFields fields = new JsonFields(text, name);
		final boolean squash = fields.choice("resize", "crop", "squash").equals("squash");
		return new ModelCard(fields.size("width", LARGEST), fields.size("height", LARGEST),
			squash ? 0
				: fields.number("crop", share -> share > 0 && share <= 1, "a number greater than 0 and at most 1"),
			fields.choice("interpolation", "bilinear", "bicubic").equals("bicubic"),
			fields.rgb("mean", value -> value >= 0 && value <= 1,
				"three numbers from 0 to 1, for red, green and blue, since pixels are in 0..1"),
			fields.rgb("std", value -> value > 0 && value <= 1,
				"three numbers greater than 0 and at most 1, for red, green and blue, since pixels are in 0..1"),
			fields.choice("output", "logits", "probabilities").equals("probabilities"),
			fields.text("labels", FILE_NAME, "the name of a text file in the same folder, with one label per line"));
	}

	/**
	 * The part of a picture that is classified. A picture that has the size of the input is classified whole.
	 *
	 * @return left, top, width and height, in pixels of the picture
	 */
	int[] part(final int pictureWidth, final int pictureHeight) {
		if (crop == 0 || pictureWidth == width && pictureHeight == height)
			return new int[] { 0, 0, pictureWidth, pictureHeight };
		final double scale = crop * Math.min((double) pictureWidth / width, (double) pictureHeight / height);
		final int w = (int) Math.max(1, Math.round(scale * width)), h = (int) Math.max(1, Math.round(scale * height));
		return new int[] { (pictureWidth - w) / 2, (pictureHeight - h) / 2, w, h };
	}

	/** @return the same for an input of another size, for pictures that have it */
	ModelCard withSize(final int wide, final int high) {
		return new ModelCard(wide, high, crop, bicubic, mean, std, probabilities, labels);
	}

	/** @return the same for whole pictures, resized to the input's aspect ratio */
	ModelCard squashing() {
		return new ModelCard(width, height, 0, bicubic, mean, std, probabilities, labels);
	}

	/** @return all of it but the name of the labels' file, the same in every process */
	String text() {
		return String.join(" ", String.valueOf(width), String.valueOf(height), String.valueOf(crop),
			String.valueOf(bicubic), Arrays.toString(mean), Arrays.toString(std), String.valueOf(probabilities));
	}
}
