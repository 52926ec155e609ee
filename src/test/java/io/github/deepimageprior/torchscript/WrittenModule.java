package io.github.deepimageprior.torchscript;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** TorchScript files whose code a test writes as text, in the form in which PyTorch saves it. */
public final class WrittenModule {

	/** Pickle, protocol 2: an object of the class Written with the state {"training": False}. */
	public static final String STATE = "\u0080\u0002c__torch__\nWritten\nq\u0000)\u0081}"
		+ "(X\u0008\u0000\u0000\u0000trainingq\u0001\u0089ubq\u0002.";

	private WrittenModule() {}

	/**
	 * @param body of the module's only method, line by line, in which x is its input
	 * @return the code of the module
	 */
	public static String code(final String... body) {
		return code("Tensor", body);
	}

	/** As {@link #code(String...)}, for a method that returns another type than a tensor. */
	public static String code(final String type, final String[] body) {
		return """
			class Written(Module):
			  __parameters__ = []
			  __buffers__ = []
			  training : bool
			  def forward(self: __torch__.Written, x: Tensor) -> %s:
			    %s
			""".formatted(type, String.join("\n    ", body));
	}

	/** Writes a file with one module. */
	public static Path write(final Path file, final String code) throws IOException {
		return write(file, entries(code));
	}

	/** @return the entries of an archive, in which a test may change some */
	public static Map<String, String> entries(final String code) {
		final Map<String, String> entries = new LinkedHashMap<>();
		entries.put("m/data.pkl", STATE);
		entries.put("m/code/__torch__.py", code);
		entries.put("m/constants.pkl", "\u0080\u0002).");
		entries.put("m/version", "3\n");
		return entries;
	}

	/** Writes a file with any entries. */
	public static Path write(final Path file, final Map<String, String> entries) throws IOException {
		try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
			for (final Map.Entry<String, String> entry : entries.entrySet()) {
				final byte[] bytes = entry.getValue().getBytes(StandardCharsets.ISO_8859_1);
				final CRC32 sum = new CRC32();
				sum.update(bytes);
				final ZipEntry stored = new ZipEntry(entry.getKey());
				stored.setMethod(ZipEntry.STORED); // libtorch reads no compressed entries
				stored.setSize(bytes.length);
				stored.setCrc(sum.getValue());
				zip.putNextEntry(stored);
				zip.write(bytes);
			}
		}
		return file;
	}
}
