package io.github.deepimageprior.spark;

import io.github.deepimageprior.DipException;

import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the main classes have in common. */
@Command(sortOptions = false, usageHelpAutoWidth = true)
abstract class Application implements Callable<Integer> {

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Prints this text and ends.")
	private boolean help;

	@Option(names = "--dry-run",
		description = "Prints what there is to compute, how long it takes and how much memory it needs, and ends.")
	boolean dryRun;

	/**
	 * Parses the arguments and runs the application; an error is one sentence.
	 *
	 * @return the exit status: 0 if all went well, 1 after an error, 2 for unusable arguments, 3 if some work failed
	 */
	static int execute(final Application application, final String... arguments) {
		System.setProperty("java.awt.headless", "true");
		return new CommandLine(application).setExecutionExceptionHandler((problem, line, parsed) -> {
			if (!(problem instanceof DipException)) throw problem;
			line.getErr().println(problem.getMessage());
			return 1;
		}).execute(arguments);
	}

	/** Ends the process with a status; with 0 by itself, since a cluster may go on with its own work. */
	static void end(final int status) {
		if (status != 0) System.exit(status);
	}

	/** Does work on Spark, as spark-submit has set it up. */
	static int withSpark(final String name, final ToIntFunction<JavaSparkContext> work) {
		final SparkConf conf = new SparkConf().setAppName(name);
		check(conf);
		try (JavaSparkContext spark = new JavaSparkContext(conf)) {
			return work.applyAsInt(spark);
		}
	}

	/** Refuses what would compute things twice, and sets what results need. */
	static void check(final SparkConf conf) {
		if (conf.getBoolean("spark.speculation", false))
			throw new DipException(
				"Spark's speculation is on, which computes long items twice: set spark.speculation=false.");
		conf.set("spark.serializer", "org.apache.spark.serializer.JavaSerializer"); // Kryo needs opened packages,
		conf.set("spark.serializer.extraDebugInfo", "false"); // and so does the search for what is not serialisable
		conf.setIfMissing("spark.log.level", "WARN"); // so that our own lines are seen
		if (!conf.contains("spark.master"))
			throw new DipException(
				"There is no Spark master: start this with spark-submit, such as spark-submit --master local[2].");
	}

	/** Prints a line that tells the user what goes on. */
	static void say(final String sentence) {
		System.out.println(sentence);
	}
}
