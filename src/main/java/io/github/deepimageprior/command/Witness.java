package io.github.deepimageprior.command;

import ij.process.ImageProcessor;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.Prediction;
import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.image.ImageSource;

import java.util.Locale;
import java.util.Map;

/**
 * A classifier that looks on: says of the image and of what is made of it which class it sees, and how likely the true
 * class is.
 */
final class Witness {

	static final String NONE = "none";

	private final Classifier classifier;
	private final ImageSource image;
	private final int given;

	/**
	 * @param image as it is shown
	 * @param trueClass number or label of the true class; empty for the one that the classifier sees in the image
	 *        itself
	 */
	Witness(final Classifier classifier, final ImageSource image, final String trueClass) {
		this.classifier = classifier;
		this.image = image;
		given = trueClass.isBlank() ? -1 : classifier.find(trueClass);
	}

	Classifier classifier() {
		return classifier;
	}

	/** @return how it sees a picture of the image */
	Picture look(final int picture) {
		return Picture.of(image.read(picture));
	}

	/** @return how it sees planes that were made of a picture of the image */
	Picture look(final ImageProcessor[] planes) {
		return Picture.of(image.read(planes));
	}

	/** @return the class that is followed */
	int trueClass(final Prediction ofTheImage) {
		return given < 0 ? ofTheImage.best() : given;
	}

	/**
	 * Classifies a picture before and after, for a row of the Results table.
	 *
	 * @param row what the row is called
	 * @param after planes that were made of the picture
	 * @return the same for the image's Info
	 */
	Map<String, String> testify(final String row, final int picture, final ImageProcessor[] after) {
		final Prediction before = classifier.classify(look(picture)), now = classifier.classify(look(after));
		final int target = trueClass(before);
		Display.addRow(row, "Before", before.label(before.best()), "p(before)", before.probability(before.best()),
			"After", now.label(now.best()), "p(after)", now.probability(now.best()), "True class", before.label(target),
			"p(true) before", before.probability(target), "p(true) after", now.probability(target));
		return Map.of("Classifier", classifier.name() + ": before " + words(before) + ", after " + words(now)
			+ ", class " + before.label(target)
			+ String.format(Locale.ROOT, " from %.2f to %.2f", before.probability(target), now.probability(target)));
	}

	/** @return "espresso 0.93" */
	static String words(final Prediction prediction) {
		return String.format(Locale.ROOT, "%s %.2f", prediction.label(prediction.best()),
			prediction.probability(prediction.best()));
	}
}
