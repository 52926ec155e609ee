package io.github.deepimageprior.attack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Npy;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.Progress;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.ClassifierSource;
import io.github.deepimageprior.classifier.Models;
import io.github.deepimageprior.torchscript.WrittenModule;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The three attacks against formulas, stored pixels and their bounds. */
class AttackTest {

	private static final Path SHARED = Path.of("../shared/golden/classifier");
	private static final int ESPRESSO = 967;
	private static final double[] LEVELS = { 255, 255, 255 };
	private static Classifier lite;
	private static Picture coffee;

	@BeforeAll
	static void open() throws IOException {
		lite = ClassifierSource.BUNDLED.open(Device.cpu());
		coffee = Npy.coffee();
	}

	@AfterAll
	static void close() {
		lite.close();
	}

	private static Attack attack(final AttackMethod method, final double epsilon, final int steps) {
		return new Attack(method, epsilon, 1, StepCount.FIXED, steps, Space.PIXELS, Rounding.ROUND);
	}

	private static Adversary run(final Attack attack, final Picture picture) {
		return attack.run(lite, picture, -1, LEVELS, Progress.NONE, new Cancellation());
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 5, 10 })
	void fgsmIsTheFormula(final int epsilon) throws IOException {
		final float[] slope = Npy.floats("/golden/classifier/coffee_cegrad.npy");
		final float[] found = run(attack(AttackMethod.FGSM, epsilon, 1), coffee).picture().values();
		int differ = 0;
		for (int i = 0; i < slope.length; i++) {
			final int level = Math.round(255 * coffee.values()[i]) + (int) Math.signum(slope[i]) * epsilon;
			if (Math.round(255 * found[i]) != Math.max(0, Math.min(255, level))) differ++;
		}
		assertTrue(differ <= slope.length * 2e-4, "differing values: " + differ);
	}

	/** Rounding errors decide the sign of the smallest gradients, and the three steps of BI amplify them. */
	@ParameterizedTest
	@CsvSource({ "coffee, 967, FGSM, fgsm2, 2, 1", "coffee, 967, FGSM, fgsm5, 5, 1", "coffee, 967, FGSM, fgsm10, 10, 1",
		"zebra, 340, FGSM, fgsm2, 2, 1", "zebra, 340, FGSM, fgsm5, 5, 1", "zebra, 340, FGSM, fgsm10, 10, 1",
		"coffee, 967, BI, bi2, 2, 3", "zebra, 340, BI, bi2, 2, 3" })
	void sharedPixels(final String image, final int label, final AttackMethod method, final String file,
		final int epsilon, final int steps) throws IOException
	{
		final Picture expected = shared(image + "_" + file);
		final Adversary found = run(attack(method, epsilon, steps), shared(image + "_input"));
		assertEquals(label, found.label());
		int differ = 0;
		for (int i = 0; i < expected.values().length; i++)
			if (Math.abs(expected.values()[i] - found.picture().values()[i]) > 1e-3) differ++;
		assertTrue(differ <= expected.values().length * (method == AttackMethod.FGSM ? 2e-4 : 5e-2),
			"differing values: " + differ);
		if (method == AttackMethod.FGSM)
			assertEquals(lite.classify(expected).probability(label), found.attacked().probability(label), 1e-3);
	}

	private static Picture shared(final String name) throws IOException {
		assumeTrue(Files.isDirectory(SHARED), "needs ../shared");
		try (InputStream png = Files.newInputStream(SHARED.resolve(name + ".png"))) {
			return Npy.picture(png);
		}
	}

	@Test
	void theIterativeAttacksFoolTheClassifier() {
		final Adversary bi = run(attack(AttackMethod.BI, 10, 13), coffee),
			llci = run(attack(AttackMethod.LLCI, 10, 13), coffee);
		assertEquals(ESPRESSO, bi.label());
		assertTrue(bi.succeeds() && llci.succeeds());
		assertTrue(bi.attacked().probability(ESPRESSO) < 1e-8, () -> "" + bi.attacked().probability(ESPRESSO));
		assertTrue(llci.attacked().probability(ESPRESSO) < 1e-3, () -> "" + llci.attacked().probability(ESPRESSO));
		assertEquals(llci.clean().least(), llci.target());
		assertEquals(llci.target(), llci.attacked().best());
		assertEquals(10, bi.largest(), 1e-3);
	}

	@Test
	void theFirstStepFollowsTheSign() throws IOException {
		final float[] slope = Npy.floats("/golden/classifier/coffee_cegrad.npy");
		final float[] change = run(attack(AttackMethod.BI, 10, 1), coffee).perturbation(coffee).values();
		int agree = 0, free = 0;
		for (int i = 0; i < change.length; i++) {
			final float moved = coffee.values()[i] + Math.signum(slope[i]) / 255;
			if (moved < 0 || moved > 1) continue;
			free++;
			if (Math.round(255 * change[i]) == Math.signum(slope[i])) agree++;
		}
		assertTrue(agree >= 0.999 * free, agree + " of " + free);
	}

	@Test
	void biOfOneStepOfEpsilonIsFgsm() {
		final Attack bi = new Attack(AttackMethod.BI, 4, 4, StepCount.FIXED, 1, Space.PIXELS, Rounding.NONE);
		final Attack fgsm = new Attack(AttackMethod.FGSM, 4, 1, StepCount.KURAKIN, 7, Space.PIXELS, Rounding.NONE);
		assertArrayEquals(run(fgsm, coffee).picture().values(), run(bi, coffee).picture().values());
	}

	/**
	 * For all kinds of rounding, for whole and fractional ε, in both spaces. Truncation rounds down to the next level,
	 * as in the research code of the paper's first author.
	 */
	@ParameterizedTest
	@CsvSource({ "BI, 2.7, 1, PIXELS", "LLCI, 2.7, 1.9, PIXELS", "FGSM, 0.5, 1, PIXELS", "FGSM, 255, 1, PIXELS",
		"BI, 0, 1, PIXELS", "BI, 10, 1, NORMALISED", "LLCI, 100, 10, NORMALISED", "FGSM, 10, 1, NORMALISED" })
	void theAdversaryStaysInItsBallAndRange(final AttackMethod method, final double epsilon, final double alpha,
		final Space space)
	{
		try (Classifier smooth = Models.open("smooth")) {
			final SplittableRandom random = new SplittableRandom(3);
			final float[] levels = new float[3 * 64];
			for (int i = 0; i < levels.length; i++)
				levels[i] = random.nextInt(8) < 2 ? random.nextInt(2) : random.nextInt(256) / 255f;
			final Picture picture = new Picture(levels, 8, 8, 3);
			for (final Rounding rounding : Rounding.values()) {
				final float[] found = new Attack(method, epsilon, alpha, StepCount.FIXED, 6, space, rounding)
					.run(smooth, picture, 1, LEVELS, Progress.NONE, new Cancellation()).picture().values();
				for (int i = 0; i < found.length; i++) {
					final double scale = space == Space.PIXELS ? 1 : new double[] { 0.229, 0.224, 0.225 }[i / 64];
					final double beyond = rounding == Rounding.TRUNCATE ? 1 : 1e-3;
					assertTrue(Math.abs(found[i] - levels[i]) * 255 <= epsilon * scale + beyond);
					assertTrue(found[i] >= -1e-6 && found[i] <= 1 + 1e-6);
					if (rounding != Rounding.NONE) assertEquals(Math.rint(255 * found[i]), 255 * found[i], 1e-3);
				}
			}
		}
	}

	@Test
	void anotherLabelThanThePredictedOne() {
		final Adversary adversary = attack(AttackMethod.FGSM, 2, 1).run(lite, coffee, 504, LEVELS, Progress.NONE,
			new Cancellation());
		assertEquals(504, adversary.label());
		assertTrue(adversary.attacked().probability(504) < adversary.clean().probability(504));
	}

	@Test
	void aStopKeepsAndACancelDiscards() {
		final Cancellation stop = new Cancellation(), cancel = new Cancellation();
		final Adversary early = attack(AttackMethod.BI, 10, 13).run(lite, coffee, -1, LEVELS, fraction -> stop.stop(),
			stop);
		assertEquals(1, early.steps());
		assertEquals(1, early.largest(), 1e-3);
		assertThrows(CancellationException.class,
			() -> attack(AttackMethod.BI, 10, 13).run(lite, coffee, -1, LEVELS, fraction -> cancel.cancel(), cancel));
	}

	@Test
	void anAttackSucceedsOnlyAgainstTheClassThatWasSeen() {
		assertTrue(run(attack(AttackMethod.BI, 10, 13), coffee).succeeds());
		assertFalse(attack(AttackMethod.FGSM, 0, 1).run(lite, coffee, 504, LEVELS, Progress.NONE, new Cancellation())
			.succeeds());
	}

	/** Of a classifier that is certain, the loss does not change; that of the least likely class does. */
	@Test
	void aGradientOfZeroIsTold(@TempDir final Path folder) throws IOException {
		Files.copy(Models.path("linear.json"), folder.resolve("certain.json"));
		Files.copy(Models.path("three.txt"), folder.resolve("three.txt"));
		final Path module = WrittenModule.write(folder.resolve("certain.pt"), WrittenModule.code(
			"y = torch.mul(torch.mean(x, [2, 3]), 5000.)", "return torch.add(y, torch.tensor([[9000., 0., -9000.]]))"));
		try (Classifier certain = ClassifierSource.file(module).open(Device.cpu())) {
			final Picture picture = Models.picture();
			final Adversary bi = attack(AttackMethod.BI, 8, 3).run(certain, picture, -1, LEVELS, Progress.NONE,
				new Cancellation()),
				llci = attack(AttackMethod.LLCI, 8, 3).run(certain, picture, -1, LEVELS, Progress.NONE,
					new Cancellation());
			assertTrue(bi.flat() && bi.changed() == 0 && !bi.succeeds());
			assertTrue(!llci.flat() && llci.changed() > 0.9);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
		value = { "0.0314 | 1 | PIXELS | ROUND | 255 | epsilon is 0.0314",
			"0.9 | 1 | PIXELS | ROUND | 255 | epsilon is 0.9", "8 | 0.0039 | PIXELS | ROUND | 255 | alpha is 0.0039",
			"2 | 1 | NORMALISED | ROUND | 255 | epsilon is 2.0", "5 | 1 | NORMALISED | ROUND | 255 | ",
			"0.0314 | 1 | NORMALISED | TRUNCATE | 255 | epsilon is 0.0314", "1 | 1 | NORMALISED | TRUNCATE | 255 | ",
			"0.0314 | 1 | PIXELS | NONE | 255 | ", "0 | 1 | PIXELS | ROUND | 255 | ", "1 | 1 | PIXELS | ROUND | 255 | ",
			"8 | 0.1 | PIXELS | ROUND | 255 | ", "0.0314 | 0.01 | PIXELS | ROUND | 65535 | ",
			"2 | 1 | PIXELS | ROUND | 100 | epsilon is 2.0" })
	void changesThatRoundingUndoesAreRefused(final double epsilon, final double alpha, final Space space,
		final Rounding rounding, final double levels, final String what)
	{
		final Attack attack = new Attack(AttackMethod.BI, epsilon, alpha, StepCount.FIXED, 10, space, rounding);
		final double[] channels = { levels, levels, levels };
		if (what == null) attack.requireVisible(channels);
		else {
			final String said = assertThrows(DipException.class, () -> attack.requireVisible(channels)).getMessage();
			assertTrue(said.startsWith("The value of " + what + ",") && said.contains("/255 is written "), said);
		}
		attack.requireVisible(new double[0]);
	}

	@Test
	void aClassThatTheModelDoesNotHave() {
		final String said = assertThrows(DipException.class, () -> attack(AttackMethod.FGSM, 5, 1).run(lite, coffee,
			1000, LEVELS, Progress.NONE, new Cancellation())).getMessage();
		assertTrue(said.endsWith("has no class 1000: use a number from 0 to 999."), said);
	}

	@Test
	void levelsForOtherChannels() {
		for (final double[] wrong : new double[][] { { 255 }, { 255, 255, 255, 255 }, null })
			assertThrows(IllegalArgumentException.class,
				() -> attack(AttackMethod.FGSM, 5, 1).run(lite, coffee, -1, wrong, Progress.NONE, new Cancellation()));
	}

	@Test
	void numbersOutOfRange() {
		for (final double wrong : new double[] { -1, 255.5, Double.NaN }) {
			assertTrue(assertThrows(DipException.class, () -> attack(AttackMethod.BI, wrong, 1)).getMessage()
				.startsWith("The value of epsilon is "));
			assertThrows(DipException.class,
				() -> new Attack(AttackMethod.BI, 1, wrong, StepCount.FIXED, 1, Space.PIXELS, Rounding.ROUND));
		}
		assertThrows(DipException.class,
			() -> new Attack(AttackMethod.BI, 1, 0, StepCount.FIXED, 1, Space.PIXELS, Rounding.ROUND));
		assertThrows(DipException.class, () -> attack(AttackMethod.BI, 1, 0));
		new Attack(AttackMethod.FGSM, 1, 0, StepCount.FIXED, 0, Space.PIXELS, Rounding.ROUND); // it uses neither
		new Attack(AttackMethod.BI, 1, 1, StepCount.KURAKIN, 0, Space.PIXELS, Rounding.ROUND);
		assertFalse(assertThrows(DipException.class, () -> AttackMethod.named("PGD")).getMessage().isEmpty());
	}
}
