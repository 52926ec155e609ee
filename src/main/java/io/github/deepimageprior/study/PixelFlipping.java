package io.github.deepimageprior.study;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.measure.GaussianFilter;

import java.util.Comparator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How well a saliency map tells which pixels matter: pixels are replaced in the order of the map, the most salient ones
 * first, and a score is followed (Petsiuk, Das and Saenko, "RISE", 2018). Deletion replaces pixels of the picture by
 * grey: the faster the score falls, the better the map. Insertion begins with a blurred picture and brings its pixels
 * back: the faster the score rises, the better.
 *
 * @param parts in how many equal parts the pixels are replaced
 */
record PixelFlipping(int parts) {

	private static final float GREY = 0.5f;

	/** Standard deviation of the blur, as a share of the picture's shorter side: 5 pixels of 224, as in RISE. */
	private static final double BLUR = 5 / 224.0;

	/**
	 * @param map one channel of the picture's size
	 * @param score of a picture
	 * @return the score with 0, 1, ... of the parts deleted
	 */
	double[] deletion(final Picture picture, final Picture map, final ToDoubleFunction<Picture> score) {
		final float[] grey = new float[picture.values().length];
		java.util.Arrays.fill(grey, GREY);
		return curve(picture, picture.with(grey), map, score);
	}

	/** @return the score with 0, 1, ... of the parts inserted */
	double[] insertion(final Picture picture, final Picture map, final ToDoubleFunction<Picture> score) {
		final double sigma = BLUR * Math.min(picture.width(), picture.height());
		final double atLeast = Math.max(0.5, sigma);
		return curve(new GaussianFilter(atLeast, (int) Math.ceil(3 * atLeast)).apply(picture), picture, map, score);
	}

	/** Replaces pixels of one picture by those of another. */
	private double[] curve(final Picture from, final Picture to, final Picture map,
		final ToDoubleFunction<Picture> score)
	{
		final int area = map.values().length;
		final int[] order = IntStream.range(0, area).boxed().sorted(Comparator.comparingDouble(i -> -map.values()[i]))
			.mapToInt(i -> i).toArray();
		final float[] values = from.values().clone();
		final double[] scores = new double[parts + 1];
		int done = 0;
		for (int part = 0; part <= parts; part++) {
			for (final int end = (int) Math.round((double) part * area / parts); done < end; done++)
				for (int i = order[done]; i < values.length; i += area) values[i] = to.values()[i];
			scores[part] = score.applyAsDouble(from.with(values.clone()));
		}
		return scores;
	}
}
