package io.github.deepimageprior.spark;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Restores huge TIFF files, one after the other, each tile as a task. Restored tiles wait in files beside the result;
 * the driver blends them.
 *
 * @param spark runs the tasks
 * @param pictures where results go
 * @param side of the tiles in pixels
 * @param overlap of the tiles in pixels
 */
record MosaicJobs(JavaSparkContext spark, Pictures pictures, int side, int overlap) {

	/** What a task found, or why it could not. */
	private record Answer<V extends Serializable>(V value, String error) implements Serializable {}

	/** What a task does with a tile. */
	private interface Work<V> extends Serializable {

		V of(int number) throws IOException;
	}

	/** Says what the files take, from a trial on the driver with a tile of the one that has the most. */
	void estimate(final List<Piece> open) {
		final int wide = side, overlapping = overlap;
		long count = 0;
		Mosaic largest = null;
		for (final Piece file : open) {
			final Answer<Mosaic> found = answer(number -> Mosaic.of(file.file(), wide, overlapping), 0);
			if (found.error != null) Application.say(found.error);
			else {
				count += found.value.tiles().count();
				if (largest == null || largest.tiles().count() < found.value.tiles().count()) largest = found.value;
			}
		}
		if (largest == null) throw new DipException("None of the files can be read.");
		final Mosaic image = largest;
		final Method method = pictures.method();
		final Answer<Double> trial = Workers.compute(method.device, 1,
			() -> answer(number -> image.seconds(method), 0));
		if (trial.error != null) throw new DipException(trial.error);
		Application.say(Estimate.tiles(count, trial.value, image.memory(method), Pieces.slots(spark)));
		new ExecutorMemory(spark).require(image.memory(method));
	}

	/** @return the exit status: 0, or 3 if files failed */
	int run(final List<Piece> open) {
		final Failures failures = new Failures(new Path(pictures.output()));
		for (final Piece file : open) restore(file, failures);
		return failures.end(open);
	}

	private void restore(final Piece file, final Failures failures) {
		final Mosaic[] mosaic = new Mosaic[1];
		final String path = file.file();
		final int wide = side, overlapping = overlap;
		each(file, 1, "files looked at", number -> Mosaic.of(path, wide, overlapping), failures,
			found -> mosaic[0] = found);
		if (mosaic[0] == null) return;
		final Mosaic unscaled = mosaic[0];
		final int count = unscaled.tiles().count();
		if (unscaled.bits() > Byte.SIZE) {
			final Mosaic.Range[] range = new Mosaic.Range[1];
			each(file, count, "tiles looked at", unscaled::range, failures,
				found -> range[0] = range[0] == null ? found : range[0].with(found));
			if (failures.has(file.name())) return;
			mosaic[0] = unscaled.with(range[0]);
		}
		final Mosaic image = mosaic[0];
		new ExecutorMemory(spark).require(image.memory(pictures.method()));
		final Pictures where = pictures;
		each(file, count, "tiles", number -> {
			final Path part = where.part(file.part(number));
			if (!Storage.exists(part)) PicturePart.write(part, image.restored(number, where.method()));
			return 0;
		}, failures, done -> {});
		if (failures.has(file.name())) return;
		failures.add(file, Pictures.attempt(() -> {
			image.write(number -> PicturePart.read(where.part(file.part(number))), where.target(file.name()));
			Storage.delete(where.parts(file.name()));
			return "";
		}));
	}

	private <V extends Serializable> void each(final Piece file, final int count, final String what, final Work<V> work,
		final Failures failures, final Consumer<V> found)
	{
		final Ticker ticker = new Ticker();
		final int[] done = new int[1];
		new Pieces<>(spark, lane(work, pictures.method(), spark.getConf().getInt("spark.task.cpus", 1)),
			new Pieces.Results<Integer, Answer<V>>() {

				@Override
				public void done(final Integer number, final Answer<V> answer) {
					if (answer.error == null) found.accept(answer.value);
					else failures.add(file.part(number), answer.error);
					ticker.say(++done[0] + " of " + count + " " + what + " of " + file.name());
				}

				@Override
				public void lost(final Integer number, final String problem) {
					done(number, new Answer<>(null, problem));
				}
			}).run(IntStream.range(0, count).iterator(), new Cancellation());
	}

	/** Static, so that nothing but its parameters travels to the executors. */
	private static <V extends Serializable> Pieces.Work<Integer, Answer<V>> lane(final Work<V> work,
		final Method method, final int cores)
	{
		return number -> Workers.compute(method.device, cores, () -> answer(work, number));
	}

	private static <V extends Serializable> Answer<V> answer(final Work<V> work, final int number) {
		final AtomicReference<V> value = new AtomicReference<>();
		final String error = Pictures.attempt(() -> {
			value.set(work.of(number));
			return "";
		});
		return new Answer<>(value.get(), error.isEmpty() ? null : error);
	}
}
