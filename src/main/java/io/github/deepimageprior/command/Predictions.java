package io.github.deepimageprior.command;

import io.github.deepimageprior.classifier.Prediction;

import java.util.Locale;

/** Predictions as text and as cells of the Results table. */
final class Predictions {

	private Predictions() {}

	/** @return "espresso 0.93" */
	static String words(final Prediction prediction) {
		return String.format(Locale.ROOT, "%s %.2f", prediction.label(prediction.best()),
			prediction.probability(prediction.best()));
	}

	/** @return names and values of the cells that compare two predictions */
	static Object[] cells(final Prediction before, final Prediction after, final int trueClass) {
		return new Object[] { "Before", before.label(before.best()), "p(before)", before.probability(before.best()),
			"After", after.label(after.best()), "p(after)", after.probability(after.best()), "True class",
			before.label(trueClass), "p(true) before", before.probability(trueClass), "p(true) after",
			after.probability(trueClass) };
	}

	/** @return the same comparison as a sentence for an image's Info */
	static String compared(final String classifier, final Prediction before, final Prediction after,
		final int trueClass)
	{
		return classifier + ": before " + words(before) + ", after " + words(after) + ", class "
			+ before.label(trueClass) + String.format(Locale.ROOT, " from %.2f to %.2f", before.probability(trueClass),
				after.probability(trueClass));
	}
}
