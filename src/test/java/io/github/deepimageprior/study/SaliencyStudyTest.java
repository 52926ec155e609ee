package io.github.deepimageprior.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.ParallelRuns;
import io.github.deepimageprior.measure.Area;
import io.github.deepimageprior.measure.GaussianFilter;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SaliencyStudyTest {

	@TempDir
	private Path folder;

	/** By hand: the score is pixel 0 + 2 × pixel 1 + 4 × pixel 2 + 8 × pixel 3 of a picture whose pixels are 1. */
	@Test
	void deletionByHand() {
		final Picture picture = new Picture(new float[] { 1, 1, 1, 1 }, 2, 2, 1);
		final Picture map = picture.with(new float[] { .1f, .4f, .2f, .9f }); // the order 3, 1, 2, 0
		final double[] scores = new PixelFlipping(4).deletion(picture, map, SaliencyStudyTest::score);
		assertArrayEquals(new double[] { 15, 11, 10, 8, 7.5 }, scores, 1e-6);
		assertEquals((15 / 2.0 + 11 + 10 + 8 + 7.5 / 2) / 4, Area.under(new double[] { 0, .25, .5, .75, 1 }, scores),
			1e-6);
		assertArrayEquals(new double[] { 15, 10, 7.5 },
			new PixelFlipping(2).deletion(picture, map, SaliencyStudyTest::score), 1e-6);
	}

	/** A picture of equal pixels stays itself when it is blurred, so one that is not begins with other scores. */
	@Test
	void insertionByHand() {
		final Picture picture = new Picture(new float[] { 0, 0, 0, 1 }, 4, 1, 1);
		final Picture map = picture.with(new float[] { .1f, .4f, .2f, .9f }),
			blurred = new GaussianFilter(0.5, 2).apply(picture);
		final double[] scores = new PixelFlipping(4).insertion(picture, map, SaliencyStudyTest::score);
		final float[] b = blurred.values();
		assertArrayEquals(new double[] { b[0] + 2 * b[1] + 4 * b[2] + 8 * b[3], b[0] + 2 * b[1] + 4 * b[2] + 8,
			b[0] + 4 * b[2] + 8, b[0] + 8, 8 }, scores, 1e-6);
	}

	private static double score(final Picture picture) {
		final float[] x = picture.values();
		return x[0] + 2 * x[1] + 4 * x[2] + 8 * x[3];
	}

	/** All channels of a pixel are replaced at once. */
	@Test
	void pixelsHaveAllChannels() {
		final Picture picture = new Picture(new float[] { 1, 1, 0, 0, 1, 0 }, 2, 1, 3);
		final double[] scores = new PixelFlipping(2).deletion(picture, new Picture(new float[] { 0, 1 }, 2, 1, 1),
			one -> one.values()[1] + one.values()[3] + one.values()[5]);
		assertArrayEquals(new double[] { 1, 1.5, 1.5 }, scores, 1e-6);
	}

	@Test
	void mapsAreMeasuredAndFollowed() throws Exception {
		final Settings settings = Fixture.saliency(Fixture.pictures(folder.resolve("data"), 3), folder.resolve("out"))
			.with("count", 2);
		new StudyRun(settings, "", StudyRun.Listener.NONE).run(new Cancellation());
		final List<Row> rows = Fixture.table(settings);
		assertEquals(2 * (2 * (1 + 2 * 21) + 3), rows.size(), "pictures x (methods x (figures, curves), evolution)");
		for (final Row row : rows) {
			if (row.text("gini").isEmpty()) continue;
			assertTrue(row.number("gini") >= 0 && row.number("gini") < 1, row.toString());
			assertTrue(row.number("stability") > 0.5 && row.number("stability") <= 1, row.toString());
			assertTrue(Math.abs(row.number("other_class")) <= 1, row.toString());
		}
		assertEquals(1 + 2, Files.readAllLines(folder.resolve("out/summary.csv")).size());
		assertEquals(1 + 1, Files.readAllLines(folder.resolve("out/differences.csv")).size());
		assertEquals(1 + 2 * 21, Files.readAllLines(folder.resolve("out/deletion.csv")).size());
		try (Stream<Path> pictures = Files.list(folder.resolve("out/pictures"))) {
			final List<Path> all = pictures.toList();
			assertEquals(2 * 3, all.size());
			for (final Path one : all) assertEquals(3 * 8 + 2 * 2, ImageIO.read(one.toFile()).getWidth());
		}
		assertTrue(Files.readString(folder.resolve("out/report.html")).contains("Figure 2"));
	}

	/** Whose number changes rounding, so that it is the same on every computer. */
	@Test
	void theMemoryIsThatOfAsManyGradientsOrOfTheFit() {
		final Study study = Studies.of(Fixture.saliency(folder, folder));
		final Picture picture = Fixture.picture(0);
		final long one = study.memory("Gradient", picture);
		assertTrue(one > 0);
		assertEquals(8 * one, study.memory("MIG-SG", picture), "of the 8 gradients of a map");
		assertEquals(8 * one, Studies.of(study.settings().with("noise_samples", 9)).memory("MIG-SG", picture));
		assertEquals(8 * one, study.memory(SaliencyStudy.EVOLUTION, picture), "of which a small fit needs less");
		final Study large = Studies.of(study.settings().with("preset", "Paper"));
		assertTrue(large.memory(SaliencyStudy.EVOLUTION, picture) > 8 * one);
	}

	/** So that they are not computed again. */
	@Test
	void mapsDoNotDependOnTheFitOfTheEvolution() throws Exception {
		final Settings settings = Fixture.saliency(Fixture.pictures(folder.resolve("data"), 2), folder.resolve("out"));
		final List<String> keys = Fixture.keys(settings);
		for (final String[] other : new String[][] { { "evolution", "BI 6" }, { "evolution_steps", "4" },
			{ "preset", "Fast" }, { "precision", "bfloat16" } })
		{
			final List<String> others = Fixture.keys(settings.with(other[0], other[1]));
			for (int i = 0; i < keys.size(); i++)
				assertEquals(i % 3 != 2, keys.get(i).equals(others.get(i)), other[0] + i);
		}
	}

	/** The rows of the same settings before this was so are found where unused ones have their defaults. */
	@Test
	void mapsDependOnWhatTheirMethodUses() throws Exception {
		final Settings settings = Fixture.saliency(Fixture.pictures(folder.resolve("data"), 1), folder.resolve("out"))
			.with("count", 1).with("evolution", "")
			.with("map_methods", "Gradient, SmoothGrad, Integrated Gradients, MIG-SG");
		final List<String> keys = Fixture.keys(settings);
		final Map<String, List<Boolean>> same = Map.of("intervals", List.of(true, true, false, false),
			"random_baselines", List.of(true, true, false, false), "noise_samples", List.of(true, false, true, false),
			"seed", List.of(false, false, false, false));
		same.forEach((key, expected) -> {
			final List<String> others = Fixture.keys(settings.with(key, 7));
			assertEquals(expected, IntStream.range(0, 4).mapToObj(i -> keys.get(i).equals(others.get(i))).toList(),
				key);
		});
		final Study study = Studies.of(settings);
		assertEquals("device=[cpu], intervals=[30], noise_samples=[5], random_baselines=[10], seed=[0], size=[as the "
			+ "classifier sees it]", study.counted("Gradient").canonical(study.relevant("Gradient")));
	}

	/** Whatever the class of the picture is said to be. */
	@Test
	void theMapOfTheEvolutionIsThatOfThePredictedClass() throws Exception {
		final Path data = Fixture.pictures(folder.resolve("right"), 1);
		final byte[] right = evolution(data);
		try (Stream<Path> folders = Files.list(data)) {
			final Path subfolder = folders.findFirst().get();
			Files.move(subfolder, data.resolve(subfolder.endsWith("one") ? "two" : "one"));
		}
		assertArrayEquals(right, evolution(data));
	}

	private byte[] evolution(final Path data) {
		final Settings settings = Fixture.saliency(data, folder.resolve("out")).with("only_right", false);
		try (Worker worker = new Worker(settings)) {
			final Planner planner = new Planner(worker);
			final List<WorkItem> items = planner.items(planner.choose(new Cancellation()));
			return ParallelRuns
				.here(() -> worker.compute(items.get(items.size() - 1), fraction -> {}, new Cancellation())).pictures()
				.get(SaliencyStudy.MAP);
		}
	}

	@ParameterizedTest
	@CsvSource({ "map_methods, Magic", "map_methods, 'MIG-SG, mig-sg'", "intervals, 0", "evolution, PGD 3",
		"evolution, BI -5", "evolution_steps, x", "evolution_steps, 0", "evolution_steps, '4,,8'",
		"evolution_steps, '4, 4'", "evolution_steps, 1000001", "evolution_steps, NaN" })
	void whatCannotBeComputedIsASentence(final String key, final String value) {
		final Settings settings = Fixture.saliency(folder, folder).with(key, value);
		final String advice = assertThrows(DipException.class, () -> Studies.of(settings)).getMessage();
		assertTrue(advice.matches("[A-Z].*[.]") && advice.contains(key), advice);
	}
}
