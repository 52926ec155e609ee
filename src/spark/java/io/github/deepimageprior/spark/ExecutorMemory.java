package io.github.deepimageprior.spark;

import ai.djl.Device;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.engine.AvailableMemory;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Compares what tasks need outside the Java heap with what an executor has. On YARN and Kubernetes that is a setting,
 * whose excess ends the executor; elsewhere it is the memory of the machine, which all its executors share.
 *
 * @param spark with the settings
 */
record ExecutorMemory(JavaSparkContext spark) {

	/** What an executor needs besides tasks: libtorch itself, and Java outside its heap. */
	private static final long BASE = 600_000_000;

	/** The part of a machine's free memory that is used. */
	private static final double SHARE = 0.8;

	private static final long MEGABYTE = 1 << 20;

	/** What an executor says of itself. */
	private record Found(String host, String executor, long available) implements Serializable {}

	/** @throws DipException if tasks that need so many bytes each do not fit; it says which setting to change */
	void require(final long bytes) {
		final SparkConf conf = spark.getConf();
		final int cpus = conf.getInt("spark.task.cpus", 1);
		if (conf.get("spark.master").matches("(yarn|k8s).*"))
			require(bytes, conf.getInt("spark.executor.cores", 1) / cpus, overhead(conf), "on it");
		else
			found().forEach((host, executors) -> {
				final long available = executors.values().stream().mapToLong(Long::longValue).min().getAsLong();
				final int all = Math.max(1, spark.sc().statusTracker().getExecutorInfos().length - 1);
				final double share = spark.sc().isLocal() ? 1
					: (double) executors.size() / Math.max(all, executors.size());
				require(bytes, (int) Math.ceil(Pieces.slots(spark) * share), (long) (SHARE * available), "on " + host);
			});
	}

	/** @return bytes outside the heap of an executor, as Spark computes them */
	static long overhead(final SparkConf conf) {
		final long heap = conf.getSizeAsMb("spark.executor.memory", "1g");
		final long least = conf.getSizeAsMb("spark.executor.minMemoryOverhead", "384m");
		final double factor = conf.getDouble("spark.executor.memoryOverheadFactor", 0.1);
		return MEGABYTE
			* conf.getSizeAsMb("spark.executor.memoryOverhead", Math.max(least, (long) (factor * heap)) + "m");
	}

	static void require(final long bytes, final int tasks, final long available, final String where) {
		final long needed = BASE + tasks * bytes;
		if (needed <= available) return;
		throw new DipException(String.format(Locale.ROOT,
			"%d tasks at once need about %.1f GB outside the Java heap, but there are %.1f GB %s: set "
				+ "spark.executor.memoryOverhead=%dm where the cluster has that memory, or fewer tasks at once with "
				+ "spark.executor.cores or a larger spark.task.cpus.",
			tasks, needed / 1e9, available / 1e9, where, needed / MEGABYTE + 1));
	}

	/** @return free bytes by host and executor; a task on each, as far as Spark spreads them */
	private Map<String, Map<String, Long>> found() {
		final int tasks = spark.sc().isLocal() ? 1 : 2 * Pieces.slots(spark);
		final List<Found> all = spark.parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
			.map(number -> new Found(java.net.InetAddress.getLocalHost().getHostName(), SparkEnv.get().executorId(),
				AvailableMemory.on(Device.cpu())))
			.collect();
		final Map<String, Map<String, Long>> hosts = new HashMap<>();
		for (final Found one : all)
			hosts.computeIfAbsent(one.host, none -> new HashMap<>()).put(one.executor, one.available);
		return hosts;
	}
}
