package io.github.deepimageprior.data;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.Torch;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Pictures in a NumPy array of pictures × channels × height × width, pictures × height × width × channels or pictures ×
 * height × width: whole numbers in 0..255 or real ones in 0..1.
 *
 * @param file its path
 * @param changed when the file was changed last
 * @param pixels the pictures; unsigned bytes stay bytes, since they take less memory
 * @param shape of the array
 * @param labels of the pictures; null if the file has none
 */
record NumpyFile(Path file, FileTime changed, Object pixels, long[] shape, long[] labels) {

	/** The file that was read last: one study reads all its pictures from one file. */
	private static SoftReference<NumpyFile> last = new SoftReference<>(null);

	static synchronized NumpyFile of(final Path file) throws IOException {
		final NumpyFile known = last.get();
		final FileTime changed = Files.getLastModifiedTime(file);
		if (known != null && known.file.equals(file) && known.changed.equals(changed)) return known;
		final NumpyFile read = read(file, changed);
		last = new SoftReference<>(read);
		return read;
	}

	private static NumpyFile read(final Path file, final FileTime changed) throws IOException {
		Object pixels = null;
		long[] shape = null, labels = null;
		try (NDManager manager = Torch.manager(Device.cpu())) {
			for (final NDArray array : arrays(manager, file)) {
				final int dimensions = array.getShape().dimension();
				if (dimensions == 1 && labels != null || dimensions > 2 && pixels != null)
					throw new DipException("The file " + file + " has more than one array of "
						+ (dimensions == 1 ? "labels" : "pictures") + ": save one of pictures and one of labels.");
				if (dimensions == 1) labels = labels(array, file);
				else if (dimensions == 3 || dimensions == 4) {
					shape = array.getShape().getShape();
					pixels = Torch.compute(() -> array.getDataType() == DataType.UINT8 ? array.toByteArray()
						: array.toType(DataType.FLOAT32, true).toFloatArray());
				}
			}
		}
		return new NumpyFile(file, changed, pixels, shape, labels);
	}

	private static long[] labels(final NDArray array, final Path file) {
		final double[] written = Torch.compute(() -> array.toType(DataType.FLOAT64, true).toDoubleArray());
		for (final double label : written)
			if (label != Math.rint(label))
				throw new DipException("The file " + file + " has the label " + label
					+ ": save the numbers of the classes, as whole numbers.");
		return Arrays.stream(written).mapToLong(label -> (long) label).toArray();
	}

	private static NDList arrays(final NDManager manager, final Path file) throws IOException {
		NumpyHeader.check(file);
		try (InputStream bytes = Files.newInputStream(file)) {
			return Torch.compute(() -> NDList.decode(manager, bytes));
		}
		catch (final RuntimeException foreign) {
			throw new IOException(foreign);
		}
	}

	/**
	 * @return the pictures in their order, labelled by the file itself or by NAME_labels.npy or labels.npy beside it
	 */
	static List<Sample> samples(final Path path) throws IOException {
		final NumpyFile file = of(path);
		final String name = path.getFileName().toString();
		long[] labels = file.labels;
		for (final String other : List.of(name.replaceFirst("\\.np[yz]$", "_labels.npy"), "labels.npy")) {
			if (labels == null && Files.isRegularFile(path.resolveSibling(other)))
				labels = read(path.resolveSibling(other), null).labels;
		}
		if (file.pixels == null || labels == null || labels.length != file.shape[0])
			throw new DipException("The file " + path + " needs an array of pictures (N x channels x height x width) "
				+ "and as many labels (N), in the same .npz or in a file labels.npy beside it.");
		final List<Sample> samples = new ArrayList<>();
		for (int i = 0; i < labels.length; i++)
			samples.add(new Sample(name + "#" + i, String.valueOf(labels[i]), path.toString(), i, Format.NUMPY));
		return samples;
	}

	Picture picture(final int index) {
		final boolean flat = shape.length == 3;
		final boolean last = !flat && (shape[3] == 1 || shape[3] == 3) && shape[1] != 1 && shape[1] != 3;
		final int channels = flat ? 1 : (int) shape[last ? 3 : 1];
		final int height = (int) shape[flat || last ? 1 : 2], width = (int) shape[flat || last ? 2 : 3];
		final float[] values = new float[channels * height * width];
		final long from = (long) index * values.length;
		for (int i = 0; i < values.length; i++) {
			final int place = last ? i % (width * height) * channels + i / (width * height) : i;
			values[i] = pixels instanceof byte[] bytes ? (bytes[(int) from + place] & 255) / 255f
				: ((float[]) pixels)[(int) from + place];
		}
		return Pixels.checked(new Picture(values, width, height, channels), file);
	}
}
