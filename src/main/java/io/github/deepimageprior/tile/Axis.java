package io.github.deepimageprior.tile;

/**
 * The tiles along one side of a picture.
 *
 * @param length of the side in pixels
 * @param side of a tile in pixels, at most the length
 * @param overlap least overlap of neighbours in pixels
 */
record Axis(int length, int side, int overlap) {

	int count() {
		return side == length ? 1 : -Math.floorDiv(overlap - length, side - overlap);
	}

	/** @return the first pixel of tile i: tiles are spread evenly */
	int start(final int i) {
		return count() == 1 ? 0 : (int) ((long) i * (length - side) / (count() - 1));
	}

	/**
	 * The ramp at which tile i begins, minus the ramp of the next tile: such differences add up to 1 even where three
	 * tiles overlap.
	 *
	 * @param scale how many times larger the picture is in which the tile is placed
	 * @return a weight for each of its side × scale pixels
	 */
	float[] weights(final int i, final int scale) {
		final float[] weights = new float[side * scale];
		for (int p = 0; p < weights.length; p++) {
			final double place = start(i) + (p + 0.5) / scale;
			weights[p] = (float) (ramp(i, place) - ramp(i + 1, place));
		}
		return weights;
	}

	/** Rises from 0 to 1 where tile i overlaps the one before it: smoothstep. */
	private double ramp(final int i, final double place) {
		if (i == 0 || i == count()) return i == 0 ? 1 : 0;
		final int from = start(i), to = start(i - 1) + side;
		final double u = Math.max(0, Math.min(1, (place - from) / (to - from)));
		return u * u * (3 - 2 * u);
	}
}
