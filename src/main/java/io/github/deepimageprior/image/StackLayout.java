package io.github.deepimageprior.image;

import ij.ImagePlus;

/**
 * The order of the planes in an image's stack: channels first, then slices, then frames (time points). A picture is one
 * slice of one frame with all its channels; pictures are counted from 0 in the order of the stack.
 *
 * @param planes planes of a picture: the image's channels, where an RGB plane counts as one
 * @param slices positions along z
 * @param frames time points
 */
record StackLayout(int planes, int slices, int frames) {

	static StackLayout of(final ImagePlus image) {
		return new StackLayout(image.getNChannels(), image.getNSlices(), image.getNFrames());
	}

	/** @return the number of pictures */
	int count() {
		return slices * frames;
	}

	/** @return the position of a picture's plane in the stack, counted from 1 as ImageJ does */
	int position(final int index, final int plane) {
		return index * planes + plane + 1;
	}

	/** @return the picture that the plane at a position of the stack belongs to; the first position is 1 */
	int pictureAt(final int position) {
		return (position - 1) / planes;
	}

	/** @return the slice of a picture, counted from 1; 0 if the image has only one slice */
	int slice(final int index) {
		return slices > 1 ? index % slices + 1 : 0;
	}

	/** @return the frame of a picture, counted from 1; 0 if the image has only one frame */
	int frame(final int index) {
		return frames > 1 ? index / slices + 1 : 0;
	}

	/** @return the position of a picture in words, such as "slice 2 of 5, frame 1 of 3"; empty for a single picture */
	String label(final int index) {
		final String slice = slices > 1 ? "slice " + slice(index) + " of " + slices : "",
			frame = frames > 1 ? "frame " + frame(index) + " of " + frames : "";
		return slice + (slice.isEmpty() || frame.isEmpty() ? "" : ", ") + frame;
	}
}
