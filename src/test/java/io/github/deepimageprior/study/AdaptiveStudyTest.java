package io.github.deepimageprior.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.Progress;
import io.github.deepimageprior.attack.Adversary;
import io.github.deepimageprior.attack.Attack;
import io.github.deepimageprior.attack.AttackMethod;
import io.github.deepimageprior.attack.Rounding;
import io.github.deepimageprior.attack.Space;
import io.github.deepimageprior.attack.StepCount;
import io.github.deepimageprior.classifier.ClassScore;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.Models;
import io.github.deepimageprior.data.Sample;
import io.github.deepimageprior.report.Table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdaptiveStudyTest {

	private static final double[] LEVELS = { 255, 255, 255 };
	private static Classifier classifier;

	@TempDir
	private Path folder;

	@BeforeAll
	static void open() {
		classifier = Models.open("smooth");
	}

	@AfterAll
	static void close() {
		classifier.close();
	}

	private static Adversary attack(final Attack.Gradients gradients) {
		return Attack.DEFAULTS.run(classifier, Fixture.picture(3), -1, LEVELS, UnaryOperator.identity(), gradients,
			Progress.NONE, new Cancellation());
	}

	/** So that the conditions that a setting does not concern are not computed again. */
	@ParameterizedTest
	@CsvSource({ "strength, clean", "attack_steps, clean",
		"attack_prior, clean; transfer from the undefended classifier",
		"eot, 'clean; transfer from the undefended classifier; adaptive, seed known'",
		"evaluations, 'adaptive, seed known'", "defence_prior, " })
	void onWhichSettingsAConditionDepends(final String key, final String without) {
		final Study study = Studies.of(Fixture.adaptive(folder, folder));
		assertEquals(without == null ? List.of() : List.of(without.split("; ")),
			study.conditions().stream().filter(condition -> !study.relevant(condition).contains(key)).toList());
	}

	@Test
	void aPurifierThatChangesNothingGivesTheBasicIterativeMethod() {
		final Adversary adaptive = attack(new AdaptiveGradients(classifier, (picture, seed) -> picture, 1, i -> i)),
			basic = attack(null);
		assertArrayEquals(basic.picture().values(), adaptive.picture().values());
		assertEquals(basic.attacked(), adaptive.attacked());
		assertEquals(basic.steps(), adaptive.steps());
	}

	/** Mirrors a picture, halves it and adds a tenth. */
	private static final Purifier LINEAR = new Purifier() {

		@Override
		public Picture apply(final Picture attacked, final long seed) {
			final float[] x = attacked.values(), y = new float[x.length];
			for (int i = 0; i < x.length; i++) y[i] = 0.5f * x[x.length - 1 - i] + 0.1f;
			return attacked.with(y);
		}

		@Override
		public Picture backward(final Picture gradient) {
			final float[] g = gradient.values(), back = new float[g.length];
			for (int i = 0; i < g.length; i++) back[g.length - 1 - i] = 0.5f * g[i];
			return gradient.with(back);
		}
	};

	/** Behind a linear purifier, the gradient is that of purifier and classifier together: a difference quotient. */
	@Test
	void aLinearPurifierIsDifferentiated() {
		final Picture picture = Fixture.picture(4);
		final float[] gradient = new AdaptiveGradients(classifier, LINEAR, 1, i -> i).of(picture, 1).values();
		final double step = 1e-2;
		for (int i = 3; i < gradient.length; i += 23)
			assertEquals((loss(picture, i, step) - loss(picture, i, -step)) / (2 * step), gradient[i], 2e-4);
	}

	private static double loss(final Picture picture, final int i, final double step) {
		final float[] moved = picture.values().clone();
		moved[i] += (float) step;
		return -Math.log(classifier.classify(LINEAR.apply(picture.with(moved), 0)).probability(1));
	}

	@Test
	void gradientsAreAveragedOverFreshSeeds() {
		final List<Long> seeds = new ArrayList<>();
		final Purifier shifting = (picture, seed) -> {
			seeds.add(seed);
			final float[] values = picture.values().clone();
			for (int i = 0; i < values.length; i++) values[i] *= 1 - seed / 100f;
			return picture.with(values);
		};
		final Picture picture = Fixture.picture(5);
		final AdaptiveGradients gradients = new AdaptiveGradients(classifier, shifting, 2, i -> 10 + i);
		final float[] mean = gradients.of(picture, 0).values();
		gradients.of(picture, 0);
		assertEquals(List.of(10L, 11L, 12L, 13L), List.copyOf(seeds));
		final float[] a = classifier.gradient(shifting.apply(picture, 10), ClassScore.CROSS_ENTROPY, 0).values(),
			b = classifier.gradient(shifting.apply(picture, 11), ClassScore.CROSS_ENTROPY, 0).values();
		for (int i = 0; i < mean.length; i++) assertEquals((a[i] + b[i]) / 2, mean[i], 1e-6);
		assertTrue(gradients.nonZero() > 0.9);
	}

	@Test
	void everyAttackIsEvaluatedSeveralTimes() throws Exception {
		final Settings settings = Fixture.adaptive(Fixture.pictures(folder.resolve("data"), 3), folder.resolve("out"))
			.with("count", 2);
		new StudyRun(settings, "", StudyRun.Listener.NONE).run(new Cancellation());
		final List<Row> rows = Fixture.table(settings);
		assertEquals(2 * (2 + 2 + 1 + 2 + 2), rows.size(), "pictures x evaluations of five attacks");
		for (final Row row : rows) {
			if (row.text("attack").equals("clean")) assertEquals("1", row.text(AdaptiveStudy.UNDEFENDED));
			assertEquals(row.text("attack").startsWith("adaptive"), !row.text(AdaptiveStudy.GRADIENT).isEmpty());
			assertTrue(row.number("linf") <= row.number("epsilon") + 1e-4, row.toString());
		}
		final String page = java.nio.file.Files.readString(folder.resolve("out/report.html"));
		assertTrue(page.contains("What may be concluded") && page.contains("Checks of the attack"));
	}

	/**
	 * What is attacked is the true class, also that of a picture which is predicted wrong: it must not become right.
	 */
	@Test
	void attacksPushAwayFromTheTrueClass() {
		final Study study = Studies.of(Fixture.adaptive(folder, folder).with("strength", 60));
		int wrong = 0;
		for (int i = 0; i < 12; i++) {
			final Picture picture = Fixture.picture(i);
			final int predicted = classifier.classify(picture).best();
			final int other = new Attack(AttackMethod.BI, 60, 50, StepCount.FIXED, 3, Space.PIXELS, Rounding.ROUND)
				.run(classifier, picture, -1, LEVELS, Progress.NONE, new Cancellation()).attacked().best();
			if (other == predicted) continue;
			wrong++;
			final WorkItem item = new WorkItem("s", new Sample("p", "", "", 0, null), other,
				classifier.labels().get(other), AdaptiveStudy.TRANSFER, "", "");
			final List<Row> rows = study.compute(new Job(item, picture, classifier, Progress.NONE, new Cancellation()))
				.rows();
			assertEquals("0", rows.get(0).text(AdaptiveStudy.UNDEFENDED), "picture " + i);
		}
		assertTrue(wrong > 2, "pictures that an attack on the predicted class would make right");
	}

	/** In grey levels whatever the protocol, and never less than the strength of the other attacks. */
	@ParameterizedTest
	@CsvSource({ "custom, 20, 128, 20, pixels", "custom, 200, 200, 200, pixels",
		"as in the paper, 20, 128, 20, normalised" })
	void theVeryLargeEpsilonIsTheLargest(final String protocol, final int strength, final String huge,
		final String other, final String space)
	{
		final Study study = Studies.of(
			Protocol.resolved(Fixture.adaptive(folder, folder).with("protocol", protocol).with("strength", strength)));
		assertEquals(List.of(huge, "pixels"), epsilon(study, AdaptiveStudy.HUGE));
		for (final String attack : List.of(AdaptiveStudy.TRANSFER, AdaptiveStudy.KNOWN, AdaptiveStudy.FRESH))
			assertEquals(List.of(other, space), epsilon(study, attack));
	}

	private static List<String> epsilon(final Study study, final String attack) {
		final Row heading = study
			.heading(new WorkItem("s", new Sample("p", "", "", 0, null), 0, "one", attack, "", ""));
		return List.of(heading.text("epsilon"), heading.text("space"));
	}

	/** Of ten pictures, so many are right under each attack; under that with the known seed, the last are wrong. */
	private static List<Row> rows(final int transfer, final int known, final int fresh, final int huge,
		final double gradient)
	{
		final List<Row> rows = new ArrayList<>();
		for (int i = 0; i < 10; i++) for (int evaluation = 1; evaluation < 3; evaluation++) {
			final Row row = Row.of("set", "s", "picture", "p" + i, "epsilon", 10, "evaluation", evaluation,
				"right_undefended", 0);
			final Row adaptive = row.with("gradient_nonzero", gradient);
			rows.add(row.with("attack", Attacks.CLEAN, "right", 1));
			rows.add(row.with("attack", AdaptiveStudy.TRANSFER, "right", i < transfer ? 1 : 0));
			if (evaluation == 1)
				rows.add(adaptive.with("attack", AdaptiveStudy.KNOWN, "right", i >= 10 - known ? 1 : 0));
			// right in the first evaluation, but not in all
			rows.add(adaptive.with("attack", AdaptiveStudy.FRESH, "right", i < fresh || evaluation == 1 ? 1 : 0));
			rows.add(adaptive.with("attack", AdaptiveStudy.HUGE, "right", i < huge ? 1 : 0));
		}
		return rows;
	}

	private static List<Row> without(final List<Row> rows, final String attack, final int from) {
		return rows.stream()
			.filter(
				row -> !row.text("attack").equals(attack) || Integer.parseInt(row.text("picture").substring(1)) < from)
			.toList();
	}

	@Test
	void theWorstEvaluationCounts() {
		final AdaptiveReport report = new AdaptiveReport(rows(8, 10, 3, 0, 1), 10);
		assertEquals(3, report.checks().size());
		assertTrue(report.checks().stream().allMatch(check -> check.startsWith("Passed")), report.checks().toString());
		assertTrue(report.conclusion().contains("right in all 2 evaluations without an attack on 10/10"));
		assertTrue(report.conclusion().contains("on 3/10 = 30.0 % [10.8, 60.3]"), report.conclusion());
		assertTrue(report.conclusion().contains("upper bound of what the defence is worth: a stronger attack"));
	}

	/** With fresh seeds pictures 0..4 hold, with the known one pictures 4..9: one picture holds under both. */
	@Test
	void theStrongestAttackOfEachPictureCounts() {
		final String said = new AdaptiveReport(rows(8, 6, 5, 0, 1), 10).conclusion();
		assertTrue(said.contains("with its seed known and with fresh ones, on 1/10 = 10.0 %"), said);
	}

	/** All of 0..4 hold under the attack that does not know the defence, none of the others: they have no other row. */
	@Test
	void onlyPicturesWithAllConditionsAreCompared() {
		final List<Row> rows = without(rows(5, 10, 6, 0, 1), AdaptiveStudy.FRESH, 5);
		final AdaptiveReport report = new AdaptiveReport(rows, 12);
		assertTrue(report.counted().contains("under all four: 5. Left out are those that lack some of these rows: 7."));
		assertTrue(report.checks().get(2).startsWith("Passed"), "5 of 5 against 5 of 5");
		final Table table = (Table) report.parts().stream().filter(Table.class::isInstance).findFirst().get();
		assertEquals(AdaptiveStudy.CONDITIONS, table.rows().stream().map(line -> line.get(0)).toList());
		for (final List<String> line : table.rows()) assertTrue(line.get(6).matches("[05]/5 = .*"), line.toString());
	}

	@Test
	void whatIsNotComputedYetIsSaid() {
		for (final String attack : AdaptiveStudy.CONDITIONS) {
			final AdaptiveReport report = new AdaptiveReport(without(rows(8, 10, 3, 0, 1), attack, 0), 10);
			assertTrue(report.counted().endsWith("Not computed yet for any picture: " + attack + "."));
			assertTrue(report.parts().stream().noneMatch(Table.class::isInstance));
			assertEquals(3, report.checks().stream().filter(check -> check.startsWith("Not made: ")).count());
			assertTrue(report.conclusion().startsWith("Nothing yet: "), report.conclusion());
		}
	}

	@Test
	void aCheckThatIsNotMadeForbidsAConclusion() {
		final AdaptiveReport report = new AdaptiveReport(rows(8, 10, 3, 0, Double.NaN), 10);
		assertEquals("Not made: whether the gradients that the attack follows are not 0.", report.checks().get(1));
		assertTrue(report.conclusion().endsWith("nothing may be concluded in favour of the defence."));
	}

	@Test
	void aVeryLargeEpsilonTellsNothingOfADefenceThatIsNeverRight() {
		final List<Row> rows = rows(0, 0, 0, 0, 1).stream().map(row -> row.with("right", 0)).toList();
		final AdaptiveReport report = new AdaptiveReport(rows, 10);
		assertTrue(report.checks().get(0).startsWith("Not made: "), report.checks().get(0));
		assertTrue(report.conclusion().endsWith("nothing may be concluded in favour of the defence."));
	}

	@ParameterizedTest
	@CsvSource({ "2, 3, 0, 1", "8, 3, 1, 1", "8, 3, 0, 0.1" })
	void aFailedCheckForbidsAConclusion(final int transfer, final int fresh, final int huge, final double gradient) {
		final AdaptiveReport report = new AdaptiveReport(rows(transfer, 10, fresh, huge, gradient), 10);
		assertEquals(1, report.checks().stream().filter(check -> check.startsWith("Failed")).count());
		assertTrue(report.conclusion().endsWith("nothing may be concluded in its favour."));
	}

	@ParameterizedTest
	@CsvSource({ "strength, x", "strength, 300", "attack_steps, 0", "eot, 0", "evaluations, 0", "attack_prior, 0" })
	void whatCannotBeComputedIsASentence(final String key, final String value) {
		final Settings settings = Fixture.adaptive(folder, folder).with(key, value);
		final String advice = assertThrows(DipException.class, () -> Studies.of(settings)).getMessage();
		assertTrue(advice.matches("[A-Z].*[.]"), advice);
	}
}
