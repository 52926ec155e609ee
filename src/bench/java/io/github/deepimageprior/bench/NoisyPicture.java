package io.github.deepimageprior.bench;

import com.google.gson.Gson;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.prior.PoissonNoise;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * A picture that a Python program has left in a folder: NAME.json holds width, height, channels and, if photon noise is
 * told, photons (of the value 1), or, to enlarge it, a factor; NAME.in the values as float32.
 *
 * @param file the JSON file
 * @param picture its values
 * @param poisson how values become photon counts; null if that is not told
 * @param factor how many times it is to be enlarged; 0 if it is not
 */
record NoisyPicture(Path file, Picture picture, PoissonNoise poisson, int factor) {

	/** What a JSON file says of a picture. */
	private record Shape(int width, int height, int channels, double photons, int factor) {}

	/** @return the JSON files of a folder */
	static List<Path> files(final Path folder) throws IOException {
		try (Stream<Path> all = Files.list(folder)) {
			return all.filter(file -> file.toString().endsWith(".json")).sorted().toList();
		}
	}

	static NoisyPicture read(final Path file) throws IOException {
		final Shape shape = new Gson().fromJson(Files.readString(file), Shape.class);
		return new NoisyPicture(file,
			new Picture(floats(sibling(file, ".in")), shape.width, shape.height, shape.channels),
			shape.photons == 0 ? null : new PoissonNoise(Collections.nCopies(shape.channels, shape.photons),
				Collections.nCopies(shape.channels, 0.0)),
			shape.factor);
	}

	/** @return the values of the file of the same name with another ending */
	float[] read(final String ending) throws IOException {
		return floats(sibling(file, ending));
	}

	private static float[] floats(final Path from) throws IOException {
		final byte[] bytes = Files.readAllBytes(from);
		final float[] values = new float[bytes.length / Float.BYTES];
		ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
		return values;
	}

	String name() {
		return file.getFileName().toString().replaceFirst("\\.json$", "");
	}

	/** @return a checksum of the values, by which the Python program knows that they are those that it compares */
	long digest() {
		final CRC32 sum = new CRC32();
		sum.update(bytes(picture.values()));
		return sum.getValue();
	}

	/** Writes values as float32 beside the file. */
	void write(final String ending, final float[] values) throws IOException {
		Files.write(sibling(file, ending), bytes(values));
	}

	static byte[] bytes(final float[] values) {
		final ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
		bytes.asFloatBuffer().put(values);
		return bytes.array();
	}

	/** @return the file of the same name with another ending */
	static Path sibling(final Path file, final String ending) {
		return file.resolveSibling(file.getFileName().toString().replaceFirst("\\.json$", ending));
	}
}
