package io.github.deepimageprior.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureStudyTest {

	@TempDir
	private Path folder;

	@Test
	void allArchitecturesGetTheSameNoise() throws Exception {
		final Settings settings = Fixture
			.architecture(Fixture.pictures(folder.resolve("data"), 3), folder.resolve("out")).with("count", 2);
		new StudyRun(settings, "", StudyRun.Listener.NONE).run(new Cancellation());
		final List<Row> rows = Fixture.table(settings);
		assertEquals(2 * 4 * 5, rows.size(), "pictures x architectures x (itself, three steps, the stop)");
		final var noisy = rows.stream().filter(row -> row.text("step").equals("0")).collect(Collectors
			.groupingBy(row -> row.text("picture"), Collectors.mapping(row -> row.text("psnr"), Collectors.toSet())));
		for (final var psnr : noisy.values()) {
			assertEquals(1, psnr.size());
			assertEquals(20.2, Double.parseDouble(psnr.iterator().next()), 1.5, "25 of 255");
		}
		final List<String> table = Files.readAllLines(folder.resolve("out/summary.csv"));
		assertEquals(1 + 4, table.size());
		final double best = rows.stream().filter(row -> row.text("scales").equals("1") && row.text("skip").equals("4"))
			.filter(row -> row.text("defence").equals("DIP") && !row.text("step").equals("0"))
			.collect(Collectors.groupingBy(row -> row.text("picture"),
				Collectors.summarizingDouble(row -> row.number("psnr"))))
			.values().stream().mapToDouble(summary -> summary.getMax()).average().getAsDouble();
		assertTrue(table.get(2).contains(String.format(Locale.ROOT, "%.2f [", best)), table.get(2));
		assertTrue(Files.exists(folder.resolve("out/architectures.png")));
		final List<String> stopped = rows.stream().filter(row -> row.text("defence").equals(ArchitectureStudy.STOP))
			.map(row -> row.text("stopped")).toList();
		assertEquals(Collections.nCopies(8, "0"), stopped, "a few steps are too few for the rule");
		final String report = Files.readString(folder.resolve("out/report.html"));
		assertTrue(report.contains("found its step in 0 of 8 fits"), report);
		assertTrue(report.contains("Median: "), report);
	}

	/** A picture alone has no interval, and without noise no finite PSNR. */
	@Test
	void whatDoesNotExistIsNotPrinted() throws Exception {
		final Settings settings = Fixture
			.architecture(Fixture.pictures(folder.resolve("data"), 1), folder.resolve("out")).with("count", 1)
			.with("noise", 0).with("scale_list", 1).with("skip_list", 4).with("iterations", 4);
		new StudyRun(settings, "", StudyRun.Listener.NONE).run(new Cancellation());
		final String line = Files.readAllLines(folder.resolve("out/summary.csv")).get(1);
		assertTrue(line.matches("1,8,4,3,\\d+,1,inf,[\\d.]+,4\\.00,[\\d.]+,[\\d.]+,[\\d.]+"), line);
	}

	@ParameterizedTest
	@CsvSource({ "scale_list, 0", "kernel_list, 4", "map_list, x", "kernel_list, 3 5",
		"skip_list, 0 3 16", "map_list, -8", "map_list, 99999", "map_list, '8,,4'", "map_list, '8, 08'",
		"noise, many", "noise, -1", "interval, 20" })
	void whatCannotBeBuiltIsASentence(final String key, final String value) {
		final Settings settings = Fixture.architecture(folder, folder).with(key, value);
		final String advice = assertThrows(DipException.class, () -> Studies.of(settings)).getMessage();
		assertTrue(advice.matches("[A-Z].*[.]") && advice.contains(key), advice);
	}
}
