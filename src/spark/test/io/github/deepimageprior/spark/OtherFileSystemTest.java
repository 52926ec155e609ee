package io.github.deepimageprior.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;

import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ByteProcessor;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.study.Fixture;
import io.github.deepimageprior.study.StudyRun;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Input and output on a file system that is not that of the computer. */
@Tag("spark")
class OtherFileSystemTest {

	/** The files of this computer under another scheme. */
	public static final class Other extends RawLocalFileSystem {

		@Override
		public URI getUri() {
			return URI.create("other:///");
		}

		@Override
		public String getScheme() {
			return "other";
		}
	}

	@TempDir
	private Path folder;

	private static int run(final Application application, final String... arguments) {
		return Local.run(application,
			Map.of("spark.master", "local[2]", "spark.hadoop.fs.other.impl", Other.class.getName()), arguments);
	}

	@Test
	void aStudyReadsAndWritesThere() throws IOException {
		final Path data = Fixture.pictures(folder.resolve("data"), 2), lanes = folder.resolve("lanes"),
			spark = folder.resolve("spark");
		final var settings = Fixture.defence(data, lanes).with("count", 2).with("attacks", "clean, FGSM 5");
		new StudyRun(settings, "", StudyRun.Listener.NONE).run(new Cancellation());
		final Path file = Files.writeString(folder.resolve("settings.json"), new Gson().toJson(settings.values()));
		final String[] arguments = { "--settings", "other:" + file, "--data", "other:" + data, "--output",
			"other:" + spark };
		assertEquals(0, run(new Study(), arguments));
		assertEquals(Fixture.rows(lanes), Fixture.rows(spark));
		assertTrue(Files.exists(spark.resolve("report.html")) && Files.exists(spark.resolve("pictures")));
		assertFalse(Files.exists(spark.resolve(".lock")), "which locks nothing there");
		final String rows = Files.readString(spark.resolve("rows.csv"));
		assertTrue(
			Console.of(() -> assertEquals(0, run(new Study(), arguments))).contains("4 of 4 items are complete"));
		assertEquals(rows, Files.readString(spark.resolve("rows.csv")), "nothing was computed again");
	}

	@Test
	void aStudyReplacesNoFilesOfTheUser() throws IOException {
		final Path data = Fixture.pictures(folder.resolve("data"), 2),
			output = Files.createDirectories(folder.resolve("output"));
		final Path file = Files.writeString(folder.resolve("settings.json"),
			new Gson().toJson(Fixture.defence(data, output).values())),
			page = Files.writeString(output.resolve("report.html"), "the user's");
		assertEquals(1, run(new Study(), "--settings", file.toString(), "--output", "other:" + output));
		assertEquals("the user's", Files.readString(page));
		try (Stream<Path> files = Files.list(output)) {
			assertEquals(List.of(page), files.toList());
		}
	}

	@Test
	void imagesAreReadAndWrittenThere() throws IOException {
		final Path images = Files.createDirectories(folder.resolve("images")), output = folder.resolve("output");
		final ByteProcessor pixels = new ByteProcessor(20, 16);
		pixels.noise(40);
		new FileSaver(new ImagePlus("a", pixels)).saveAsTiff(images.resolve("a b.tif").toString());
		Files.createDirectories(output);
		final Path old = Files.createFile(output.resolve(".b.tif." + UUID.randomUUID() + ".part")),
			recent = Files.createFile(output.resolve(".c.tif." + UUID.randomUUID() + ".part"));
		Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
		assertEquals(0, run(new Restore(), "--input", "other:" + images, "--output", "other:" + output, "--task",
			"purify", "--iterations", "2", "--network", "Arch-2", "--precision", "float32"));
		assertTrue(Files.size(output.resolve("a b.tif.purified.tif")) > 20 * 16);
		assertFalse(Files.exists(old), "what a killed task left");
		assertTrue(Files.exists(recent), "what a task may still write");
	}

	/** Nothing beside the copies is deleted with them. */
	@Test
	void theRootOfAFileSystemHasACopyOfItsOwn() {
		try (JavaSparkContext spark = new JavaSparkContext(new SparkConf().setMaster("local[1]").setAppName("test")
			.set("spark.ui.enabled", "false").set("spark.driver.host", "127.0.0.1")
			.set("spark.driver.bindAddress", "127.0.0.1").set("spark.hadoop.fs.other.impl", Other.class.getName())))
		{
			final Path local;
			try (RemoteFolder root = new RemoteFolder("other:/", List.of())) {
				local = root.local();
				assertTrue(local.getParent().getFileName().toString().startsWith("dip"), local.toString());
			}
			assertFalse(Files.exists(local.getParent()), "deleted with the copy");
		}
	}
}
