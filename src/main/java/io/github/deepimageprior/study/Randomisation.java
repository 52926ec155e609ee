package io.github.deepimageprior.study;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.Prediction;

import java.util.SplittableRandom;

/**
 * The defence of Xie et al., "Mitigating adversarial effects through randomization" (2018): a picture is enlarged by a
 * random amount, by repeating pixels, and placed at random on a larger canvas, which the classifier is shown as it is.
 * Their sizes, 310 to 330 pixels on a canvas of 331 for an input of 299, are scaled to the input of the classifier: 232
 * to 247 on 248 for 224. The canvas has the value that the network sees as 0.
 *
 * @param side of the classifier's input, in pixels
 */
record Randomisation(int side) {

	private static final double INPUT = 299, LEAST = 310, CANVAS = 331;

	/** @return side of the canvas, in pixels */
	int canvas() {
		return (int) Math.round(CANVAS / INPUT * side);
	}

	/** @return the least side of the enlarged picture, in pixels; the largest is one less than the canvas */
	int least() {
		return (int) Math.min(canvas() - 1, Math.round(LEAST / INPUT * side));
	}

	/**
	 * A random enlargement.
	 *
	 * @param size side of the enlarged picture
	 * @param left of it on the canvas
	 * @param top of it on the canvas
	 * @param mirrored whether it is flipped horizontally
	 */
	record Draw(int size, int left, int top, boolean mirrored) {}

	/** @return sizes and places that are all equally likely; mirrored in half of the draws if that is asked for */
	Draw draw(final SplittableRandom random, final boolean mirror) {
		final int size = random.nextInt(least(), canvas());
		return new Draw(size, random.nextInt(canvas() - size + 1), random.nextInt(canvas() - size + 1),
			mirror && random.nextBoolean());
	}

	/** @return the canvas with the enlarged picture */
	Picture apply(final Picture picture, final Draw draw, final float[] background) {
		final int canvas = canvas(), area = canvas * canvas;
		final float[] values = new float[picture.channels() * area];
		for (int i = 0; i < values.length; i++) {
			final int c = i / area, x = i % canvas - draw.left, y = i / canvas % canvas - draw.top;
			if (x < 0 || y < 0 || x >= draw.size || y >= draw.size) {
				values[i] = background[c];
				continue;
			}
			final int across = x * picture.width() / draw.size, row = y * picture.height() / draw.size;
			values[i] = picture.values()[(c * picture.height() + row) * picture.width()
				+ (draw.mirrored ? picture.width() - 1 - across : across)];
		}
		return new Picture(values, canvas, canvas, picture.channels());
	}

	/**
	 * Classifies random enlargements, and averages the probabilities.
	 *
	 * @param picture in the size of the classifier's input
	 * @param draws 1, as Xie et al. report, or 30 with mirrored ones among them, as in their entry to a competition
	 */
	Prediction classify(final Classifier classifier, final Picture picture, final int draws, final long seed) {
		final SplittableRandom random = new SplittableRandom(seed);
		final double[] sums = new double[classifier.labels().size()];
		for (int i = 0; i < draws; i++) {
			final Prediction one = classifier
				.classifyAsItIs(apply(picture, draw(random, draws > 1), classifier.mean()));
			if (draws == 1) return one;
			for (int target = 0; target < sums.length; target++) sums[target] += one.probability(target);
		}
		final float[] logits = new float[sums.length];
		for (int i = 0; i < logits.length; i++) logits[i] = (float) Math.log(Math.max(1e-37, sums[i] / draws));
		return new Prediction(logits, classifier.labels());
	}
}
