package io.github.deepimageprior.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

	private static final Table TABLE = new Table("summary", "A & B", List.of("name", "value"),
		List.of(List.of("a, \"b\"", "<1"), List.of("c", "2")));
	private static final Figure FIGURE = new Figure("curve", "A curve", "Step", "p",
		List.of(
			new Figure.Curve("one", new double[] { 0, 50, 100 }, new double[] { 0, 1, .5 }, new double[] { 0, .9, .4 },
				new double[] { 0, 1.2, .6 }),
			new Figure.Curve("two", new double[] { 0, 100 }, new double[] { Double.NaN, 1 },
				new double[] { Double.NaN, Double.NaN }, new double[] { Double.NaN, Double.NaN })));

	@TempDir
	private Path folder;

	@Test
	void everyPartIsAFile() throws Exception {
		final Report report = new Report("Title", List.of(new Part.Heading("Heading"), new Part.Text("a < b"), TABLE,
			FIGURE, new Part.Pictures(List.of("pictures/x.png"), List.of("An example"))));
		report.write(folder);
		assertEquals("name,value\n\"a, \"\"b\"\"\",<1\nc,2\n", Files.readString(folder.resolve("summary.csv")));
		assertEquals("curve,Step,p,low,high\none,0.0,0.0,0.0,0.0\none,50.0,1.0,0.9,1.2\none,100.0,0.5,0.4,0.6\n"
			+ "two,0.0,NaN,,\ntwo,100.0,1.0,,\n", Files.readString(folder.resolve("curve.csv")));
		assertEquals(900, ImageIO.read(folder.resolve("curve.png").toFile()).getWidth());
		final String page = Files.readString(folder.resolve("report.html"));
		for (final String part : List.of("<h2>Heading</h2>", "<p>a &lt; b</p>", "A &amp; B", "<td>&lt;1</td>",
			"src=\"curve.png\"", "src=\"pictures/x.png\"", "An example")) assertTrue(page.contains(part), part);
		assertFalse(page.contains("http"), "opens without a network");
	}

	/** Only its own files, whatever else lies in the folder. */
	@Test
	void filesOfAnEarlierReportAreDeleted() throws Exception {
		Files.writeString(folder.resolve("notes.csv"), "the user's");
		new Report("First", List.of(TABLE, FIGURE)).write(folder);
		new Report("Second", List.of(FIGURE)).write(folder);
		assertFalse(Files.exists(folder.resolve("summary.csv")));
		new Report("Third", List.of(TABLE)).write(folder);
		for (final String gone : List.of("curve.csv", "curve.png"))
			assertFalse(Files.exists(folder.resolve(gone)), gone);
		for (final String there : List.of("notes.csv", "summary.csv", "report.html"))
			assertTrue(Files.exists(folder.resolve(there)), there);
	}

	@Test
	void longTablesAreShownOnAClick() {
		final List<List<String>> rows = java.util.Collections.nCopies(41, List.of("a"));
		assertTrue(new Report("Title", List.of(new Table(null, "Long", List.of("name"), rows))).html()
			.contains("<details><summary>Long</summary>"));
		assertFalse(new Report("Title", List.of(TABLE)).html().contains("<details>"));
	}

	/** The curve is blue, its band a light blue, and the middle of the second curve is missing. */
	@Test
	void curvesAndBandsAreDrawn() throws Exception {
		final var image = FigureImage.of(FIGURE);
		int line = 0, band = 0, other = 0;
		for (int x = 80; x < 670; x++) for (int y = 51; y < 500; y++) {
			final int rgb = image.getRGB(x, y) & 0xffffff;
			if (rgb == 0x0072b2) line++;
			if (rgb == 0xd55e00) other++;
			final int red = rgb >> 16, blue = rgb & 255;
			if (red > 180 && red < 230 && blue > 225) band++;
		}
		assertTrue(line > 400, "line " + line);
		assertTrue(band > 5000, "band " + band);
		assertEquals(0, other);
	}

	@Test
	void ticksAreRoundNumbers() {
		assertArrayEquals(new double[] { 0, .2, .4, .6, .8, 1 }, FigureImage.ticks(0, 1), 1e-12);
		assertArrayEquals(new double[] { 0, 200, 400, 600, 800, 1000 }, FigureImage.ticks(0, 1000), 1e-9);
		assertArrayEquals(new double[] { -.5, 0, .5, 1, 1.5 }, FigureImage.ticks(-.7, 1.6), 1e-12);
	}
}
