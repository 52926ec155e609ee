package io.github.deepimageprior.torchscript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.DipException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file must be, so that libtorch is given its content: nothing here loads libtorch. */
class ModuleArchiveTest {

	private static final String HARMLESS = WrittenModule.code("return torch.relu(x)");

	@TempDir
	private Path folder;

	private ModuleArchive read(final Map<String, String> entries) throws IOException {
		return ModuleArchive.read(WrittenModule.write(folder.resolve("m.pt"), entries)).requireHarmless();
	}

	private void assertRefused(final String what, final Map<String, String> entries) {
		final String said = assertThrows(DipException.class, () -> read(entries)).getMessage();
		assertEquals("The model m.pt uses " + what + ", which may do more than compute: a model is a program, so set "
			+ "trust=true (Trust the model file) only if you trust whoever made it.", said);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
		value = { "torch.save(x, \"f\") | torch.save", "torch.from_file(\"f\", True, 5) | torch.from_file",
			"ops.aten.save(x, \"f\") | ops.aten.save", "torch.autograd.save(x, \"f\") | torch.autograd.save",
			"torch.autograd.autograd.save(x, \"f\") | torch.autograd.autograd.save",
			"ops.other.autograd.save(x, \"f\") | ops.other.autograd.save", "t = torch | torch",
			"(torch).save(x, \"f\") | torch", "o = ops | ops", "o = ops.aten | ops.aten",
			"fork(torch.save, x, \"f\") | torch.save", "getattr(torch, \"save\")(x, \"f\") | torch",
			"getattr(ops.aten, \"s\\141ve\")(x, \"f\") | ops.aten", "torch . save(x, \"f\") | torch.save",
			"1.+torch.save(x, \"f\") | torch.save", "y = [x[...], torch.save(x, \"f\")] | torch.save",
			"torch.load(\"f\") | torch.load", "torch._save(x, \"f\") | torch._save",
			"ops.c10d.send([x], None, 0, 0) | ops.c10d.send",
			"ops._c10d_functional.all_reduce(x, \"sum\", \"g\") | ops._c10d_functional.all_reduce",
			"ops.prim.rpc_async(x) | ops.prim.rpc_async",
			"ops.debugprims.load_tensor(\"f\") | ops.debugprims.load_tensor", "ops.custom.run(x) | ops.custom.run",
			"ops.inductor.resize_storage_bytes_(x, 9) | ops.inductor.resize_storage_bytes_",
			"__torch__.torch.classes.dist_c10d.TCPStore(\"h\", 1) | __torch__.torch.classes.dist_c10d.TCPStore",
			"__torch__.torch.classes.aoti.Loader(\"f\") | __torch__.torch.classes.aoti.Loader",
			"t = __torch__ | __torch__", "t = __torch__.torch | __torch__.torch",
			"t = __torch__.torch.classes | __torch__.torch.classes",
			"__torch__.elsewhere.run(x) | __torch__.elsewhere.run" })
	void whatMayDoMoreThanComputeIsRefused(final String line, final String what) {
		assertRefused(what, WrittenModule.entries(WrittenModule.code(line, "return x")));
	}

	/** libtorch ignores line breaks and comments within brackets. */
	@Test
	void whitespaceAndCommentsHideNothing() {
		assertRefused("torch.save",
			WrittenModule.entries(WrittenModule.code("(torch. # harmless", "save)(x, \"f\")", "return x")));
		assertRefused("torch.save",
			WrittenModule.entries(WrittenModule.code("y = \"# not a comment\"", "torch.save(x, y)", "return x")));
		assertRefused("torch.save",
			WrittenModule.entries(WrittenModule.code("y = \"\\\"#\"", "torch.save(x, y)", "return x")));
	}

	/** libtorch runs __setstate__ while it opens a file. */
	@Test
	void everyMethodOfEveryFileIsRead() {
		assertRefused("torch.save",
			WrittenModule.entries(HARMLESS + "  def __setstate__(self: __torch__.Written, s: bool) -> None:\n"
				+ "    torch.save(s, \"f\")\n    return None\n"));
		final Map<String, String> entries = WrittenModule.entries(HARMLESS);
		entries.put("m/code/__torch__/torch/nn.py",
			"def run(x: Tensor) -> Tensor:\n  torch.save(x, \"f\")\n  return x\n");
		assertRefused("torch.save", entries);
	}

	/** A method or class of that name does not make a path to libtorch's classes harmless. */
	@Test
	void definitionsDoNotMakeOtherThingsHarmless() {
		assertRefused("__torch__.torch", WrittenModule.entries(WrittenModule.code("t = __torch__.torch", "return x")
			+ "  def torch(self: __torch__.Written) -> int:\n    return 1\n"));
		assertRefused("torch.save", WrittenModule.entries(WrittenModule.code("torch.save(x, \"f\")", "return x")
			+ "  def save(self: __torch__.Written) -> int:\n    return 1\n"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "c__torch__.torch.classes.dist_c10d\nTCPStore\n",
		"c__torch__\ntorch.classes.dist_c10d.TCPStore\n", "c__torch__.torch\nclasses.dist_c10d.TCPStore\n" })
	void pickledObjectsOfOtherClassesAreRefused(final String pickled) {
		for (final String file : List.of("m/data.pkl", "m/constants.pkl")) {
			final Map<String, String> entries = WrittenModule.entries(HARMLESS);
			entries.put(file, "\u0080\u0002" + pickled + ")\u0081.");
			assertRefused("__torch__.torch.classes.dist_c10d.TCPStore", entries);
		}
		final Map<String, String> entries = WrittenModule.entries(HARMLESS);
		entries.put("m/data.pkl", "\u0080\u0002ctorch.distributed.rpc\nrref\n.");
		assertRefused("torch.distributed.rpc", entries);
	}

	@ParameterizedTest
	@ValueSource(strings = { "torch.\\\n  save(x)", "y = 'one'", "y = \"\"\"three\"\"\"",
		"y = x # type: Tensor\n    # type: (Tensor)", "y =\tx", "y = \"open", "y = \u00e9", "y = x;", "y = \"a\\\nb\"",
		"y\r= x" })
	void notationsOtherThanPyTorchsAreRefused(final String line) {
		final String said = assertThrows(DipException.class,
			() -> read(WrittenModule.entries(WrittenModule.code(line, "return x")))).getMessage();
		assertTrue(
			said.matches("The code of the model m\\.pt is not written as PyTorch writes it \\(__torch__, character "
				+ "\\d+\\): a model is a program, so set trust=true .*"),
			said);
	}

	@ParameterizedTest
	@ValueSource(strings = { "y = \"torch.save(x, 'f')\"", "y = \"\" # torch.save", "y = torch.autograd.grad([x], [x])",
		"y = ops.prim.NumToTensor(1)", "y = 1.5e-07 + 2. + 1e+20 + 1.j", "y = getattr(self, \"0\")",
		"y = self.torch.ops", "y = ops.quantized.linear(x, self.w, 1., 0)",
		"y = __torch__.Written.__new__(__torch__.Written)",
		"y = annotate(List[__torch__.torch.classes.quantized.Conv2dPackedParamsBase], [])", "y = CONSTANTS.c0",
		"torch : int" })
	void whatOnlyComputesIsNot(final String line) throws IOException {
		read(WrittenModule.entries(WrittenModule.code(line, "return x")));
	}

	@Test
	void modulesOfPyTorchAreHarmless() throws Exception {
		try (Stream<Path> files = Files.list(Path.of(ModuleArchiveTest.class.getResource("/models").toURI()))) {
			final List<Path> modules = files.filter(file -> file.toString().endsWith(".pt")).toList();
			assertTrue(modules.size() > 5);
			for (final Path module : modules) ModuleArchive.read(module).requireHarmless();
		}
		ModuleArchive.read(Path.of(
			ModuleArchiveTest.class.getResource("/io/github/deepimageprior/classifier/efficientnet_lite0.pt").toURI()))
			.requireHarmless();
	}

	/** What libtorch is given are the entries that were read, and none that it might find by other rules. */
	@Test
	void onlyWhatWasReadIsHandedOn() throws IOException {
		final Map<String, String> entries = WrittenModule.entries(HARMLESS);
		entries.put("m/data/0", "weights");
		entries.put("m/model.json", "{}");
		entries.put("m/code/__torch__.py.debug_pkl", "more");
		entries.put("m/extra/notes", "more");
		entries.put("other/code/__torch__.py", WrittenModule.code("torch.save(x, \"f\")"));
		final Map<String, String> found = new TreeMap<>();
		try (ZipInputStream zip = new ZipInputStream(read(entries).content())) {
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
				found.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.ISO_8859_1));
		}
		assertEquals(List.of("module/code/__torch__.py", "module/constants.pkl", "module/data.pkl", "module/data/0",
			"module/version"), List.copyOf(found.keySet()));
		assertEquals(HARMLESS, found.get("module/code/__torch__.py"));
	}

	@Test
	void twoFilesInOneAreNotMixed() throws IOException {
		final Path evil = WrittenModule.write(folder.resolve("evil.pt"), WrittenModule.code("torch.save(x, \"f\")")),
			good = WrittenModule.write(folder.resolve("good.pt"), HARMLESS), both = folder.resolve("both.pt");
		Files.write(both, Files.readAllBytes(evil));
		Files.write(both, Files.readAllBytes(good), java.nio.file.StandardOpenOption.APPEND);
		try (InputStream content = ModuleArchive.read(both).requireHarmless().content()) {
			assertTrue(!new String(content.readAllBytes(), StandardCharsets.ISO_8859_1).contains("torch.save"));
		}
		final Map<String, String> twice = WrittenModule.entries(HARMLESS);
		twice.put("m/code/__TORCH__.py", HARMLESS); // libtorch finds names in any case
		assertSays("The file m.pt is damaged (m/code/__TORCH__.py): copy or save the model again.", () -> read(twice));
	}

	@Test
	void compressedEntriesAreReadToo() throws IOException {
		final Path file = folder.resolve("m.pt");
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
			for (final Map.Entry<String, String> entry : WrittenModule.entries(HARMLESS).entrySet()) {
				zip.putNextEntry(new ZipEntry(entry.getKey()));
				zip.write(entry.getValue().getBytes(StandardCharsets.ISO_8859_1));
			}
		}
		ModuleArchive.read(file).requireHarmless();
	}

	@Test
	void damageIsFound() throws IOException {
		final Map<String, String> entries = WrittenModule.entries(HARMLESS);
		entries.put("m/data/0", "weights");
		final Path file = WrittenModule.write(folder.resolve("m.pt"), entries);
		final String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
		Files.writeString(file, bytes.replace("weights", "weighty"), StandardCharsets.ISO_8859_1);
		assertSays("The file m.pt is damaged (m/data/0): copy or save the model again.",
			() -> ModuleArchive.read(file));
	}

	@Test
	void otherFilesAreNoModules() throws IOException {
		final String foreign = "The file m.pt is not a TorchScript module: save the model with torch.jit.save.";
		final Path file = folder.resolve("m.pt");
		for (final String text : List.of("", "not a module", "PTMF", "PK\u0003\u0004", "\u0080\u0002}q\u0000.")) {
			Files.writeString(file, text, StandardCharsets.ISO_8859_1);
			assertSays(foreign, () -> ModuleArchive.read(file));
		}
		WrittenModule.write(file, Map.of("m/data.pkl", "as torch.save writes it", "m/version", "3\n"));
		assertSays(foreign, () -> ModuleArchive.read(file));
		WrittenModule.write(file, Map.of("data.pkl", "without a folder"));
		assertSays(foreign, () -> ModuleArchive.read(file));
		final ByteArrayOutputStream cut = new ByteArrayOutputStream();
		cut.write(Files.readAllBytes(WrittenModule.write(file, HARMLESS)), 0, 300);
		Files.write(file, cut.toByteArray());
		assertSays(foreign, () -> ModuleArchive.read(file));
	}

	private static void assertSays(final String sentence, final org.junit.jupiter.api.function.Executable code) {
		assertEquals(sentence, assertThrows(DipException.class, code).getMessage());
	}
}
