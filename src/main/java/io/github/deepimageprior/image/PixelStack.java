package io.github.deepimageprior.image;

import ij.ImagePlus;
import ij.ImageStack;
import ij.VirtualStack;
import ij.process.ImageProcessor;

import io.github.deepimageprior.DipException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * A copy of the pixels of an image, so that what the user does to the image meanwhile does not show in the result. The
 * planes of a virtual stack are read when they are needed.
 */
final class PixelStack {

	private final StackLayout layout;
	private final ImageStack stack;
	private final int colours, bits;
	private final Set<Path> whole = new HashSet<>(); // files of a virtual stack that have been checked

	PixelStack(final ImagePlus image) {
		this(image, copy(image));
	}

	/** @return the pixels themselves, of an image that is read at once or that nobody else has */
	static PixelStack shared(final ImagePlus image) {
		return new PixelStack(image, image.getStack());
	}

	private PixelStack(final ImagePlus image, final ImageStack stack) {
		layout = StackLayout.of(image);
		this.stack = stack;
		colours = colours(image);
		bits = image.getBitDepth();
	}

	/**
	 * @return a copy of its stack; a virtual stack itself
	 */
	static ImageStack copy(final ImagePlus image) {
		final ImageStack stack = image.getStack();
		if (stack.isVirtual()) return stack;
		final ImageStack copy = new ImageStack(stack.getWidth(), stack.getHeight(), stack.getColorModel());
		for (int i = 1; i <= stack.size(); i++) // an image of one plane keeps its Info in the label
			copy.addSlice(stack.size() == 1 ? null : stack.getSliceLabel(i),
				stack.getProcessor(i).duplicate().getPixels());
		return copy;
	}

	/** @return how many channels a plane of the image has: 3 for RGB, else 1 */
	static int colours(final ImagePlus image) {
		return image.getType() == ImagePlus.COLOR_RGB ? 3 : 1;
	}

	StackLayout layout() {
		return layout;
	}

	int width() {
		return stack.getWidth();
	}

	int height() {
		return stack.getHeight();
	}

	int colours() {
		return colours;
	}

	/** @return channels of a picture; RGB counts as three */
	int channels() {
		return layout.planes() * colours;
	}

	/** @return bits of a pixel of a plane: 8, 16, 24 (RGB) or 32 */
	int bits() {
		return bits;
	}

	/** @return bytes of one pixel with all its channels */
	int pixelBytes() {
		return (colours == 3 ? Integer.BYTES : bits / 8) * layout.planes();
	}

	/**
	 * Synchronized, since parallel fits and their previews read, and a virtual stack reads one file at a time.
	 *
	 * @throws DipException if the file of a virtual stack is gone or cut off: ImageJ would give a blank plane
	 */
	synchronized ImageProcessor plane(final int index, final int plane) {
		final int position = layout.position(index, plane);
		final Path file = file(position);
		requireFile(file);
		final ImageProcessor read = stack.getProcessor(position);
		requireFile(file);
		if (read == null)
			throw new DipException("Plane " + position + " of the virtual stack cannot be read: check that its file is "
				+ "there and complete, and open the stack again.");
		return read;
	}

	/** @return the file of a plane, if the stack is virtual and names it; else null */
	private Path file(final int position) {
		if (!(stack instanceof VirtualStack lazy)) return null;
		try {
			final Path name = Path.of(lazy.getFileName(position));
			return lazy.getDirectory() == null ? name : Path.of(lazy.getDirectory()).resolve(name);
		}
		catch (final RuntimeException unnamed) {
			return null; // planes that are computed, or read in another way
		}
	}

	private void requireFile(final Path file) {
		if (file == null) return;
		if (!Files.isReadable(file))
			throw new DipException("The file '" + file
				+ "' of the virtual stack is not there any more: bring it back, and open the stack again.");
		if (whole.add(file)) new StoredImage(file).requireWhole(false);
	}

	/** @return all channels of a picture */
	ChannelPlane[] channelsOf(final int index) {
		final ImageProcessor[] planes = new ImageProcessor[layout.planes()];
		for (int p = 0; p < planes.length; p++) planes[p] = plane(index, p);
		return channelsOf(planes);
	}

	/** @return all channels of planes of the image's type */
	ChannelPlane[] channelsOf(final ImageProcessor[] planes) {
		final ChannelPlane[] channels = new ChannelPlane[channels()];
		for (int c = 0; c < channels.length; c++) channels[c] = new ChannelPlane(planes[c / colours], c % colours);
		return channels;
	}

	/** @return a new plane of the image's type */
	ImageProcessor empty(final int width, final int height) {
		return stack.getProcessor(1).createProcessor(width, height);
	}

	/** @return the slice label of a plane; null if it has none */
	String label(final int index, final int plane) {
		return stack.getSliceLabel(layout.position(index, plane));
	}
}
