package io.github.deepimageprior.data;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * CIFAR-10's binary version (Krizhevsky, 2009): for each picture a byte with its class, then 32×32 bytes of red, green
 * and blue. The names of the classes are in {@code batches.meta.txt} beside it.
 */
final class CifarBatch {

	private static final int SIDE = 32, BYTES = 1 + 3 * SIDE * SIDE;

	private CifarBatch() {}

	/** @return the pictures in their order; their labels are names if the file with the names is there, else numbers */
	static List<Sample> samples(final Path file) throws IOException {
		final long size = Files.size(file);
		if (size == 0 || size % BYTES != 0)
			throw new DipException("The file " + file + " is not a binary batch of CIFAR-10: its size must be a "
				+ "multiple of " + BYTES + " bytes.");
		final Path meta = file.resolveSibling("batches.meta.txt");
		final List<String> names = Files.isRegularFile(meta)
			? Files.readAllLines(meta).stream().filter(line -> !line.isBlank()).toList() : List.of();
		final List<Sample> samples = new ArrayList<>();
		try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
			for (int i = 0; i < size / BYTES; i++) {
				bytes.seek((long) i * BYTES);
				final int label = bytes.readUnsignedByte();
				samples.add(new Sample(file.getFileName() + "#" + i,
					label < names.size() ? names.get(label) : String.valueOf(label), file.toString(), i, Format.CIFAR));
			}
		}
		return samples;
	}

	static Picture read(final Path file, final int index) throws IOException {
		final byte[] pixels = new byte[BYTES - 1];
		try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
			bytes.seek((long) index * BYTES + 1);
			bytes.readFully(pixels);
		}
		final float[] values = new float[pixels.length];
		for (int i = 0; i < values.length; i++) values[i] = (pixels[i] & 255) / 255f;
		return new Picture(values, SIDE, SIDE, 3);
	}
}
