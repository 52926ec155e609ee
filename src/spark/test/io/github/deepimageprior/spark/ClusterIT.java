package io.github.deepimageprior.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.ChildProcess;
import io.github.deepimageprior.study.Fixture;
import io.github.deepimageprior.study.Settings;
import io.github.deepimageprior.study.StudyRun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study on a cluster of processes, some of which are killed: a master and two workers on the loopback interface. */
@Tag("spark")
class ClusterIT {

	private static final int ITEMS = 40;

	/** The longest wait, on a machine that others use too. */
	private static final int MINUTES = 5;

	private static final Path SPARK = Path.of(System.getProperty("spark.directory")).toAbsolutePath();

	@TempDir
	private static Path shared;

	private static Path data, quiet;

	@TempDir
	private Path folder;

	private final List<Process> drivers = new ArrayList<>();
	private String master;

	private static Settings settings(final Path output) {
		return Fixture.defence(data, output).with("count", 8).with("dip_steps", "40, 80").with("attacks",
			"clean, FGSM 5, FGSM 10, BI 10, LLCI 10");
	}

	@BeforeAll
	static void quietRun() throws IOException {
		data = Fixture.pictures(shared.resolve("data"), 8);
		quiet = shared.resolve("quiet");
		assertEquals(ITEMS,
			new StudyRun(settings(quiet), "", StudyRun.Listener.NONE).run(new Cancellation()).complete());
	}

	@BeforeEach
	void start() throws Exception {
		final Process start = cluster("start", "2", "1", "700m");
		master = new String(start.getInputStream().readAllBytes()).strip();
		assertEquals(0, start.waitFor());
	}

	@AfterEach
	void stop() throws Exception {
		drivers.forEach(Process::destroyForcibly);
		assertEquals(0, cluster("stop").waitFor());
	}

	private static Process cluster(final String command, final String... arguments) throws IOException {
		final List<String> line = new ArrayList<>(
			List.of("bash", "src/spark/cluster.sh", command, SPARK.resolve("cluster").toString()));
		line.addAll(List.of(arguments));
		return ChildProcess.start(quick(new ProcessBuilder(line)).redirectError(ProcessBuilder.Redirect.INHERIT));
	}

	/** For Java processes that live shortly; the executors inherit it from their workers. */
	private static ProcessBuilder quick(final ProcessBuilder process) {
		process.environment().put("JAVA_TOOL_OPTIONS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
		return process;
	}

	/** Starts the study as a user does, with spark-submit. */
	private Process submit(final Path output, final String log) throws IOException {
		final Path file = Files.writeString(folder.resolve("settings.json"),
			new Gson().toJson(Map.of("settings", settings(output).values())));
		try (Stream<Path> jars = Files.list(SPARK.resolve("jars")); Stream<Path> own = Files.list(SPARK.getParent())) {
			final Path jar = own.filter(path -> path.toString().endsWith("-spark.jar")).findFirst().get();
			final ProcessBuilder submit = new ProcessBuilder("bash", "src/spark/cluster.sh", "submit",
				SPARK.resolve("cluster").toString(), "--master", master, "--class", Study.class.getName(), "--conf",
				"spark.executor.memory=512m", "--conf", "spark.ui.enabled=false", "--jars", jars.map(Path::toString)
					.filter(name -> !name.matches(".*/(ij|scijava-common)-[^/]*")).collect(Collectors.joining(",")),
				jar.toString(), "--settings", file.toString());
			drivers.add(ChildProcess
				.start(quick(submit).redirectErrorStream(true).redirectOutput(folder.resolve(log).toFile())));
			return drivers.get(drivers.size() - 1);
		}
	}

	/** Waits until so many items have rows. */
	private void await(final Process driver, final Path output, final int items, final String log) throws Exception {
		final long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
		while (keys(output).size() < items) {
			assertTrue(driver.isAlive() && System.nanoTime() < end, Files.readString(folder.resolve(log)));
			Thread.sleep(100);
		}
	}

	/**
	 * @return the keys of the items that have rows, in the order in which they were written, each as often as it was
	 */
	private static List<String> keys(final Path output) throws IOException {
		if (!Files.exists(output.resolve("rows.csv"))) return List.of();
		return Files.readAllLines(output.resolve("rows.csv")).stream().map(line -> line.split(",", 3))
			.filter(cells -> cells.length == 3 && cells[1].equals("1")).map(cells -> cells[0]).toList();
	}

	private static ProcessHandle worker(final int number) throws IOException {
		return ProcessHandle
			.of(Long.parseLong(Files.readString(SPARK.resolve("cluster/run/worker-" + number + ".pid")).strip())).get();
	}

	private void assertEnds(final Process driver, final String log) throws Exception {
		assertTrue(driver.waitFor(MINUTES, TimeUnit.MINUTES));
		assertEquals(0, driver.exitValue(), Files.readString(folder.resolve(log)));
	}

	@Test
	void anExecutorAndThenAWorkerAreKilled() throws Exception {
		final Path output = folder.resolve("output");
		final Process driver = submit(output, "log");
		await(driver, output, 4, "log");
		final ProcessHandle executor = worker(1).children().findFirst().get();
		assertTrue(executor.destroyForcibly());
		await(driver, output, 12, "log");
		worker(2).children().forEach(ProcessHandle::destroyForcibly);
		assertTrue(worker(2).destroyForcibly());
		assertEnds(driver, "log");
		assertEquals(Fixture.rows(quiet), Fixture.rows(output));
		assertFalse(executor.isAlive());
	}

	@Test
	void theDriverIsKilledAndStartedAgain() throws Exception {
		final Path output = folder.resolve("output");
		final Process killed = submit(output, "killed");
		await(killed, output, 10, "killed");
		killed.destroyForcibly().waitFor();
		final List<String> done = keys(output);
		assertTrue(done.size() >= 10 && done.size() < ITEMS, "done " + done.size());
		final Process again = submit(output, "again");
		assertEnds(again, "again");
		assertTrue(Files.readString(folder.resolve("again")).contains((ITEMS - done.size()) + " items take about"));
		assertEquals(Fixture.rows(quiet), Fixture.rows(output));
	}
}
