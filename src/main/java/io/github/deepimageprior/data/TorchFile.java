package io.github.deepimageprior.data;

import io.github.deepimageprior.data.Unpickler.Storage;
import io.github.deepimageprior.data.Unpickler.Tensor;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A list of tensors in a file of {@code torch.save}: either a zip archive (since PyTorch 1.6), or the pickles and the
 * numbers one after the other (before). Only the list is read at first; numbers are read when they are needed.
 */
final class TorchFile {

	/** What an old file begins with, as a number in a pickle of its own. */
	private static final java.math.BigInteger MAGIC = new java.math.BigInteger("1950a86a20f9469cfc6c", 16);

	private final Path file;
	private final List<Tensor> tensors;

	/** Zip archive: the folder of the entries. */
	private String folder;

	/** Old file: where each storage begins. */
	private final Map<String, Long> places = new HashMap<>();

	TorchFile(final Path file) throws IOException {
		this.file = file;
		try (InputStream start = Files.newInputStream(file)) {
			final byte[] first = start.readNBytes(2);
			tensors = first.length == 2 && first[0] == 'P' && first[1] == 'K' ? archive() : old();
		}
	}

	private List<Tensor> archive() throws IOException {
		try (ZipFile zip = new ZipFile(file.toFile())) {
			for (final Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements();) {
				final ZipEntry entry = all.nextElement();
				if (!entry.getName().endsWith("/data.pkl")) continue;
				folder = entry.getName().substring(0, entry.getName().length() - "data.pkl".length()) + "data/";
				return list(new Unpickler(zip.getInputStream(entry)).read());
			}
		}
		throw new IOException("an archive without a list of tensors");
	}

	private List<Tensor> old() throws IOException {
		try (InputStream bytes = Files.newInputStream(file)) {
			final Unpickler pickles = new Unpickler(bytes);
			if (!MAGIC.equals(pickles.read())) throw new IOException("not a file of torch.save");
			pickles.read(); // the version
			pickles.read(); // about the computer that wrote it
			final List<Tensor> list = list(pickles.read());
			final Map<String, Storage> storages = new HashMap<>();
			for (final Tensor tensor : list) storages.put(tensor.storage().key(), tensor.storage());
			long place = 0;
			final List<?> keys = (List<?>) pickles.read();
			for (final Object key : keys) {
				place += Long.BYTES; // its number of elements
				places.put((String) key, pickles.consumed() + place);
				place += storages.get(key).elements() * size(storages.get(key));
			}
			return list;
		}
	}

	private static List<Tensor> list(final Object read) throws IOException {
		if (!(read instanceof List<?> list) || !list.stream().allMatch(Tensor.class::isInstance))
			throw new IOException("not a list of tensors");
		return list.stream().map(Tensor.class::cast).toList();
	}

	/** @return the tensors of the list, in their order */
	List<Tensor> tensors() {
		return tensors;
	}

	private static int size(final Storage storage) throws IOException {
		return switch (storage.type()) {
			case "ByteStorage" -> 1;
			case "FloatStorage", "IntStorage" -> 4;
			case "DoubleStorage", "LongStorage" -> 8;
			default -> throw new IOException("has tensors of the type " + storage.type());
		};
	}

	/**
	 * Reads numbers of a tensor.
	 *
	 * @param first index of the first number, counted through the tensor in its order
	 * @param count how many
	 * @throws IOException if the tensor's numbers do not lie in its order, or the file ends before
	 */
	double[] read(final Tensor tensor, final long first, final int count) throws IOException {
		long step = 1;
		for (int i = tensor.shape().size() - 1; i >= 0; i--) {
			if (tensor.strides().get(i) != step && tensor.shape().get(i) > 1)
				throw new IOException("has a tensor that is a view of another: save clones");
			step *= tensor.shape().get(i);
		}
		final int size = size(tensor.storage());
		final byte[] bytes = bytes(tensor.storage(), (tensor.offset() + first) * size, count * size);
		final ByteBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
		final double[] numbers = new double[count];
		for (int i = 0; i < count; i++) numbers[i] = switch (tensor.storage().type()) {
			case "ByteStorage" -> values.get() & 255;
			case "FloatStorage" -> values.getFloat();
			case "IntStorage" -> values.getInt();
			case "DoubleStorage" -> values.getDouble();
			default -> values.getLong();
		};
		return numbers;
	}

	private byte[] bytes(final Storage storage, final long skip, final int count) throws IOException {
		final byte[] bytes = new byte[count];
		if (folder == null) {
			try (InputStream all = Files.newInputStream(file)) {
				all.skipNBytes(places.get(storage.key()) + skip);
				new DataInputStream(new BufferedInputStream(all)).readFully(bytes);
			}
		}
		else
			try (ZipFile zip = new ZipFile(file.toFile());
				InputStream all = zip.getInputStream(zip.getEntry(folder + storage.key())))
			{
				all.skipNBytes(skip);
				new DataInputStream(all).readFully(bytes);
			}
		return bytes;
	}
}
