package io.github.deepimageprior.saliency;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Turns saliency maps into images. Negative values count as 0. The map is then scaled linearly between two of its
 * values and clipped to 0..1: the largest values, which together make up (100 - top) % of its total, are saturated (1),
 * and the smallest values, which together make up bottom % of it, are hidden (0).
 *
 * @param top sets the value above which the map is saturated, in % of its total, 0..100
 * @param bottom sets the value below which the map is hidden, in % of its total, from 0 to less than top
 */
public record SaliencyView(double top, double bottom) {

	/** The limits for MIG-SG maps in the research code of the paper's first author. */
	public static final SaliencyView DEFAULTS = new SaliencyView(99, 20);

	private static final float GREY = 0.5f, GREEN = 0.7f;

	/** What can be done about a map that shows nothing, where the user chooses score and baseline. */
	public static final String REMEDY = "choose the score logit, a model whose output is logits, or another baseline "
		+ "or image";

	/** @throws DipException unless bottom and top are in 0..100 and bottom is less than top */
	public SaliencyView {
		if (!(bottom >= 0 && bottom < top && top <= 100))
			throw new DipException("Saturate above (" + top + " %) must be greater than Hide below (" + bottom
				+ " %), both from 0 to 100.");
	}

	/**
	 * @param name of the picture, for the sentence, with what leads to the names of the maps
	 * @param maps by name, such as the method
	 * @param remedy what can be done about it
	 * @return which maps have one value everywhere, and why; empty if none has
	 */
	public static String doubt(final String name, final Map<String, Picture> maps, final String remedy) {
		final List<String> flat = maps.entrySet().stream().filter(map -> isFlat(map.getValue())).map(Map.Entry::getKey)
			.toList();
		return flat.isEmpty() ? "" : (flat.size() == 1 ? "The saliency map of " : "The saliency maps of ") + name
			+ String.join(", ", flat) + (flat.size() == 1 ? " shows" : " show")
			+ " nothing, as where a probability is so near to 0 or 1 that it does not change, or an image equals its "
			+ "baseline: " + remedy + ".";
	}

	private static boolean isFlat(final Picture map) {
		for (final float value : map.values()) if (value != map.values()[0]) return false;
		return true;
	}

	/**
	 * @param map of one channel
	 * @return the map scaled and clipped to 0..1
	 */
	public Picture clipped(final Picture map) {
		return scaled(map, map.values());
	}

	/**
	 * Scales maps of several methods alike, for a comparison. Each map is first divided by its mean, because the units
	 * of the methods differ; the limits are then those of all maps together.
	 *
	 * @param maps of one channel and of the same size
	 * @return the maps scaled and clipped to 0..1
	 */
	public List<Picture> clippedAlike(final List<Picture> maps) {
		final List<Picture> even = new ArrayList<>();
		for (final Picture map : maps) {
			double sum = 0;
			for (final float value : map.values()) sum += Math.max(0, value);
			final float[] values = map.values().clone();
			for (int i = 0; i < values.length && sum > 0; i++) values[i] *= (float) (values.length / sum);
			even.add(map.with(values));
		}
		final int area = maps.get(0).values().length;
		final float[] all = new float[area * maps.size()];
		for (int i = 0; i < even.size(); i++) System.arraycopy(even.get(i).values(), 0, all, i * area, area);
		return even.stream().map(map -> scaled(map, all)).toList();
	}

	private Picture scaled(final Picture map, final float[] distribution) {
		final float[] sorted = distribution.clone();
		double sum = 0;
		for (int i = 0; i < sorted.length; i++) sum += sorted[i] = Math.max(0, sorted[i]);
		Arrays.sort(sorted);
		final float full = where(sorted, sum * (100 - top) / 100), empty = where(sorted, sum * (100 - bottom) / 100);
		final float[] values = new float[map.values().length];
		for (int i = 0; i < values.length; i++) {
			final float value = map.values()[i];
			if (full > empty) values[i] = Math.min(1, Math.max(0, (value - empty) / (full - empty)));
			else values[i] = value >= full && full > 0 ? 1 : 0;
		}
		return map.with(values);
	}

	/** @return the value at which the sum over the values, largest first, reaches a limit */
	private static float where(final float[] sorted, final double limit) {
		double sum = 0;
		for (int i = sorted.length - 1; i >= 0; i--) {
			sum += sorted[i];
			if (sum >= limit) return sorted[i];
		}
		return sorted[0];
	}

	/**
	 * @param picture grey or RGB, in 0..1
	 * @param clipped the clipped map, of the same width and height
	 * @return the picture where the map is saturated, black where it is hidden
	 */
	public static Picture mask(final Picture picture, final Picture clipped) {
		final float[] values = picture.values().clone();
		for (int i = 0; i < values.length; i++) values[i] *= clipped.values()[i % clipped.values().length];
		return picture.with(values);
	}

	/**
	 * @param picture grey or RGB, in 0..1
	 * @param clipped the clipped map, of the same width and height
	 * @return an RGB picture: the given one at half its brightness, overlaid with the map in green
	 */
	public static Picture overlay(final Picture picture, final Picture clipped) {
		final int area = picture.width() * picture.height();
		final float[] values = new float[3 * area];
		for (int i = 0; i < values.length; i++) {
			final float value = GREY * picture.values()[i % picture.values().length]
				+ (i / area == 1 ? GREEN * clipped.values()[i % area] : 0);
			values[i] = Math.min(1, value);
		}
		return new Picture(values, picture.width(), picture.height(), 3);
	}

	/** @return an RGB picture: the clipped map in green on black */
	public static Picture heat(final Picture clipped) {
		final int area = clipped.values().length;
		final float[] values = new float[3 * area];
		System.arraycopy(clipped.values(), 0, values, area, area);
		return new Picture(values, clipped.width(), clipped.height(), 3);
	}
}
