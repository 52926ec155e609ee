package io.github.deepimageprior.attack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Npy;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.Progress;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.ClassifierSource;
import io.github.deepimageprior.classifier.CountingModel;
import io.github.deepimageprior.classifier.Models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures of an adversary, measured once on the picture as it is stored. */
class AdversaryTest {

	private static final int SIZE = 224;
	private static final double[] LEVELS = { 255, 255, 255 };
	private static Classifier lite;
	private static Picture coffee;

	@TempDir
	private Path folder;

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

	@Test
	void theFiguresAreThoseOfTheChange() {
		assertFigures(run(attack(AttackMethod.FGSM, 3, 1), coffee));
	}

	/** The left half of the adversary is replaced by the original before it is stored. */
	@Test
	void theFiguresAreThoseOfThePictureAsItIsStored() {
		final Attack attack = attack(AttackMethod.FGSM, 3, 1);
		final List<Picture> offered = new ArrayList<>(), stored = new ArrayList<>();
		final Adversary found = attack.run(lite, coffee, -1, LEVELS, rounded -> {
			offered.add(rounded);
			final float[] half = rounded.values().clone();
			for (int i = 0; i < half.length; i++) if (i % SIZE < SIZE / 2) half[i] = coffee.values()[i];
			stored.add(rounded.with(half));
			return stored.get(0);
		}, Progress.NONE, new Cancellation());
		assertEquals(1, offered.size());
		assertArrayEquals(run(attack, coffee).picture().values(), offered.get(0).values());
		assertSame(stored.get(0), found.picture());
		assertArrayEquals(lite.classify(stored.get(0)).logits(), found.attacked().logits());
		assertTrue(found.changed() <= 0.5);
		assertFigures(found);
	}

	/** Compares the figures of an adversary with ε = 3 with those of its perturbation. */
	private static void assertFigures(final Adversary adversary) {
		final float[] change = adversary.perturbation(coffee).values();
		double squares = 0;
		int changed = 0;
		for (int p = 0; p < SIZE * SIZE; p++) {
			boolean any = false;
			for (int c = 0; c < 3; c++) {
				final double level = Math.rint(255 * change[c * SIZE * SIZE + p]);
				squares += level * level;
				any |= level != 0;
			}
			if (any) changed++;
		}
		assertEquals(3, adversary.largest(), 1e-3);
		assertEquals(Math.sqrt(squares), adversary.length(), 1e-2);
		assertEquals(changed / ((double) SIZE * SIZE), adversary.changed(), 1e-9);
	}

	@Test
	void theClassifierIsAskedOnceForTheStoredAdversary() throws IOException {
		try (Classifier counting = CountingModel.open(folder)) {
			final Picture picture = Models.picture();
			final int before = CountingModel.calls(counting.classify(picture)), steps = 4;
			final AtomicInteger stored = new AtomicInteger();
			final Adversary found = attack(AttackMethod.BI, 3, steps).run(counting, picture, 0, LEVELS, rounded -> {
				stored.incrementAndGet();
				return rounded;
			}, Progress.NONE, new Cancellation());
			assertEquals(1, stored.get());
			assertEquals(before + 1, CountingModel.calls(found.clean()));
			assertEquals(before + steps + 1, CountingModel.calls(found.attacked()));
			assertEquals(before + steps + 2, CountingModel.calls(counting.classify(picture)));
		}
	}
}
