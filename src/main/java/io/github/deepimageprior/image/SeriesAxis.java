package io.github.deepimageprior.image;

/**
 * The order of an image that shows every picture of a source several times: along time, or along z if the source itself
 * is a time series.
 *
 * @param source the layout of the source, which has slices or frames, but not both
 * @param points how many times it shows every picture
 */
record SeriesAxis(StackLayout source, int points) {

	/** @return whether an axis is free */
	static boolean exists(final StackLayout source) {
		return source.slices() == 1 || source.frames() == 1;
	}

	private boolean alongZ() {
		return source.frames() > 1;
	}

	/** @return slices × frames of the image: one picture of one point each */
	int size() {
		return points * source.count();
	}

	int slices() {
		return alongZ() ? points : source.slices();
	}

	int frames() {
		return alongZ() ? source.frames() : points;
	}

	/** @param position slice and frame of the image in the order of its stack, counted from 0 */
	int pictureAt(final int position) {
		return alongZ() ? position / points : position % source.count();
	}

	/** @param position as for {@link #pictureAt} */
	int pointAt(final int position) {
		return alongZ() ? position % points : position / source.count();
	}
}
