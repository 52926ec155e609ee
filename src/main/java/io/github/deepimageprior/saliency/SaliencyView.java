package io.github.deepimageprior.saliency;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A saliency map made visible. Negative values count as 0. Of what is left, the largest values, which together make up
 * the first share of the sum, become 1; the smallest, which lie beyond the second share, become 0; those between are
 * scaled linearly.
 *
 * @param top the map is full where the largest values make up (100 - top) % of its sum
 * @param bottom it is empty where the smallest values make up bottom % of its sum
 */
public record SaliencyView(double top, double bottom) {

	/** Those of the paper's code for MIG-SG. */
	public static final SaliencyView DEFAULTS = new SaliencyView(99, 20);

	private static final float GREY = 0.5f, GREEN = 0.7f;

	/** @throws DipException if the shares are not 0 <= bottom < top <= 100 */
	public SaliencyView {
		if (!(bottom >= 0 && bottom < top && top <= 100))
			throw new DipException("The shares are top " + top + " and bottom " + bottom
				+ ": write percentages with bottom below top, from 0 to 100.");
	}

	/** @return the map in 0..1 */
	public Picture clipped(final Picture map) {
		return scaled(map, map.values());
	}

	/**
	 * @return several maps in 0..1 on one scale: each is divided by its mean, and the shares are those of all of them
	 *         together
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

	/** @return the value at which the sum, from the largest value down, reaches a limit */
	private static float where(final float[] sorted, final double limit) {
		double sum = 0;
		for (int i = sorted.length - 1; i >= 0; i--) {
			sum += sorted[i];
			if (sum >= limit) return sorted[i];
		}
		return sorted[0];
	}

	/** @return the picture where the clipped map is full, black where it is empty */
	public static Picture mask(final Picture picture, final Picture clipped) {
		final float[] values = picture.values().clone();
		for (int i = 0; i < values.length; i++) values[i] *= clipped.values()[i % clipped.values().length];
		return picture.with(values);
	}

	/** @return the picture at half its brightness, with the clipped map over it in green */
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

	/** @return the clipped map in green on black */
	public static Picture heat(final Picture clipped) {
		final int area = clipped.values().length;
		final float[] values = new float[3 * area];
		System.arraycopy(clipped.values(), 0, values, area, area);
		return new Picture(values, clipped.width(), clipped.height(), 3);
	}
}
