package io.github.deepimageprior.spark;

import io.github.deepimageprior.DipException;

import java.util.Iterator;
import java.util.List;
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

	/** Says what the files take, from a trial on the driver with a tile of the one that has the most. */
	void estimate(final List<Piece> open) {
		final int wide = side, overlapping = overlap;
		long count = 0;
		Mosaic largest = null;
		for (final Piece file : open) {
			final Answer<Mosaic> found = Answer.of(() -> Mosaic.of(file.file(), wide, overlapping));
			if (found.error() != null) Application.say(found.error());
			else {
				count += found.value().tiles().count();
				if (largest == null || largest.tiles().count() < found.value().tiles().count()) largest = found.value();
			}
		}
		if (largest == null) throw new DipException("None of the files can be read.");
		final Mosaic image = largest;
		final Method method = pictures.method();
		final Answer<Double> trial = Workers.compute(method.device, 1, () -> Answer.of(() -> image.seconds(method)));
		if (trial.error() != null) throw new DipException(trial.error());
		Application.say(Estimate.tiles(count, trial.value(), image.memory(method), Pieces.slots(spark)));
		new ExecutorMemory(spark).require(image.memory(method));
	}

	/** @return the exit status: 0, or 3 if files failed */
	int run(final List<Piece> open) {
		final Failures failures = new Failures(new Path(pictures.output()));
		for (final Piece file : open) restore(file, failures);
		return failures.end(open);
	}

	private void restore(final Piece file, final Failures failures) {
		final FileTasks tasks = new FileTasks(spark, pictures.method().device, failures);
		final Mosaic[] mosaic = new Mosaic[1];
		final String path = file.file(), of = " of " + file.name();
		final int wide = side, overlapping = overlap;
		tasks.run("files looked at" + of, parts(file, 1), 1, piece -> Mosaic.of(path, wide, overlapping),
			(piece, found) -> mosaic[0] = found);
		if (mosaic[0] == null) return;
		final Mosaic unscaled = mosaic[0];
		final int count = unscaled.tiles().count();
		if (unscaled.bits() > Byte.SIZE) {
			final Mosaic.Range[] range = new Mosaic.Range[1];
			tasks.run("tiles looked at" + of, parts(file, count), count, piece -> unscaled.range(piece.index()),
				(piece, found) -> range[0] = range[0] == null ? found : range[0].with(found));
			if (failures.has(file.name())) return;
			mosaic[0] = unscaled.with(range[0]);
		}
		final Mosaic image = mosaic[0];
		new ExecutorMemory(spark).require(image.memory(pictures.method()));
		final Pictures where = pictures;
		tasks.run("tiles" + of, parts(file, count), count, piece -> {
			final Path part = where.part(piece);
			if (!Storage.exists(part)) PicturePart.write(part, image.restored(piece.index(), where.method()));
			return true;
		}, (piece, done) -> {});
		if (failures.has(file.name())) return;
		final Answer<Boolean> written = Answer.of(() -> {
			image.write(number -> PicturePart.read(where.part(file.part(number))), where.target(file.name()));
			Storage.delete(where.parts(file.name()));
			return true;
		});
		if (written.error() != null) failures.add(file, written.error());
	}

	private static Iterator<Piece> parts(final Piece file, final int count) {
		return IntStream.range(0, count).mapToObj(file::part).iterator();
	}
}
