package io.github.deepimageprior.classifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Progress;
import io.github.deepimageprior.torchscript.WrittenModule;

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
		assertSays(
			"The model model\\.pt cannot classify an RGB image of 9x8 pixels: check width and height in its JSON file "
				+ "\\(.*\\)\\.",
			() -> open(model));
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
				assertSays("The field \"" + key + "\" of the file m\\.json is .*: it must be .*",
					() -> ModelCard.parse(bad.toString(), "m.json"));
			}
		}
		final String whole = good.toString();
		for (final String text : List.of("", "[", "[]", "3", "{\"width\": }", whole + "}", whole + whole, "{\u0000}",
			whole.replace('"', '\''), "[".repeat(100_000), whole.replace(",", "\u0000,")))
			assertSays("The file m\\.json is not a JSON object.*", () -> ModelCard.parse(text, "m.json"));
	}

	private static String with(final String key, final String value) throws IOException {
		final JsonObject card = JsonParser.parseString(Files.readString(Models.path("linear.json"))).getAsJsonObject();
		card.addProperty(key, "here");
		return card.toString().replace("\"here\"", value);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
		value = { "mean | [123.68, 116.78, 103.94]", "mean | [-0.5, 0.5, 0.5]", "mean | [0.5, 0.5]",
			"std | [58.4, 57.1, 57.4]", "std | [0, 1, 1]", "std | [-1, 1, 1]", "std | [1e-99, 1, 1]", "width | 8.5",
			"width | 4294967304", "width | 1e999999999", "width | 99999999999999999999", "width | \"8\"", "width | [8]",
			"width | 0", "width | 4097", "height | true", "mean | {\"r\": 0}", "mean | [\"0\", 0, 0]",
			"mean | [[0, 0, 0]]", "labels | \"../three.txt\"", "labels | \"/etc/passwd\"", "labels | \"a\\u0000b\"",
			"labels | \"..\"", "labels | \"C:\\\\three.txt\"", "labels | \"a\\nb\"", "labels | 7",
			"output | \"Logits\"", "resize | \"crop\\u0000\"" })
	void valuesThatCannotBe(final String key, final String value) throws IOException {
		final String card = with(key, value);
		assertSays("The field \"" + key + "\" of the file m\\.json is .*: it must be .*",
			() -> ModelCard.parse(card, "m.json"));
	}

	@Test
	void whatMattersNotIsNotMinded() throws IOException {
		final String deep = "[".repeat(200) + "]".repeat(200);
		assertEquals(8, ModelCard.parse(with("comment", deep), "m.json").width());
		assertEquals(8, ModelCard.parse(with("width", "8.0"), "m.json").width());
		Files.writeString(folder.resolve("m.json"), "\ufeff" + with("comment", "{\"width\": 9}"));
		assertEquals(8, ModelCard.of(folder.resolve("m.json")).width());
	}

	@Test
	void fieldsThatAreThereTwice() throws IOException {
		final String twice = with("width", "8").replaceFirst("\\{", "{\"width\": 9, ");
		assertSays("The file m\\.json has the field \"width\" twice: remove one of them\\.",
			() -> ModelCard.parse(twice, "m.json"));
	}

	@Test
	void deepNestingAndLargeFiles() throws IOException {
		final Path card = folder.resolve("m.json");
		Files.writeString(card, with("width", "[".repeat(40_000) + "]".repeat(40_000)));
		final String said = assertThrows(DipException.class, () -> ModelCard.of(card)).getMessage();
		assertTrue(said.length() < 200, said);
		Files.writeString(card, with("comment", "\"" + "x".repeat(100_000) + "\""));
		assertSays("The file .*m\\.json is larger than 100 kB: check that it is the text that it should be\\.",
			() -> ModelCard.of(card));
	}

	/** A file outside the model's folder must not be read only because a stranger's card names it. */
	@Test
	void aModuleThatWritesAFileIsNotOpenedUnlessItIsTrusted() throws IOException {
		final Path module = folder.resolve("writer.pt"), written = folder.resolve("written by the module");
		final String path = written.toString().replace("\\", "\\\\");
		WrittenModule.write(module,
			WrittenModule.code("torch.save(x, \"" + path + "\")", "return torch.mean(x, [2, 3])"));
		Files.copy(Models.path("linear.json"), folder.resolve("writer.json"));
		Files.copy(Models.path("three.txt"), folder.resolve("three.txt"));
		assertSays("The model writer\\.pt uses torch\\.save, which may do more than compute: .*", () -> open(module));
		assertFalse(Files.exists(written));
		ClassifierSource.file(module, true).open(Device.cpu()).close();
		assertTrue(Files.exists(written));
	}

	@Test
	void whatLibtorchCannotOpenIsSaid() throws IOException {
		final Path module = folder.resolve("m.pt");
		Files.copy(Models.path("linear.json"), folder.resolve("m.json"));
		Files.copy(Models.path("three.txt"), folder.resolve("three.txt"));
		WrittenModule.write(module, WrittenModule.code("return (x).save(\"f\")"));
		assertSays("libtorch cannot open the model m\\.pt \\(.*\\): save it with torch\\.jit\\.save.*",
			() -> open(module));
		Files.writeString(module, "rubbish");
		assertSays("libtorch cannot open the model m\\.pt \\(.*\\): save it .*",
			() -> ClassifierSource.file(module, true).open(Device.cpu()));
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
				() -> ClassifierSource.named("ResNet-18", "", false, true, Progress.NONE)));
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
				() -> ClassifierSource.named("ResNet-50", "", false, true, Progress.NONE));
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
		return ClassifierSource.named(name, file, false, false, Progress.NONE);
	}

	private static void assertSays(final String pattern, final org.junit.jupiter.api.function.Executable code) {
		final String said = assertThrows(DipException.class, code).getMessage();
		assertTrue(said.matches(pattern), said);
	}
}
