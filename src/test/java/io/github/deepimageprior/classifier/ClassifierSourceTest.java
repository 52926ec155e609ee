package io.github.deepimageprior.classifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.github.deepimageprior.DipException;
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

/** Where classifiers come from: files, their cards, names and downloads, and the messages when one of them is wrong. */
class ClassifierSourceTest {

	@TempDir
	private Path folder;

	@Test
	void filesThatAreNotWhatTheyShouldBe() throws IOException {
		final Path model = folder.resolve("model.pt"), card = folder.resolve("model.json"),
			labels = folder.resolve("three.txt");
		assertSays("There is no model file .*model\\.pt: enter the path of a TorchScript module\\.", () -> open(model));
		Files.writeString(model, "not a module");
		assertSays("The model model\\.pt needs a file model\\.json beside it that describes its input and output: .*",
			() -> open(model));
		Files.copy(Models.path("linear.json"), card);
		assertSays("There is no labels file .*three\\.txt, which model\\.json names: .*", () -> open(model));
		Files.writeString(labels, "one\ntwo\n");
		assertSays("The file model\\.pt is not a TorchScript module: save the model with torch\\.jit\\.save\\.",
			() -> open(model));
		Files.write(model, Files.readAllBytes(Models.path("linear.pt")));
		assertSays("The model model\\.pt returns an output of shape \\(1, 3\\) and has 2 labels.*", () -> open(model));
		Files.writeString(labels, "one\ntwo\nthree\n");
		open(model);
		Files.writeString(card, Files.readString(card).replaceFirst("\"width\"\\s*: 8", "\"width\": 9"));
		assertSays("The model model\\.pt cannot classify an RGB image of 9x8 pixels and return one tensor: "
			+ "check width and height in its JSON file.*", () -> open(model));
		assertSays("The model pair\\.pt returns 2 outputs and has 3 labels.*", () -> Models.open("pair"));
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
		assertSays("There is no classifier 'VGG': use one of EfficientNet-Lite0, ResNet-18, .*, "
			+ "or the path of a TorchScript module that ends in \\.pt\\.", () -> named("VGG", ""));
		assertSays("No model file was given: .*", () -> named("TorchScript file", " "));
		named("TorchScript file", Models.path("linear.pt").toString()).open(Device.cpu()).close();
		named(Models.path("linear.pt").toString(), "").open(Device.cpu()).close();
	}

	@Test
	void withoutConsentNothingIsDownloaded() throws Exception {
		inAnEmptyCache(() -> assertSays("The model ResNet-18 is not on this computer: allow its download \\(43 MB\\), "
			+ "or unpack https://.* to .*traced_resnet18\\.pt by hand\\.", () -> named("ResNet-18", "")));
	}

	@Test
	void withoutANetworkASentenceSaysWhereToPutTheFile() throws Exception {
		final String before = System.getProperty("https.proxyHost");
		System.setProperty("https.proxyHost", "no.such.host.invalid");
		try {
			inAnEmptyCache(() -> assertSays(
				"The model ResNet-18 cannot be downloaded from https.* \\(.*\\): "
					+ "check the network connection, or unpack https://.* to .*traced_resnet18\\.pt by hand\\.",
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
				"The model ResNet-50 cannot be saved as .*: check that the disk has room and that you may write there, "
					+ "or set the environment variable DJL_CACHE_DIR to another folder\\.",
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
		assertTrue(wrong.getMessage().startsWith("its checksum is "), wrong::getMessage);
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
