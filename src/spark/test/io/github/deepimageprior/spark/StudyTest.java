package io.github.deepimageprior.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.study.Fixture;
import io.github.deepimageprior.study.Settings;
import io.github.deepimageprior.study.StudyRun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Studies on Spark within this process. */
@Tag("spark")
class StudyTest {

	@TempDir
	private Path folder;

	@Test
	void rowsEqualThoseOfLanes() throws IOException {
		final Path data = Fixture.pictures(folder.resolve("data"), 3), lanes = folder.resolve("lanes"),
			spark = folder.resolve("spark");
		new StudyRun(Fixture.defence(data, lanes), "", StudyRun.Listener.NONE).run(new Cancellation());
		final Path settings = written(Fixture.defence(data, lanes));
		final String dry = Console.of(() -> assertEquals(0, Local.run(new Study(), "local[2]", "--settings",
			settings.toString(), "--output", spark.toString(), "--dry-run")));
		assertTrue(dry.contains("9 of 9 items are to be computed"), dry);
		assertTrue(Files.notExists(spark));
		final String said = Console.of(() -> assertEquals(0,
			Local.run(new Study(), "local[2]", "--settings", settings.toString(), "--output", spark.toString())));
		assertTrue(said.contains("9 of 9 items are complete: open " + spark.resolve("report.html")), said);
		assertEquals(Fixture.rows(lanes), Fixture.rows(spark));
		assertEquals(Files.readString(lanes.resolve("summary.csv")), Files.readString(spark.resolve("summary.csv")));
	}

	/** What would be ignored, or decide silently. */
	@Test
	void aSettingThatIsUnknownOrTwiceIsASentence() throws IOException {
		final Path data = Fixture.pictures(folder.resolve("data"), 1), output = folder.resolve("output");
		final Settings settings = Fixture.defence(data, output);
		final Path file = written(settings.with("download", true));
		assertTrue(said(file, "--dry-run").contains("3 of 3 items are to be computed"), "consent is no setting");
		assertTrue(said(file, "--set", "onlyright=true").contains("There is no setting 'onlyright' of DIP Defence"));
		for (final String json : List.of(new Gson().toJson(settings.values()), Files.readString(file))) {
			Files.writeString(file, json.replace("\"seed\":", "\"seed\":\"1\",\"seed\":"));
			assertTrue(said(file).contains("each key stands once"), said(file));
		}
		Files.writeString(file, "{\"settings\":{},\"settings\":{}}");
		assertTrue(said(file).contains("each key stands once"), said(file));
		assertTrue(Files.notExists(output));
	}

	private static String said(final Path file, final String... options) {
		return Console.of(() -> Local.run(new Study(), "local[2]",
			Stream.concat(Stream.of("--settings", file.toString()), Stream.of(options)).toArray(String[]::new)));
	}

	private Path written(final Settings settings) throws IOException {
		return Files.writeString(folder.resolve("settings.json"),
			new Gson().toJson(Map.of("settings", settings.values())));
	}
}
