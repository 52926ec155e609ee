package io.github.deepimageprior.data;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.data.Unpickler.Tensor;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Pictures and labels in lists of tensors, as Ilyas et al. published their data ("Adversarial examples are not bugs,
 * they are features", 2019): {@code CIFAR_ims} has tensors of pictures × channels × height × width in 0..1, or of
 * unsigned bytes, and {@code CIFAR_lab} beside it the numbers of their classes. Each file's tensors follow one another.
 */
final class TorchPictures {

	/** How the names of the two files end. */
	static final String PICTURES = "_ims", LABELS = "_lab";

	private TorchPictures() {}

	static List<Sample> samples(final Path file) throws IOException {
		final String name = file.getFileName().toString();
		final Path beside = file.resolveSibling(name.substring(0, name.length() - PICTURES.length()) + LABELS);
		if (!Files.isRegularFile(beside))
			throw new DipException("There are no labels for " + file + ": put the file " + beside.getFileName()
				+ " into the same folder.");
		final List<Sample> samples = new ArrayList<>();
		final TorchFile labels = open(beside);
		for (final Tensor tensor : labels.tensors())
			for (final double label : reading(beside, () -> labels.read(tensor, 0, numbers(tensor))))
				samples.add(new Sample(name + "#" + samples.size(), String.valueOf((long) label), file.toString(),
					samples.size(), Format.TORCH));
		final long pictures = open(file).tensors().stream().mapToLong(tensor -> count(tensor, file)).sum();
		if (pictures != samples.size())
			throw new DipException("The file " + file + " has " + pictures + " pictures, but " + beside.getFileName()
				+ " has " + samples.size() + " labels: use two files that belong together.");
		return samples;
	}

	private static TorchFile open(final Path file) throws IOException {
		return reading(file, () -> new TorchFile(file));
	}

	/** What reads a file, or numbers of it. */
	private interface Reader<T> {

		T read() throws IOException;
	}

	/** @throws DipException if the file is of another kind, rather than damaged */
	private static <T> T reading(final Path file, final Reader<T> reader) throws IOException {
		try {
			return reader.read();
		}
		catch (final FileSystemException | EOFException unreadable) {
			throw unreadable;
		}
		catch (final IOException foreign) {
			throw new DipException("The file " + file + " cannot be read as a list of tensors (" + foreign.getMessage()
				+ "): save a plain list of tensors with torch.save.", foreign);
		}
	}

	/**
	 * @return how many pictures a tensor has; that of one may have no dimension for several
	 * @throws DipException if they are not pictures
	 */
	private static long count(final Tensor tensor, final Path file) {
		final int dimensions = tensor.shape().size();
		if (dimensions != 3 && dimensions != 4)
			throw new DipException(
				"The file " + file + " has a tensor of " + dimensions + (dimensions == 1 ? " dimension" : " dimensions")
					+ ": each must be of pictures x channels x height x width, or channels x height x width.");
		return dimensions == 3 ? 1 : tensor.shape().get(0);
	}

	private static int numbers(final Tensor tensor) {
		return (int) tensor.shape().stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
	}

	static Picture read(final Path file, final int index) throws IOException {
		final TorchFile list = open(file);
		long left = index;
		for (final Tensor tensor : list.tensors()) {
			final long count = count(tensor, file);
			if (left >= count) {
				left -= count;
				continue;
			}
			final List<Long> shape = tensor.shape().subList(tensor.shape().size() - 3, tensor.shape().size());
			final int channels = shape.get(0).intValue(), height = shape.get(1).intValue(),
				width = shape.get(2).intValue(), size = channels * height * width;
			final long first = left * size;
			final double[] numbers = reading(file, () -> list.read(tensor, first, size));
			final boolean bytes = tensor.storage().type().equals("ByteStorage");
			final float[] values = new float[size];
			for (int i = 0; i < size; i++) values[i] = (float) (bytes ? numbers[i] / 255 : numbers[i]);
			return Pixels.checked(new Picture(values, width, height, channels), file);
		}
		throw new IOException("no picture " + index);
	}
}
