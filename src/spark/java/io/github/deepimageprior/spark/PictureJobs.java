package io.github.deepimageprior.spark;

import io.github.deepimageprior.DipException;

import java.io.IOException;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Gives image files to the executors and keeps account of them.
 *
 * @param spark runs the tasks
 * @param pictures what they do
 * @param slices whether each slice is a task
 */
record PictureJobs(JavaSparkContext spark, Pictures pictures, boolean slices) {

	/** What a task does with a piece. */
	private interface Action extends Serializable {

		void of(Pictures pictures, Piece piece) throws IOException;
	}

	/** @return the files without a result */
	List<Piece> open(final List<FileStatus> files) {
		try {
			Storage.deleteLeftovers(new Path(pictures.output()));
			final Set<String> done = new HashSet<>();
			if (Storage.exists(new Path(pictures.output())))
				Storage.files(new Path(pictures.output())).forEach(file -> done.add(file.getPath().getName()));
			return files.stream().filter(file -> !done.contains(pictures.result(file.getPath().getName())))
				.map(pictures::piece).toList();
		}
		catch (final IOException unreadable) {
			throw new DipException("The output folder " + pictures.output() + " cannot be read: check the path.",
				unreadable);
		}
	}

	/** @return the exit status: 0, or 3 if files failed */
	int run(final List<Piece> open) {
		final Failures failures = new Failures(new Path(pictures.output()));
		final FileTasks tasks = new FileTasks(spark, pictures.method().device, failures);
		if (!slices) run(tasks, "images", open.iterator(), open.size(), Pictures::restoreAll);
		else {
			final Map<Piece, Integer> counts = new LinkedHashMap<>();
			final Pictures where = pictures;
			tasks.run("images counted", open.iterator(), open.size(), where::count, counts::put);
			final Stream<Piece> all = counts.entrySet().stream()
				.flatMap(file -> IntStream.range(0, file.getValue()).mapToObj(file.getKey()::part));
			run(tasks, "slices", all.iterator(), counts.values().stream().mapToLong(Integer::longValue).sum(),
				Pictures::restoreSlice);
			final List<Piece> complete = counts.keySet().stream().filter(file -> !failures.has(file.name())).toList();
			run(tasks, "images put together", complete.iterator(), complete.size(), Pictures::assemble);
		}
		return failures.end(open);
	}

	private void run(final FileTasks tasks, final String what, final Iterator<Piece> pieces, final long count,
		final Action action)
	{
		final Pictures where = pictures; // this record itself cannot travel
		tasks.run(what, pieces, count, piece -> {
			action.of(where, piece);
			return true;
		}, (piece, done) -> {});
	}
}
