package io.github.deepimageprior.restore;

import io.github.deepimageprior.Picture;

import java.util.List;

/**
 * Pictures in memory as a series.
 *
 * @param pictures all of one size; each resembles the one before it
 * @param known the mask of all pictures, see {@link PictureSeries#known}; null if all pixels are observed
 */
record PictureList(List<Picture> pictures, float[] known) implements PictureSeries {

	@Override
	public int count() {
		return pictures.size();
	}

	@Override
	public Picture read(final int index) {
		return pictures.get(index);
	}

	@Override
	public float[] known(final int index) {
		return known;
	}

	@Override
	public boolean follows(final int index) {
		return index > 0;
	}

	@Override
	public String checkpointName(final int index) {
		return "picture" + index;
	}
}
