package io.github.deepimageprior.spark;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.restore.RestoreSettings;
import io.github.deepimageprior.tile.Tiles;

import java.util.List;

import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Restores the images of a folder on a cluster: the main class for spark-submit. */
@Command(name = "Restore",
	customSynopsis = "spark-submit ... Restore ... --task TASK --input FOLDER --output FOLDER [OPTIONS]",
	description = { "Purifies, denoises, inpaints or enlarges every image of a folder on a Spark cluster.",
		"The result of a.png is a.png.purified.tif or a.png.restored.tif in the output folder. Results that exist are "
			+ "skipped, so an interrupted run goes on when the same command is started again. What failed is listed in "
			+ "failed.csv. Folders are paths of Hadoop: file:, hdfs:, s3a: and others." })
public final class Restore extends Application {

	@Option(names = "--input", required = true, paramLabel = "FOLDER", description = "Folder of images, or one image.")
	private String input;

	@Option(names = "--output", required = true, paramLabel = "FOLDER",
		description = "Folder of the results: another one for each set of options.")
	private String output;

	@Option(names = "--slices", description = "Each slice of a stack is a task of its own.")
	private boolean slices;

	@Option(names = "--tiles", paramLabel = "SIDE", defaultValue = "0",
		description = "For huge TIFF files, to purify or denoise: each tile of so many pixels a side is a task of its "
			+ "own, and no process holds the whole image.")
	private int tiles;

	@Option(names = "--overlap", paramLabel = "PIXELS", defaultValue = "" + RestoreSettings.OVERLAP,
		description = "Least overlap of neighbouring tiles; default: ${DEFAULT-VALUE}")
	private int overlap;

	@Mixin
	private Method method;

	/** Restores images. */
	public static void main(final String... arguments) {
		end(execute(new Restore(), arguments));
	}

	@Override
	public Integer call() {
		method.resolve();
		if (tiles != 0) requireTiles();
		return withSpark("dip-" + method.kind, this::run);
	}

	private int run(final JavaSparkContext spark) {
		final Path folder = Storage.path(output);
		final Pictures pictures = new Pictures(method, folder.toString(),
			tiles == 0 ? "slices" : "tiles of " + tiles + " pixels that overlap by " + overlap);
		final List<FileStatus> files = Storage.files(Storage.path(input)).stream()
			.filter(file -> !file.getPath().getName().endsWith(pictures.ending())).toList();
		final PictureJobs jobs = new PictureJobs(spark, pictures, slices);
		final List<Piece> open = jobs.open(files);
		final int before = files.size() - open.size();
		say(files.size() + (files.size() == 1 ? " image, " : " images, ") + before + " done before.");
		if (open.isEmpty()) return 0;
		if (tiles != 0) {
			final MosaicJobs mosaics = new MosaicJobs(spark, pictures, tiles, overlap);
			if (!dryRun) return mosaics.run(open);
			mosaics.estimate(open);
			return 0;
		}
		final Estimate estimate = Estimate.of(files, pictures);
		say(estimate.sentence(open.size(), Pieces.slots(spark)));
		if (estimate.isKnown()) new ExecutorMemory(spark).require(estimate.bytes());
		return dryRun ? 0 : jobs.run(open);
	}

	private void requireTiles() {
		new Tiles(tiles, tiles, tiles, overlap);
		if (method.kind != Method.Kind.purify && method.kind != Method.Kind.denoise)
			throw new DipException("Tiles are for the tasks purify and denoise: leave out --tiles.");
		if (!method.isFitted() && method.noise == 0)
			throw new DipException(
				"The noise of an image cannot be estimated tile by tile: give its standard deviation "
					+ "as --noise-level, in the images' own units.");
		if (method.hot == Method.Hot.keep)
			throw new DipException("Hot pixels are not looked for in tiles: leave out --hot-pixels or --tiles.");
		if (slices) throw new DipException("Tiles are those of a single plane: leave out --slices or --tiles.");
	}
}
