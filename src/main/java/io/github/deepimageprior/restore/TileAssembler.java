package io.github.deepimageprior.restore;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.prior.FitResult;
import io.github.deepimageprior.prior.FitSummary;
import io.github.deepimageprior.prior.Observation;
import io.github.deepimageprior.tile.Blend;
import io.github.deepimageprior.tile.Tile;
import io.github.deepimageprior.tile.Tiles;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Assembles a restored picture from its parts, which come from several threads in any order. Parts are numbered by
 * channel group, then by tile.
 */
final class TileAssembler {

	private final Tiles tiles;
	private final int channels, members, parts;
	private final boolean keepParameters;
	/** The observation, then part by part what was restored, without blending; null for one part. */
	private final Picture shown;
	private final Blend[] pictures, deviations;
	private final boolean[] reached, deviates;
	private final Fitted[] fits;
	private final PartResult[] waiting; // finished parts that wait for those before them
	private int next;

	/** What is kept of a fit: not its pictures, of which there would be too many. */
	private record Fitted(FitSummary summary, double[] curve, float[] parameters) {}

	/**
	 * @param tiles of the observed picture
	 * @param channels of a part
	 * @param members fits of a part
	 * @param keepParameters whether the result holds the networks' parameters
	 */
	TileAssembler(final Observation observation, final Tiles tiles, final int channels, final int members,
		final boolean keepParameters)
	{
		this.tiles = tiles.times(observation.factor());
		this.channels = channels;
		this.members = members;
		this.keepParameters = keepParameters;
		final int groups = observation.channels() / channels;
		parts = groups * tiles.count();
		shown = parts == 1 ? null : observation.enlarged();
		pictures = new Blend[groups];
		deviations = new Blend[groups];
		reached = new boolean[parts];
		deviates = new boolean[parts];
		fits = new Fitted[parts * members];
		waiting = new PartResult[parts];
	}

	int parts() {
		return parts;
	}

	/** @return the picture so far, with a part as it looks now */
	synchronized Picture preview(final int part, final Picture now) {
		if (parts == 1) return now;
		final Picture copy = shown.with(shown.values().clone());
		paste(copy, part, now);
		return copy;
	}

	private void paste(final Picture whole, final int part, final Picture picture) {
		final Tile box = tiles.tile(part % tiles.count());
		whole.paste(picture, box.x(), box.y(), part / tiles.count() * channels);
	}

	/**
	 * Adds a finished part. Parts are blended in their order, whichever is finished first, since the sum of floats
	 * depends on the order.
	 */
	synchronized void add(final int part, final PartResult done) {
		if (parts > 1) paste(shown, part, done.picture());
		waiting[part] = done;
		for (; next < parts && waiting[next] != null; next++) blend(next);
		deviates[part] = done.deviation() != null;
		reached[part] = true;
		for (int i = 0; i < done.fits().size(); i++) {
			final FitResult fit = done.fits().get(i);
			fits[part * members + i] = new Fitted(fit.summary(), fit.variances(),
				keepParameters ? fit.parameters() : null);
		}
	}

	private void blend(final int part) {
		blend(pictures, part, waiting[part].picture());
		if (waiting[part].deviation() != null) blend(deviations, part, waiting[part].deviation());
		waiting[part] = null;
	}

	private void blend(final Blend[] blends, final int part, final Picture picture) {
		final int group = part / tiles.count();
		if (blends[group] == null) blends[group] = new Blend(tiles, channels);
		blends[group].add(part % tiles.count(), picture);
	}

	/** @return the assembled picture; pixels of parts that were not added are NaN, and deviations that are not known */
	RestorationResult result() {
		final boolean deviation = IntStream.range(0, parts).anyMatch(part -> deviates[part]);
		for (int part = 0; part < parts; part++) {
			if (waiting[part] != null) blend(part);
			if (!reached[part]) blend(pictures, part, unknown(part));
			if (deviation && !deviates[part]) blend(deviations, part, unknown(part));
		}
		final List<Fitted> all = Arrays.stream(fits).filter(Objects::nonNull).toList();
		final boolean whole = keepParameters && all.size() == fits.length;
		return new RestorationResult(picture(pictures), deviation ? picture(deviations) : null,
			all.stream().map(Fitted::summary).toList(), all.stream().map(Fitted::curve).toList(),
			whole ? all.stream().map(Fitted::parameters).toList() : List.of(),
			(int) IntStream.range(0, parts).filter(part -> reached[part]).count(), parts, List.of(), null, null);
	}

	private Picture unknown(final int part) {
		final Tile box = tiles.tile(part % tiles.count());
		final float[] values = new float[box.width() * box.height() * channels];
		Arrays.fill(values, Float.NaN);
		return new Picture(values, box.width(), box.height(), channels);
	}

	private static Picture picture(final Blend[] groups) {
		return Picture.stack(Arrays.stream(groups).map(Blend::picture).toList());
	}
}
