package io.github.deepimageprior.image;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.VirtualStack;
import ij.process.ImageProcessor;

import io.github.deepimageprior.Picture;

import java.util.Arrays;
import java.util.Random;

/** Small images of every type. */
final class TestImages {

	static final int WIDTH = 11, HEIGHT = 9;

	private TestImages() {}

	/**
	 * @param type "8", "16", "32" or "RGB"
	 * @return 11×9 pixels that use their type
	 */
	static ImagePlus image(final String type, final int channels, final int slices, final int frames) {
		final ImagePlus image = IJ.createHyperStack("cells.tif", WIDTH, HEIGHT, channels, slices, frames,
			type.equals("RGB") ? 24 : Integer.parseInt(type));
		final Random random = new Random(5);
		for (int i = 1; i <= image.getStackSize(); i++) {
			final ImageProcessor plane = image.getStack().getProcessor(i);
			for (int p = 0; p < plane.getPixelCount(); p++) {
				if (type.equals("32")) plane.setf(p, (float) random.nextGaussian() * 1e4f);
				else
					plane.set(p, random.nextInt(type.equals("16") ? 3000 : type.equals("8") ? 256 : 1 << 24)
						+ (type.equals("16") ? 40000 : 0));
			}
			image.getStack().setPixels(plane.getPixels(), i);
		}
		return image;
	}

	/** @return a virtual stack that reads its planes from another stack, of 8 bits and the same size */
	static ImageStack virtual(final ImageStack inner) {
		return new VirtualStack() {

			@Override
			public ImageProcessor getProcessor(final int n) {
				return inner.getProcessor(n);
			}

			@Override
			public int size() {
				return inner.size();
			}

			@Override
			public int getSize() {
				return inner.size();
			}

			@Override
			public int getWidth() {
				return inner.getWidth();
			}

			@Override
			public int getHeight() {
				return inner.getHeight();
			}

			@Override
			public int getBitDepth() {
				return 8;
			}
		};
	}

	/** @return a picture of one value */
	static Picture constant(final float value, final int width, final int height, final int channels) {
		final float[] values = new float[width * height * channels];
		Arrays.fill(values, value);
		return new Picture(values, width, height, channels);
	}

	/** @return a picture of random values from -0.1 to 1.1, of which one is NaN */
	static Picture random(final ImageSource source) {
		final float[] values = new float[source.width() * source.height() * source.channels()];
		final Random random = new Random(8);
		for (int i = 0; i < values.length; i++) values[i] = 1.2f * random.nextFloat() - 0.1f;
		values[values.length / 2] = Float.NaN;
		return new Picture(values, source.width(), source.height(), source.channels());
	}
}
