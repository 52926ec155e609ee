package io.github.deepimageprior.spark;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.data.Format;
import io.github.deepimageprior.data.Sample;
import io.github.deepimageprior.engine.AtOnce;
import io.github.deepimageprior.study.Executor;
import io.github.deepimageprior.study.Fixture;
import io.github.deepimageprior.study.Lanes;
import io.github.deepimageprior.study.Outcome;
import io.github.deepimageprior.study.Row;
import io.github.deepimageprior.study.RowLog;
import io.github.deepimageprior.study.Settings;
import io.github.deepimageprior.study.Study;
import io.github.deepimageprior.study.StudyRun;
import io.github.deepimageprior.study.WorkItem;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What Spark costs: the same items in lanes and on Spark, items that cost nothing, and what the driver keeps of each.
 * Figures are printed, one a line; see the page about Spark. After {@code mvn -Pspark -DskipTests package} it runs with
 * the class path {@code 'target/spark/test-classes:target/classes:target/spark/cluster/jars/*:target/spark/jars/*'}.
 */
final class SparkBenchmark {

	private static final int ROWS = 6;

	private SparkBenchmark() {}

	/** @param arguments steps of the prior in each item, 300 if there are none, and the number of cores, 2 if not */
	public static void main(final String... arguments) throws IOException {
		final Path folder = Files.createTempDirectory("benchmark");
		final String steps = arguments.length > 0 ? arguments[0] : "300";
		final int cores = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
		final SparkConf conf = new SparkConf().setMaster("local[" + cores + "]").setAppName("benchmark")
			.set("spark.ui.enabled", "false").set("spark.driver.host", "127.0.0.1")
			.set("spark.driver.bindAddress", "127.0.0.1");
		Application.check(conf);
		try (JavaSparkContext spark = new JavaSparkContext(conf)) {
			overhead(folder, steps, cores, spark);
			for (final int count : new int[] { 400, 40, 400, 4000 }) pieces(count, spark);
		}
		items(100_000);
		for (final int count : new int[] { 500, 5000 }) rows(count, folder);
	}

	private static void print(final String what, final double value) {
		System.out.println(String.format(Locale.ROOT, "%s: %.4g", what, value));
	}

	/** Wall-clock and CPU seconds; on a machine that others use too, only the latter can be compared. */
	private record Cost(double wall, double cpu) {

		static Cost of(final Runnable work) {
			final var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
			final long start = System.nanoTime(), before = system.getProcessCpuTime();
			work.run();
			return new Cost((System.nanoTime() - start) / 1e9, (system.getProcessCpuTime() - before) / 1e9);
		}
	}

	/** Forty items, in lanes and on as many cores of Spark, in turns. */
	private static void overhead(final Path folder, final String steps, final int cores, final JavaSparkContext spark)
		throws IOException
	{
		final Path data = Fixture.pictures(folder.resolve("data"), 8);
		final Executor.Factory lanes = (items, bytes, device, together) -> new Lanes(
			together == 1 ? new AtOnce(cores, 1, false) : new AtOnce(cores, together, false, true)),
			cluster = SparkExecutor.on(spark);
		study(data, folder.resolve("first"), "4", lanes);
		study(data, folder.resolve("second"), "4", cluster);
		for (int i = 0; i < 3; i++) {
			final Cost one = study(data, folder.resolve("lanes" + i), steps, lanes),
				other = study(data, folder.resolve("spark" + i), steps, cluster);
			print("40 items in lanes, s", one.wall);
			print("40 items on Spark, s", other.wall);
			print("40 items in lanes, CPU-s", one.cpu);
			print("40 items on Spark, CPU-s", other.cpu);
			print("ratio of CPU-s", other.cpu / one.cpu);
		}
	}

	private static Cost study(final Path data, final Path output, final String steps,
		final Executor.Factory executors)
	{
		final Settings settings = Fixture.defence(data, output).with("count", 8).with("dip_steps", steps)
			.with("attacks", "clean, FGSM 5, FGSM 10, BI 10, LLCI 10");
		return Cost.of(() -> new StudyRun(settings, "", StudyRun.Listener.NONE, executors).run(new Cancellation()));
	}

	/** Pieces that cost nothing. */
	private static void pieces(final int count, final JavaSparkContext spark) {
		final int[] done = new int[1];
		final Cost cost = Cost.of(() -> new Pieces<Integer, Integer>(spark, piece -> piece, new Pieces.Results<>() {

			@Override
			public void done(final Integer piece, final Integer result) {
				done[0]++;
			}

			@Override
			public void lost(final Integer piece, final String problem) {
				throw new IllegalStateException(problem);
			}
		}).run(IntStream.range(0, count).iterator(), new Cancellation()));
		if (done[0] != count) throw new IllegalStateException(done[0] + " of " + count);
		print(count + " empty pieces, s", cost.wall);
		print(count + " empty pieces, CPU-s", cost.cpu);
		print("heap with " + count + " pieces, MB", heap() / 1e6);
	}

	private static long heap() {
		System.gc();
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

	private static WorkItem item(final int i) {
		final String number = String.format("%020d", i);
		return new WorkItem("imagenet",
			new Sample("n01440764/ILSVRC2012_val_" + i + ".JPEG", "n01440764",
				"/data/imagenet/val/n01440764/ILSVRC2012_val_" + i + ".JPEG", 0, Format.IMAGE),
			0, "tench", "FGSM 5", number, number + "x");
	}

	/** What the driver keeps of each item of a study. */
	private static void items(final int count) {
		final long before = heap();
		final List<WorkItem> all = new ArrayList<>(IntStream.range(0, count).mapToObj(SparkBenchmark::item).toList());
		print("heap for an item, bytes", (double) (heap() - before) / all.size());
	}

	/** How fast the driver writes outcomes, and what it keeps of each. */
	private static void rows(final int count, final Path folder) throws IOException {
		final Path output = Files.createDirectories(folder.resolve("rows" + count));
		final long before = heap();
		try (RowLog log = new RowLog(output, Study.COLUMNS)) {
			final Cost cost = Cost.of(() -> IntStream.range(0, count).forEach(i -> log.append(
				new Outcome(item(i), IntStream.range(0, ROWS).mapToObj(step -> row(i)).toList(), Map.of(), null))));
			print("outcomes written a second", count / cost.wall);
			print("heap for the rows of an outcome, bytes", (double) (heap() - before) / count);
			print("file for an outcome, bytes", (double) Files.size(output.resolve("rows.csv")) / count);
			if (!log.has(item(0))) throw new IllegalStateException();
		}
	}

	private static Row row(final int i) {
		return Row.of("set", "imagenet", "picture", "n01440764/" + i + ".JPEG", "class", "tench", "attack", "FGSM 5",
			"epsilon", 5, "defence", "DIP", "preset", "Fast", "seed", 0, "step", 500 + i, "predicted", "tench", "right",
			1, "p_true", 0.1 + i, "p_predicted", 0.2 + i, "linf", 5, "l2", 3.1 + i, "psnr", 30.1 + i, "seconds",
			1.5 + i);
	}
}
