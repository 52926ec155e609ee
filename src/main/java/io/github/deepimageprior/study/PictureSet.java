package io.github.deepimageprior.study;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.UserPath;
import io.github.deepimageprior.data.Sample;
import io.github.deepimageprior.data.Samples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The labelled pictures of a folder or a file, as one of several sets of a study.
 *
 * @param name tells it apart from the other sets: the shortest end of its path that is none of another's
 * @param path of the folder or file
 */
record PictureSet(String name, Path path) {

	/**
	 * @param data paths, with semicolons between them
	 * @return their sets
	 * @throws DipException if a path is not valid, is given twice, or there is none
	 */
	static List<PictureSet> of(final String data) {
		final List<Path> paths = Arrays.stream(data.split(";")).filter(path -> !path.isBlank()).map(UserPath::of)
			.toList();
		if (paths.isEmpty())
			throw new DipException("No pictures were given: enter the path of labelled pictures under data.");
		final Set<Path> whole = new HashSet<>();
		for (final Path path : paths)
			if (!whole.add(path.toAbsolutePath().normalize()))
				throw new DipException("The pictures " + path + " are given twice: give them once.");
		return paths.stream().map(path -> new PictureSet(name(path.toAbsolutePath().normalize(), whole), path))
			.toList();
	}

	private static String name(final Path path, final Set<Path> all) {
		for (int count = 1; count <= path.getNameCount(); count++) {
			final int names = count;
			final String end = end(path, names);
			if (all.stream().filter(other -> end(other, names).equals(end)).count() == 1) return end;
		}
		return path.toString();
	}

	/** @return the last names of a path, or as many as it has, as in the cells of rows */
	private static String end(final Path path, final int names) {
		return Row.cell(StreamSupport.stream(path.spliterator(), false).skip(Math.max(0, path.getNameCount() - names))
			.map(Path::toString).collect(Collectors.joining("/")));
	}

	/** @return for each set with pictures that are left out, sentences that say so */
	static List<String> skipped(final String data) {
		return of(data).stream().flatMap(set -> Samples.skipped(set.path).stream()).toList();
	}

	/**
	 * @return its pictures
	 * @throws DipException as {@link Samples#of}, or if a picture is listed twice or names differ in spaces only: rows
	 *         could not be told apart
	 */
	List<Sample> samples() {
		final List<Sample> samples = new ArrayList<>(Samples.of(path));
		final Set<String> known = new HashSet<>(), names = new HashSet<>();
		for (final Sample sample : samples) {
			if (!known.add(Path.of(sample.file()).normalize() + "#" + sample.index()))
				throw new DipException(
					"The picture " + sample.name() + " is listed twice in " + path + ": list it once, with one class.");
			if (!names.add(Row.cell(sample.name())))
				throw new DipException("The name of the picture " + sample.name() + " differs from that of another in "
					+ path + " in spaces only: rename one of the two.");
		}
		return samples;
	}
}
