package io.github.deepimageprior;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.imageio.ImageIO;

/** Reads golden values. */
public final class Npy {

	private Npy() {}

	/** @return the values of a file of NumPy, float32 in C order, version 1 of the format */
	public static float[] floats(final InputStream file) throws IOException {
		final ByteBuffer bytes = ByteBuffer.wrap(file.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
		bytes.position(10 + bytes.getShort(8));
		final float[] values = new float[bytes.remaining() / Float.BYTES];
		bytes.asFloatBuffer().get(values);
		return values;
	}

	/** @return the values of a file in the resources */
	public static float[] floats(final String resource) throws IOException {
		try (InputStream file = Npy.class.getResourceAsStream(resource)) {
			return floats(file);
		}
	}

	/** @return the values of a file */
	public static float[] floats(final Path path) throws IOException {
		try (InputStream file = Files.newInputStream(path)) {
			return floats(file);
		}
	}

	/** @return an RGB picture in 0..1 */
	public static Picture picture(final InputStream png) throws IOException {
		final var image = ImageIO.read(png);
		final int width = image.getWidth(), height = image.getHeight();
		final float[] values = new float[3 * width * height];
		for (int p = 0; p < width * height; p++) for (int c = 0; c < 3; c++) {
			values[c * width * height + p] = (image.getRGB(p % width, p / width) >> 16 - 8 * c & 255) / 255f;
		}
		return new Picture(values, width, height, 3);
	}

	/** @return the espresso of the golden values, 224×224 */
	public static Picture coffee() throws IOException {
		try (InputStream png = Npy.class.getResourceAsStream("/golden/classifier/coffee_input.png")) {
			return picture(png);
		}
	}

	/** @return the distance of two vectors as a share of the second's length */
	public static double relative(final float[] found, final float[] expected) {
		double difference = 0, length = 0;
		for (int i = 0; i < expected.length; i++) {
			difference += Math.pow(found[i] - expected[i], 2);
			length += Math.pow(expected[i], 2);
		}
		return Math.sqrt(difference / length);
	}

	/** @return the share of the numbers that have the same sign */
	public static double sameSigns(final float[] found, final float[] expected) {
		int same = 0;
		for (int i = 0; i < expected.length; i++) if (Math.signum(found[i]) == Math.signum(expected[i])) same++;
		return (double) same / expected.length;
	}
}
