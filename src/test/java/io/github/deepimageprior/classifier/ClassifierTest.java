package io.github.deepimageprior.classifier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.Progress;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifierTest {

	@TempDir
	private Path folder;

	/** Batch normalisation must use its own statistics and dropout do nothing, also where gradients are computed. */
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
		assertSays("A classifier sees grey or RGB pictures, not 2 channels.*", () -> {
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
						+ "': write a number from 0 to 2, or a label as DIP Classify shows it\\.",
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

	@Test
	void filesThatAreNotWhatTheyShouldBe() throws IOException {
		final Path model = folder.resolve("model.pt"), card = folder.resolve("model.json"),
			labels = folder.resolve("three.txt");
		assertSays("There is no model file .*model\\.pt: give the path of a TorchScript module\\.", () -> open(model));
		Files.writeString(model, "not a module");
		assertSays("The model model\\.pt needs a file model\\.json beside it that says what its input is.*",
			() -> open(model));
		Files.copy(Models.path("linear.json"), card);
		assertSays("There is no labels file .*three\\.txt, which model\\.json names.*", () -> open(model));
		Files.writeString(labels, "one\ntwo\n");
		assertSays("The file model\\.pt is not a TorchScript module: write it with torch\\.jit\\.save\\.",
			() -> open(model));
		Files.write(model, Files.readAllBytes(Models.path("linear.pt")));
		assertSays("The model model\\.pt gives an output of shape \\(1, 3\\) and has 2 labels.*", () -> open(model));
		Files.writeString(labels, "one\ntwo\nthree\n");
		open(model);
		Files.writeString(card, Files.readString(card).replace("\"width\": 8", "\"width\": 9"));
		assertSays(
			"The model model\\.pt cannot classify an RGB picture of 9x8 pixels into one tensor: see width and height in its JSON file.*",
			() -> open(model));
		assertSays("The model pair\\.pt gives 2 outputs and has 3 labels.*", () -> Models.open("pair"));
	}

	private static void open(final Path model) {
		ClassifierSource.file(model).open(Device.cpu()).close();
	}

	@Test
	void fieldsThatAreMissingOrMalformed() throws IOException {
		final JsonObject good = JsonParser.parseString(Files.readString(Models.path("linear.json"))).getAsJsonObject();
		for (final String key : new ArrayList<>(good.keySet())) {
			final JsonObject lacking = good.deepCopy();
			lacking.remove(key);
			assertSays("The file m\\.json has no field \"" + key + "\": add it, with .*",
				() -> ModelCard.parse(lacking.toString(), "m.json"));
			for (final String wrong : List.of("null", "[]", "{}", "-1", "\"\"", "[0, 0, 0]", "[1, \"x\", 1]", "1e99")) {
				if (key.equals("mean") && wrong.equals("[0, 0, 0]")) continue;
				final JsonObject bad = good.deepCopy();
				bad.add(key, JsonParser.parseString(wrong));
				if (key.equals("labels") && List.of("-1", "1e99").contains(wrong)) continue; // a name, if a strange one
				assertSays("The field \"" + key + "\" of the file m\\.json is .*: it must be .*",
					() -> ModelCard.parse(bad.toString(), "m.json"));
			}
		}
		for (final String text : List.of("", "[", "[]", "3", "{\"width\": }"))
			assertSays("The file m\\.json is not a JSON object.*", () -> ModelCard.parse(text, "m.json"));
	}

	@Test
	void namesOfSources() {
		assertSays(
			"There is no classifier 'VGG': write one of EfficientNet-Lite0, ResNet-18, .*, or the path of a TorchScript module that ends in \\.pt\\.",
			() -> named("VGG", ""));
		assertSays("No model file was given: .*", () -> named("TorchScript file", " "));
		named("TorchScript file", Models.path("linear.pt").toString()).open(Device.cpu()).close();
		named(Models.path("linear.pt").toString(), "").open(Device.cpu()).close();
	}

	@Test
	void withoutConsentNothingIsDownloaded() throws Exception {
		inAnEmptyCache(() -> assertSays(
			"The model ResNet-18 is not on this computer: agree to its download \\(43 MB\\), or unpack https://.* to .*traced_resnet18\\.pt by hand\\.",
			() -> named("ResNet-18", "")));
	}

	@Test
	void withoutANetworkASentenceSaysWhereToPutTheFile() throws Exception {
		final String before = System.getProperty("https.proxyHost");
		System.setProperty("https.proxyHost", "no.such.host.invalid");
		try {
			inAnEmptyCache(() -> assertSays(
				"The model ResNet-18 cannot be downloaded from https.* \\(.*\\): see to the network, or unpack https://.* to .*traced_resnet18\\.pt by hand\\.",
				() -> ClassifierSource.named("ResNet-18", "", true, Progress.NONE)));
		}
		finally {
			if (before == null) System.clearProperty("https.proxyHost");
			else System.setProperty("https.proxyHost", before);
		}
		try (var files = Files.walk(folder)) {
			assertEquals(List.of(), files.filter(Files::isRegularFile).toList());
		}
	}

	@Test
	void aFolderThatCannotBeWrittenToIsSaidInASentence() throws Exception {
		final String before = System.getProperty("DJL_CACHE_DIR");
		System.setProperty("DJL_CACHE_DIR", Files.createFile(folder.resolve("file")).toString());
		try {
			assertSays(
				"The model ResNet-50 cannot be stored as .*: make room there and see that you may write there, or name another folder .*",
				() -> ClassifierSource.named("ResNet-50", "", true, Progress.NONE));
		}
		finally {
			if (before == null) System.clearProperty("DJL_CACHE_DIR");
			else System.setProperty("DJL_CACHE_DIR", before);
		}
	}

	@Test
	void aDownloadIsHeldAgainstItsCheckSum() throws IOException {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
			zip.write(new byte[100_000]);
		}
		final List<Double> progress = new ArrayList<>();
		final IOException wrong = assertThrows(IOException.class, () -> ZooModel.RESNET_18
			.unpack(new ByteArrayInputStream(bytes.toByteArray()), folder.resolve("part"), progress::add));
		assertTrue(wrong.getMessage().startsWith("its check sum is "), wrong::getMessage);
		assertTrue(!progress.isEmpty() && progress.stream().allMatch(fraction -> fraction > 0 && fraction <= 1));
		assertThrows(IOException.class,
			() -> ZooModel.RESNET_18.unpack(new ByteArrayInputStream(Arrays.copyOf(bytes.toByteArray(), 50)),
				folder.resolve("part"), Progress.NONE));
	}

	private void inAnEmptyCache(final Runnable test) {
		final String before = System.getProperty("DJL_CACHE_DIR");
		System.setProperty("DJL_CACHE_DIR", folder.toString());
		try {
			test.run();
		}
		finally {
			if (before == null) System.clearProperty("DJL_CACHE_DIR");
			else System.setProperty("DJL_CACHE_DIR", before);
		}
	}

	private static ClassifierSource named(final String name, final String file) {
		return ClassifierSource.named(name, file, false, Progress.NONE);
	}

	private static void assertSays(final String pattern, final org.junit.jupiter.api.function.Executable code) {
		final String said = assertThrows(DipException.class, code).getMessage();
		assertTrue(said.matches(pattern), said);
	}
}
