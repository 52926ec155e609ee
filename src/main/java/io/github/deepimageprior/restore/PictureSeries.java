package io.github.deepimageprior.restore;

import io.github.deepimageprior.Picture;

import java.util.List;

/** Pictures that are restored one after the other: the slices of a stack, the frames of a time series. */
public interface PictureSeries {

	/** @return the number of pictures */
	int count();

	/** @return a picture in 0..1, all of one size */
	Picture read(int index);

	/** @return a picture of the size of all, whose pixels do not count: it may have none */
	default Picture size() {
		return read(0);
	}

	/**
	 * @return height × width, or channels × height × width if they differ: 1 where a pixel is observed, 0 where it is
	 *         missing; null if all are observed
	 */
	float[] known(int index);

	/** @return whether a picture resembles the one before it, so that it may start from its network */
	boolean follows(int index);

	/** @return which picture it is, for messages */
	default String label(final int index) {
		return "picture " + (index + 1);
	}

	/** @return a name for the files of a picture's checkpoints, without characters that file systems refuse */
	String checkpointName(int index);

	/** @return a series of pictures of which all pixels are observed */
	static PictureSeries of(final List<Picture> pictures) {
		return new PictureList(pictures, null);
	}

	/**
	 * @param known height × width, or channels × height × width if they differ: 1 where a pixel is observed, 0
	 *        where it is missing; null if all are observed
	 * @return a series of one picture
	 */
	static PictureSeries of(final Picture picture, final float[] known) {
		return new PictureList(List.of(picture), known);
	}
}
