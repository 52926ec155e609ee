package io.github.deepimageprior.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The range of the values of a channel without hot and dead pixels.
 * <p>
 * What an optical system shows spreads over several pixels: even of a point, a neighbour gets a twentieth or more. So a
 * pixel is <em>alone</em> if all neighbours but a few differ from their median by less than a twentieth of what it does
 * itself. It is hot, or dead, if it also lies beyond the range of all other pixels, by more than twice this range. A
 * neighbour that is alone too is allowed, since defects touch by chance; more are allowed only if so many touch by
 * chance where pixels are scattered as densely as these. Structures of a few pixels are not: they stay in the range.
 */
final class RobustRange {

	/** The share of a pixel's difference to its neighbours that a neighbour gets at least, in a structure. */
	private static final double SPILL = 0.05;

	/** How many ranges of all others a pixel lies beyond them. */
	private static final double MARGIN = 2;

	/** Most neighbours that follow a pixel that is alone, and fewest that must be known. */
	private static final int MOST = 4, FEWEST = 3;

	/** A smaller share of the range leaves too little of it to most pixels. */
	private static final double SQUEEZED = 0.05;

	/** A pixel that is alone. */
	private record Loner(int index, int channel, int pixel, float value, int followers) {}

	private final List<Loner> loners = new ArrayList<>();
	private double low = Double.POSITIVE_INFINITY, high = Double.NEGATIVE_INFINITY; // of the others
	private double lowest = low, highest = high; // of all
	private long pixels;
	private final ValueSample sample = new ValueSample();

	/**
	 * Counts a pixel.
	 *
	 * @return whether its value lies beyond the range so far: then it is to be {@linkplain #add added}
	 */
	boolean counts(final float value) {
		pixels++;
		sample.add(value);
		lowest = Math.min(lowest, value);
		highest = Math.max(highest, value);
		return value < low || value > high;
	}

	/**
	 * Adds a pixel that has been counted.
	 *
	 * @param index of its picture
	 * @param channel in which it has the value
	 * @param pixel its number in the region
	 * @param around values of the neighbours that are known; sorted by this method
	 */
	void add(final int index, final int channel, final int pixel, final float value, final float[] around) {
		final int followers = followers(value, around);
		if (followers <= MOST) loners.add(new Loner(index, channel, pixel, value, followers));
		else include(value);
	}

	private void include(final double value) {
		low = Math.min(low, value);
		high = Math.max(high, value);
	}

	/** @return how many neighbours differ from their median by a share of what the value does; all if it does not */
	private static int followers(final float value, final float[] around) {
		if (around.length < FEWEST) return Scatter.NEIGHBOURS;
		Arrays.sort(around);
		// Of the two values in the middle the one that differs more: half of the neighbours may be alone themselves.
		final double less = around[(around.length - 1) / 2], more = around[around.length / 2],
			median = value - less > more - value ? less : more, height = Math.abs(value - median);
		int followers = 0;
		for (final float neighbour : around) if (Math.abs(neighbour - median) > SPILL * height) followers++;
		return height == 0 ? Scatter.NEIGHBOURS : followers;
	}

	/** Completes the range, and marks the hot and dead pixels, which are not in it. */
	void finish(final PixelSet hot) {
		for (int most = MOST; most > 0; most--) {
			final RobustRange tried = without(most);
			if (most > 1 && !Scatter.isRandom(tried.loners.stream().map(Loner::followers).toList(), pixels)) continue;
			low = tried.low;
			high = tried.high;
			tried.loners.forEach(loner -> hot.add(loner.index, loner.channel, loner.pixel));
			return;
		}
	}

	/** @return the same with the loners that so few neighbours follow and that lie far beyond all others */
	private RobustRange without(final int followers) {
		final RobustRange rest = new RobustRange();
		rest.pixels = pixels;
		rest.low = low;
		rest.high = high;
		loners.stream().filter(loner -> loner.followers > followers).forEach(loner -> rest.include(loner.value));
		final double from = rest.low, to = rest.high, margin = MARGIN * (to - from);
		for (final Loner loner : loners) {
			final boolean far = margin > 0 && (loner.value > to + margin || loner.value < from - margin);
			if (loner.followers <= followers && far) rest.loners.add(loner);
			else rest.include(loner.value);
		}
		return rest;
	}

	/** @return the range of the pixels that are neither hot nor dead; 0 to 0 if there is no pixel */
	ChannelRange range() {
		return range(low, high);
	}

	/** @return the range of all pixels, as {@link #range} */
	ChannelRange whole() {
		return range(lowest, highest);
	}

	/** @return the range of 99 % of the pixels, if it is less than a twentieth of the whole range; else null */
	ChannelRange squeezed() {
		if (low >= high) return null;
		final double from = sample.at(0.005), to = sample.at(0.995);
		return to - from < SQUEEZED * (high - low) ? range(from, to) : null;
	}

	private static ChannelRange range(final double from, final double to) {
		return from > to ? new ChannelRange(0, 0) : new ChannelRange(from, to - from);
	}
}
