package io.github.deepimageprior.spark;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;

import java.io.IOException;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
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

	/** What a task does with a piece: it returns an error, or an empty text. */
	private interface Work extends Serializable {

		String of(Pictures pictures, Piece piece);
	}

	/** @return the files without a result */
	List<Piece> open(final List<FileStatus> files) {
		try {
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
		if (!slices) run("images", open.iterator(), open.size(), Pictures::restoreAll, failures::add);
		else {
			final Map<Piece, Integer> counts = new LinkedHashMap<>();
			run("images counted", open.iterator(), open.size(), Pictures::count, (piece, said) -> {
				if (said.matches(":\\d+")) counts.put(piece, Integer.parseInt(said.substring(1)));
				else failures.add(piece, said);
			});
			final Stream<Piece> all = counts.entrySet().stream()
				.flatMap(file -> IntStream.range(0, file.getValue()).mapToObj(file.getKey()::part));
			run("slices", all.iterator(), counts.values().stream().mapToLong(Integer::longValue).sum(),
				Pictures::restoreSlice, failures::add);
			final List<Piece> complete = counts.keySet().stream().filter(file -> !failures.has(file.name())).toList();
			run("images put together", complete.iterator(), complete.size(), Pictures::assemble, failures::add);
		}
		return failures.end(open);
	}

	private void run(final String what, final Iterator<Piece> pieces, final long count, final Work work,
		final BiConsumer<Piece, String> said)
	{
		final Ticker ticker = new Ticker();
		final long[] done = new long[1];
		new Pieces<>(spark, work(work, pictures, spark.getConf().getInt("spark.task.cpus", 1)),
			new Pieces.Results<Piece, String>() {

				@Override
				public void done(final Piece piece, final String error) {
					said.accept(piece, error);
					ticker.say(++done[0] + " of " + count + " " + what);
				}

				@Override
				public void lost(final Piece piece, final String problem) {
					done(piece, problem);
				}
			}).run(pieces, new Cancellation());
	}

	/** Static, so that nothing but its parameters travels to the executors. */
	private static Pieces.Work<Piece, String> work(final Work work, final Pictures pictures, final int cores) {
		return piece -> Workers.compute(pictures.method().device, cores, () -> work.of(pictures, piece));
	}
}
