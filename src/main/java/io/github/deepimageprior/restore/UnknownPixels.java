package io.github.deepimageprior.restore;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.prior.Observation;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Fills the unknown pixels of a picture from those around them, for filters that need all pixels. */
final class UnknownPixels {

	private UnknownPixels() {}

	/**
	 * @return the observation with all pixels known: from the edge of the known ones on, an unknown one is the median
	 *         of its neighbours
	 * @throws DipException if most pixels are unknown
	 */
	static Observation filled(final Observation observation) {
		if (observation.known() == null) return observation;
		final Picture target = observation.target();
		final float[] values = new float[target.values().length];
		for (int c = 0; c < target.channels(); c++) {
			final float[] filled = filledChannel(observation.channel(c));
			System.arraycopy(filled, 0, values, c * filled.length, filled.length);
		}
		return new Observation(target.with(values), null, observation.factor(), observation.downsampler(),
			observation.poisson());
	}

	/** @return the values of the only channel */
	private static float[] filledChannel(final Observation observation) {
		final Picture target = observation.target();
		final float[] values = target.values().clone();
		final boolean[] known = new boolean[values.length];
		for (int i = 0; i < known.length; i++) known[i] = observation.known()[i] > 0;
		int[] left = IntStream.range(0, known.length).filter(i -> !known[i]).toArray();
		if (2 * left.length > known.length)
			throw new DipException("Most pixels of the picture are unknown, too many for non-local filtering: use the "
				+ "method deep image prior, or inpaint the picture first.");
		while (left.length > 0) {
			final int[] edge = Arrays.stream(left).filter(i -> neighbours(target, known, i).length > 0).toArray();
			for (final int pixel : edge) values[pixel] = median(values, neighbours(target, known, pixel));
			for (final int pixel : edge) known[pixel] = true;
			left = Arrays.stream(left).filter(i -> !known[i]).toArray();
		}
		return values;
	}

	private static float median(final float[] values, final int[] pixels) {
		final double[] sorted = Arrays.stream(pixels).mapToDouble(i -> values[i]).sorted().toArray();
		return (float) (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
	}

	/** @return the known ones of the eight pixels around one */
	private static int[] neighbours(final Picture target, final boolean[] known, final int pixel) {
		final int w = target.width(), x = pixel % w, y = pixel / w;
		return IntStream.range(0, 9).filter(k -> k != 4).filter(k -> {
			final int column = x + k % 3 - 1, row = y + k / 3 - 1;
			return column >= 0 && column < w && row >= 0 && row < target.height() && known[row * w + column];
		}).map(k -> (y + k / 3 - 1) * w + x + k % 3 - 1).toArray();
	}
}
