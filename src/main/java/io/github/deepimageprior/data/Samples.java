package io.github.deepimageprior.data;

import io.github.deepimageprior.DipException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Lists the labelled pictures of a folder or file. */
public final class Samples {

	private static final Pattern WORDNET = Pattern.compile("n\\d{8}(?:\\D.*)?");

	/** Characters of a WordNet ID. */
	private static final int ID = 9;

	private Samples() {}

	/**
	 * Lists pictures without reading them. A folder has a subfolder for each class, named by the number, the label or
	 * the WordNet ID of the class, unless it has the results of a study; pictures whose own names begin with a WordNet
	 * ID may also lie in the folder itself. Or it has CIFAR-10's binary batches, or the files {@code CIFAR_ims} and
	 * {@code CIFAR_lab} of Ilyas et al. (2019). A file is a list in CSV with the columns {@code file} and
	 * {@code class}, a batch of CIFAR-10 (.bin), a NumPy array (.npz with pictures and labels, or .npy with the labels
	 * beside it), or a list of tensors ({@code NAME_ims}).
	 *
	 * @return the pictures in the order of their names, or of the file
	 * @throws DipException if there are none, or the folder or file cannot be read
	 */
	public static List<Sample> of(final Path path) {
		if (!Files.exists(path))
			throw new DipException("There is no folder or file " + path + ": enter the path of labelled pictures.");
		final List<Sample> samples = Format.reading(path,
			() -> Files.isDirectory(path) ? folder(path.toAbsolutePath()) : file(path.toAbsolutePath()));
		final List<String> others = samples.isEmpty() ? leftOut(path).formats : List.of();
		if (!others.isEmpty())
			throw new DipException("There are no labelled pictures in " + path + " but " + others.size()
				+ " in formats that are not read" + advice(others));
		if (samples.isEmpty())
			throw new DipException("There are no labelled pictures in " + path
				+ ": it needs PNG, JPEG or TIFF files in a subfolder for each class, named by its number, label or "
				+ "WordNet ID, or CIFAR-10's binary batches.");
		return samples;
	}

	private static List<Sample> file(final Path file) throws IOException {
		final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
		if (name.endsWith(".csv")) return CsvList.samples(file);
		if (name.endsWith(".bin")) return CifarBatch.samples(file);
		if (name.endsWith(".npy") || name.endsWith(".npz")) return NumpyFile.samples(file);
		if (name.endsWith(TorchPictures.PICTURES)) return TorchPictures.samples(file);
		throw new DipException("The file " + file
			+ " is not a list of pictures that can be read: use a folder, or a file that ends in .csv, .bin, .npy, "
			+ ".npz or _ims.");
	}

	/**
	 * @return how many pictures of a folder are left out because of their formats, and how many because of where they
	 *         lie, and what to do, in a sentence each; none for those of which there are none
	 * @throws DipException if the folder cannot be read
	 */
	public static List<String> skipped(final Path path) {
		final LeftOut leftOut = leftOut(path);
		final List<String> sentences = new ArrayList<>(), others = leftOut.formats;
		final List<Path> strays = leftOut.strays;
		if (!others.isEmpty())
			sentences.add("In " + path + ", " + others.size()
				+ (others.size() == 1 ? " picture in a format that is not read is"
					: " pictures in formats that are not read are")
				+ " left out" + advice(others));
		if (!strays.isEmpty())
			sentences.add("In " + path + ", pictures that do not lie directly in the folder of a class are left out ("
				+ strays.size() + ", such as " + path.toAbsolutePath().relativize(strays.get(0))
				+ "): move them into the folder of their class.");
		return sentences;
	}

	private static String advice(final List<String> formats) {
		return " (" + String.join(", ", new TreeSet<>(formats)) + "): convert them to PNG, JPEG or TIFF.";
	}

	/**
	 * The pictures of a folder that are left out.
	 *
	 * @param formats of those whose formats are not read
	 * @param strays those that lie beside the folders of classes, or one folder too deep
	 */
	private record LeftOut(List<String> formats, List<Path> strays) {}

	/** Lists every folder once: there may be many, on a network. */
	private static LeftOut leftOut(final Path path) {
		if (!Files.isDirectory(path)) return new LeftOut(List.of(), List.of());
		return Format.reading(path, () -> {
			final List<String> formats = new ArrayList<>();
			final List<Path> strays = new ArrayList<>();
			boolean classes = false;
			for (final Path entry : sorted(path.toAbsolutePath())) {
				classes |= Files.isDirectory(entry);
				final List<Path> files = files(entry);
				files.stream().map(ImageFile::otherFormat).filter(Objects::nonNull).forEach(formats::add);
				if (files.isEmpty() && ImageFile.isOne(entry)) strays.add(entry);
				for (final Path file : files)
					if (isFolder(file)) files(file).stream().filter(ImageFile::isOne).forEach(strays::add);
			}
			return new LeftOut(formats, classes ? strays : List.of());
		});
	}

	/** Asks the file system only where there is no extension: there may be millions of pictures. */
	private static boolean isFolder(final Path file) {
		return !file.getFileName().toString().contains(".") && Files.isDirectory(file) && Files.isReadable(file);
	}

	private static List<Sample> folder(final Path folder) throws IOException {
		final List<Sample> samples = new ArrayList<>();
		for (final Path entry : sorted(folder)) {
			final String name = entry.getFileName().toString();
			final boolean one = Files.isRegularFile(entry);
			for (final Path file : files(entry))
				if (ImageFile.isOne(file)) samples.add(image(folder, file, one ? name.substring(0, ID) : name));
			if (one && name.endsWith(".bin")) samples.addAll(CifarBatch.samples(entry));
			if (one && name.endsWith(TorchPictures.PICTURES)) samples.addAll(TorchPictures.samples(entry));
		}
		return samples;
	}

	/** @return the files of a class, or a file whose own name says its class */
	private static List<Path> files(final Path entry) throws IOException {
		if (Files.isDirectory(entry)) // a study's results have pictures among them
			return Files.exists(entry.resolve("study.json")) ? List.of() : sorted(entry);
		return WORDNET.matcher(entry.getFileName().toString()).matches() ? List.of(entry) : List.of();
	}

	/** Hidden files are none of the user's pictures. */
	private static List<Path> sorted(final Path folder) throws IOException {
		try (Stream<Path> entries = Files.list(folder)) {
			return entries.filter(entry -> !entry.getFileName().toString().startsWith(".")).sorted().toList();
		}
	}

	private static Sample image(final Path folder, final Path file, final String label) {
		final String name = folder.relativize(file).toString().replace('\\', '/');
		return new Sample(name, label, file.toString(), 0, Format.IMAGE);
	}
}
