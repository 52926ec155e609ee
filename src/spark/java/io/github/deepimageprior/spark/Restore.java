package io.github.deepimageprior.spark;

import java.util.List;
import java.util.Locale;

import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Restores the images of a folder on a cluster: the main class for spark-submit. */
@Command(name = "Restore",
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

	@Mixin
	private Method method;

	/** Restores images. */
	public static void main(final String... arguments) {
		end(execute(new Restore(), arguments));
	}

	@Override
	public Integer call() {
		method.resolve();
		return withSpark("DIP " + method.kind, this::run);
	}

	private int run(final JavaSparkContext spark) {
		final Path folder = Storage.path(output);
		final Pictures pictures = new Pictures(method, folder.toString(), "--task " + method.kind);
		final List<FileStatus> files = Storage.files(Storage.path(input)).stream()
			.filter(file -> !file.getPath().getName().endsWith(pictures.ending())).toList();
		final PictureJobs jobs = new PictureJobs(spark, pictures, slices);
		final List<Pictures.Piece> open = jobs.open(files);
		say(String.format(Locale.ROOT, "%d images, %d done before.", files.size(), files.size() - open.size()));
		if (open.isEmpty()) return 0;
		final Estimate estimate = Estimate.of(files, method);
		say(estimate.sentence(open.size(), Pieces.slots(spark)));
		if (estimate.isKnown()) new ExecutorMemory(spark).require(estimate.bytes());
		return dryRun ? 0 : jobs.run(open);
	}
}
