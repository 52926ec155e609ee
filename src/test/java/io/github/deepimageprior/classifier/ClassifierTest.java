package io.github.deepimageprior.classifier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Predictions and gradients of small models. */
class ClassifierTest {

	/** Batch normalisation must use its stored statistics, and dropout do nothing, when gradients are computed too. */
	@ParameterizedTest
	@ValueSource(strings = { "scripted", "scripted_training", "traced", "frozen" })
	void gradientsAreThoseOfEvaluationMode(final String name) throws IOException {
		final JsonObject golden = JsonParser.parseString(Files.readString(Models.path("batch_norm.json")))
			.getAsJsonObject();
		assertArrayEquals(floats(golden, "pixels"), Models.picture().values(), 1e-6f);
		try (Classifier classifier = Models.open(name)) {
			for (int repeat = 0; repeat < 2; repeat++) {
				assertArrayEquals(floats(golden, "logits"), classifier.classify(Models.picture()).logits(), 1e-5f);
				assertArrayEquals(floats(golden, "gradient of class 1"),
					classifier.gradient(Models.picture(), ClassScore.LOGIT, 1).values(), 1e-5f);
			}
		}
	}

	private static float[] floats(final JsonObject json, final String key) {
		final JsonArray array = json.getAsJsonArray(key);
		final float[] values = new float[array.size()];
		for (int i = 0; i < values.length; i++) values[i] = array.get(i).getAsFloat();
		return values;
	}

	@ParameterizedTest
	@CsvSource({ "LOGIT", "PROBABILITY", "CROSS_ENTROPY" })
	void gradientsAreDifferenceQuotients(final ClassScore score) {
		for (final int channels : new int[] { 1, 3 }) for (final int size : new int[] { 8, 13 }) {
			try (Classifier classifier = Models.open("smooth")) {
				final Picture picture = random(size, size + 2, channels);
				final float[] gradient = classifier.gradient(picture, score, 2).values();
				for (int i = 5; i < gradient.length; i += 29) {
					final double step = 1e-2, up = value(classifier, picture, i, step, score),
						down = value(classifier, picture, i, -step, score);
					assertEquals((up - down) / (2 * step), gradient[i], 2e-4);
				}
			}
		}
	}

	private static Picture random(final int width, final int height, final int channels) {
		final java.util.SplittableRandom random = new java.util.SplittableRandom(4);
		final float[] values = new float[width * height * channels];
		for (int i = 0; i < values.length; i++) values[i] = (float) random.nextDouble();
		return new Picture(values, width, height, channels);
	}

	private static double value(final Classifier classifier, final Picture picture, final int i, final double step,
		final ClassScore score)
	{
		final float[] moved = picture.values().clone();
		moved[i] += (float) step;
		final Prediction prediction = classifier.classify(picture.with(moved));
		return switch (score) {
			case LOGIT -> prediction.logits()[2];
			case PROBABILITY -> prediction.probability(2);
			case CROSS_ENTROPY -> -Math.log(prediction.probability(2));
		};
	}

	@Test
	void aModelOfProbabilitiesIsTheSameAsOneOfLogits() {
		final Picture picture = Models.picture();
		try (Classifier logits = Models.open("smooth"); Classifier probabilities = Models.open("probabilities")) {
			for (int i = 0; i < 3; i++)
				assertEquals(logits.classify(picture).probability(i), probabilities.classify(picture).probability(i),
					1e-6);
			assertArrayEquals(logits.gradient(picture, ClassScore.CROSS_ENTROPY, 0).values(),
				probabilities.gradient(picture, ClassScore.CROSS_ENTROPY, 0).values(), 1e-5f);
		}
	}

	@ParameterizedTest
	@ValueSource(floats = { Float.NaN, Float.NEGATIVE_INFINITY })
	void thePictureIsNamedIfItIsNotFinite(final float value) {
		final Picture picture = Models.picture();
		picture.values()[9] = value;
		try (Classifier classifier = Models.open("smooth")) {
			assertTrue(assertThrows(DipException.class, () -> classifier.classify(picture)).getMessage()
				.startsWith("The picture has a value that is " + (value < 0 ? "infinite" : "NaN")));
			assertThrows(DipException.class, () -> classifier.gradient(picture, ClassScore.LOGIT, 0));
			assertTrue(assertThrows(DipException.class,
				() -> classifier.gradient(Models.picture(), ClassScore.LOGIT, 3)).getMessage()
				.endsWith("has no class 3: use a number from 0 to 2."));
		}
	}

	@Test
	void greyIsTheSameAsEqualColours() {
		final Picture grey = random(20, 30, 1);
		final float[] thrice = new float[3 * 600];
		for (int c = 0; c < 3; c++) System.arraycopy(grey.values(), 0, thrice, 600 * c, 600);
		try (Classifier classifier = Models.open("smooth")) {
			assertArrayEquals(classifier.classify(new Picture(thrice, 20, 30, 3)).logits(),
				classifier.classify(grey).logits(), 1e-6f);
			final float[] colours = classifier.gradient(new Picture(thrice, 20, 30, 3), ClassScore.LOGIT, 0).values(),
				gradient = classifier.gradient(grey, ClassScore.LOGIT, 0).values();
			for (int i = 0; i < 600; i++)
				assertEquals(colours[i] + colours[600 + i] + colours[1200 + i], gradient[i], 1e-5);
		}
		assertSays("A classifier needs a grey or RGB image, not one of 2 channels: .*", () -> {
			try (Classifier classifier = Models.open("smooth")) {
				classifier.classify(random(8, 8, 2));
			}
		});
	}

	@Test
	void theCropIsTheCentre() {
		final ModelCard card = new ModelCard(224, 224, 0.875, true, null, null, false, "");
		assertArrayEquals(new int[] { 0, 0, 224, 224 }, card.part(224, 224));
		assertArrayEquals(new int[] { 125, 25, 350, 350 }, card.part(600, 400));
		assertArrayEquals(new int[] { 1, 1, 14, 14 }, card.part(16, 16));
		assertArrayEquals(new int[] { 0, 0, 600, 400 },
			new ModelCard(224, 224, 0, true, null, null, false, "").part(600, 400));
	}

	@Test
	void classesAreFoundByNumberAndLabel() {
		try (Classifier classifier = Models.open("linear")) {
			assertEquals(2, classifier.find("2"));
			assertEquals(1, classifier.find(" Two "));
			for (final String wrong : List.of("3", "-1", "four", "", "1.5", "99999999999"))
				assertSays(
					"The model linear.pt has no class '" + wrong
						+ "': enter a number from 0 to 2, or a label as DIP Classify shows it\\.",
					() -> classifier.find(wrong));
		}
	}

	@Test
	void predictionsAreSorted() {
		final Prediction prediction = new Prediction(new float[] { 1, 3, 3, -2, 500 },
			List.of("a", "b", "c", "d", "e"));
		assertArrayEquals(new int[] { 4, 1, 2 }, prediction.top(3));
		assertArrayEquals(new int[] { 4, 1, 2, 0, 3 }, prediction.top(50));
		assertEquals(3, prediction.least());
		assertEquals(1, prediction.probability(4), 1e-12);
		assertEquals(Math.exp(-497), prediction.probability(1), 1e-220);
	}

	private static void assertSays(final String pattern, final org.junit.jupiter.api.function.Executable code) {
		final String said = assertThrows(DipException.class, code).getMessage();
		assertTrue(said.matches(pattern), said);
	}

	@Test
	void theInputIsWhatTheNetworkSees() {
		try (Classifier classifier = ClassifierSource.BUNDLED.open(Device.cpu())) {
			final Picture wide = random(300, 200, 3), seen = classifier.input(wide, false);
			assertArrayEquals(new int[] { 224, 224, 3 }, new int[] { seen.width(), seen.height(), seen.channels() });
			assertArrayEquals(classifier.classify(wide).logits(), classifier.classify(seen).logits(), 1e-4f);
			assertFalse(Arrays.equals(seen.values(), classifier.input(wide, true).values()));
			final Picture small = random(224, 224, 3);
			assertArrayEquals(small.values(), classifier.input(small, true).values());
		}
	}

	/** The bundled network ends in an average over all places, the linear one multiplies all pixels by a matrix. */
	@Test
	void someNetworksTakeInputsOfAnotherSize() {
		try (Classifier classifier = ClassifierSource.BUNDLED.open(Device.cpu())) {
			final Picture larger = random(248, 248, 3);
			final Prediction found = classifier.classifyAsItIs(larger);
			assertEquals(1000, found.logits().length);
			assertFalse(Arrays.equals(found.logits(), classifier.classify(larger).logits()));
		}
		try (Classifier classifier = Models.open("linear")) {
			assertThrows(DipException.class, () -> classifier.classifyAsItIs(random(9, 9, 3)));
			assertArrayEquals(classifier.classify(Models.picture()).logits(),
				classifier.classifyAsItIs(Models.picture()).logits());
		}
	}

	@Test
	void theDigestTellsModelsApart() {
		try (Classifier one = Models.open("linear"); Classifier same = Models.open("linear");
			Classifier other = Models.open("smooth"))
		{
			assertEquals(one.digest(), same.digest());
			assertNotEquals(one.digest(), other.digest());
		}
	}

	@Test
	void imageNetsClassesHaveWordNetIds() {
		try (Classifier classifier = ClassifierSource.BUNDLED.open(Device.cpu());
			Classifier other = Models.open("linear"))
		{
			assertEquals("tench", classifier.labels().get(classifier.find("n01440764")));
			assertEquals("espresso", classifier.labels().get(classifier.find("n07920052")));
			assertThrows(DipException.class, () -> classifier.find("n00000000"));
			assertThrows(DipException.class, () -> other.find("n01440764"));
		}
	}
}
