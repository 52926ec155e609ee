package io.github.deepimageprior.command;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.restore.PictureSeries;

/**
 * The pictures of an image as a series.
 *
 * @param image slices and frames
 */
record ImageSeries(ImageSource image) implements PictureSeries {

	/** Most letters of an image's name in a file name: each has up to three bytes, and a file name at most 255. */
	private static final int LONGEST_NAME = 60;

	@Override
	public int count() {
		return image.count();
	}

	@Override
	public Picture read(final int index) {
		return image.read(index);
	}

	@Override
	public Picture size() {
		return new Picture(new float[0], image.width(), image.height(), image.channels());
	}

	@Override
	public float[] known(final int index) {
		return image.known(index);
	}

	@Override
	public String label(final int index) {
		return image.label(index);
	}

	/** The slice before a frame's first slice is the last one of another frame. */
	@Override
	public boolean follows(final int index) {
		return index > 0 && image.slice(index) != 1;
	}

	@Override
	public String checkpointName(final int index) {
		final String name = image.name().substring(0, Math.min(LONGEST_NAME, image.name().length()));
		return name.replaceAll("[^\\p{L}\\p{N}._-]+", "_") + "-picture" + index;
	}
}
