package io.github.deepimageprior.classifier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;

import io.github.deepimageprior.Npy;
import io.github.deepimageprior.Picture;

import java.io.IOException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bundled classifier against values computed by PyTorch. */
class ClassifierGoldenTest {

	private static final int ESPRESSO = 967;
	private static Classifier classifier;
	private static Picture coffee;

	@BeforeAll
	static void open() throws IOException {
		classifier = ClassifierSource.BUNDLED.open(Device.cpu());
		coffee = Npy.coffee();
	}

	@AfterAll
	static void close() {
		classifier.close();
	}

	@Test
	void logits() throws IOException {
		final Prediction prediction = classifier.classify(coffee);
		assertArrayEquals(Npy.floats("/golden/classifier/coffee_logits.npy"), prediction.logits(), 1e-3f);
		assertEquals("espresso", prediction.label(prediction.best()));
		assertEquals(0.95153, prediction.probability(ESPRESSO), 1e-4);
		assertArrayEquals(new int[] { 967, 968, 925, 960, 504 }, prediction.top(5));
	}

	/** To ImageNet, a cardigan is a garment and a Cardigan is a dog. */
	@Test
	void labelsThatDifferInCase() {
		assertEquals(474, classifier.find("cardigan"));
		assertEquals(264, classifier.find("Cardigan"));
	}

	/** When white is resized, rounding errors exceed 1; clamping must not set their gradient to 0. */
	@Test
	void whiteHasGradientsToo() {
		final float[] white = new float[3 * 400 * 400];
		java.util.Arrays.fill(white, 1);
		final float[] gradient = classifier.gradient(new Picture(white, 400, 400, 3), ClassScore.LOGIT, ESPRESSO)
			.values();
		int zeros = 0;
		for (int y = 30; y < 370; y++) for (int x = 30; x < 370; x++) if (gradient[400 * y + x] == 0) zeros++;
		assertTrue(zeros < 100, "pixels without gradient: " + zeros);
	}

	@Test
	void gradientOfTheCrossEntropy() throws IOException {
		final float[] expected = Npy.floats("/golden/classifier/coffee_cegrad.npy");
		final float[] found = classifier.gradient(coffee, ClassScore.CROSS_ENTROPY, ESPRESSO).values();
		assertTrue(Npy.relative(found, expected) <= 1e-2, () -> "" + Npy.relative(found, expected));
		assertTrue(Npy.sameSigns(found, expected) >= 0.999, () -> "" + Npy.sameSigns(found, expected));
	}
}
