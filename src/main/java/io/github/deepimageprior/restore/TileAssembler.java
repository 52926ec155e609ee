package io.github.deepimageprior.restore;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.prior.FitListener;
import io.github.deepimageprior.prior.FitResult;
import io.github.deepimageprior.prior.Observation;
import io.github.deepimageprior.tile.Blend;
import io.github.deepimageprior.tile.Tiles;

import java.awt.Rectangle;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Where the parts of a picture come together, from all threads that make them. Parts are counted channel by channel,
 * tile by tile.
 */
final class TileAssembler {

	private final Tiles tiles;
	private final int channels, seeds, parts;
	private final boolean handOn;
	private final RestorationListener listener;
	private final Picture shown; // what is observed, then what is restored, part by part without their passages
	private final Blend[] pictures, deviations;
	private final boolean[] reached, spread;
	private final double[] fractions;
	private final Fitted[] fits;
	private final PartResult[] waiting; // parts that are done, for those before them
	private int next;

	/** What is remembered of a fit: not its pictures, of which there would be too many. */
	private record Fitted(Map<String, String> report, double[] variances, float[] parameters) {}

	/**
	 * @param tiles of the observed picture
	 * @param channels of a part
	 * @param seeds fits of a part
	 * @param handOn whether parameters are remembered
	 */
	TileAssembler(final Observation observation, final Tiles tiles, final int channels, final int seeds,
		final boolean handOn, final RestorationListener listener)
	{
		this.tiles = tiles.times(observation.factor());
		this.channels = channels;
		this.seeds = seeds;
		this.handOn = handOn;
		this.listener = listener;
		shown = observation.enlarged();
		final int groups = observation.channels() / channels;
		parts = groups * tiles.count();
		pictures = new Blend[groups];
		deviations = new Blend[groups];
		reached = new boolean[parts];
		spread = new boolean[parts];
		fractions = new double[parts];
		fits = new Fitted[parts * seeds];
		waiting = new PartResult[parts];
	}

	/** @return what passes the progress of one of a part's fits on */
	FitListener listener(final int part, final int seed) {
		return new FitListener() {

			@Override
			public void progress(final int step, final int iterations, final double loss,
				final Supplier<Img<FloatType>> averaged)
			{
				synchronized (TileAssembler.this) {
					fractions[part] = (seed + (double) step / iterations) / seeds;
					listener.progress(Arrays.stream(fractions).sum() / parts,
						(parts > 1 ? "part " + (part + 1) + " of " + parts + ", " : "")
							+ (seeds > 1 ? "fit " + (seed + 1) + " of " + seeds + ", " : "") + "step " + step + " of "
							+ iterations,
						() -> with(part, Picture.of(averaged.get())));
				}
			}
		};
	}

	private Picture with(final int part, final Picture picture) {
		if (parts == 1) return picture;
		final Picture copy = shown.with(shown.values().clone());
		paste(copy, part, picture);
		return copy;
	}

	private void paste(final Picture whole, final int part, final Picture picture) {
		final Rectangle box = tiles.rectangle(part % tiles.count());
		whole.paste(picture, box.x, box.y, part / tiles.count() * channels);
	}

	/**
	 * Adds a part that is done. Parts are blended in order, whichever is done first: what floats sum to depends on it.
	 */
	synchronized void add(final int part, final PartResult done) {
		paste(shown, part, done.picture());
		waiting[part] = done;
		for (; next < parts && waiting[next] != null; next++) blend(next);
		spread[part] = done.deviation() != null;
		reached[part] = true;
		fractions[part] = 1;
		for (int i = 0; i < done.fits().size(); i++) {
			final FitResult fit = done.fits().get(i);
			fits[part * seeds + i] = new Fitted(fit.report(), fit.variances(), handOn ? fit.parameters() : null);
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

	/** @return all that was added; what was not is not a number */
	RestorationResult restored() {
		final boolean deviates = IntStream.range(0, parts).anyMatch(part -> spread[part]);
		for (int part = 0; part < parts; part++) {
			if (waiting[part] != null) blend(part);
			if (!reached[part]) blend(pictures, part, constant(part, Float.NaN));
			if (deviates && !spread[part]) blend(deviations, part, constant(part, 0));
		}
		final List<Fitted> all = Arrays.stream(fits).filter(Objects::nonNull).toList();
		return new RestorationResult(Picture.stack(pictures(pictures)),
			deviates ? Picture.stack(pictures(deviations)) : null, all.stream().map(Fitted::report).toList(),
			all.stream().map(Fitted::variances).toList(),
			handOn && all.size() == fits.length ? all.stream().map(Fitted::parameters).toList() : List.of(),
			(int) IntStream.range(0, parts).filter(part -> reached[part]).count(), parts);
	}

	private Picture constant(final int part, final float value) {
		final Rectangle box = tiles.rectangle(part % tiles.count());
		final Picture picture = new Picture(new float[box.width * box.height * channels], box.width, box.height,
			channels);
		Arrays.fill(picture.values(), value);
		return picture;
	}

	private static List<Picture> pictures(final Blend[] blends) {
		return Arrays.stream(blends).map(Blend::picture).toList();
	}
}
