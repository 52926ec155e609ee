package io.github.deepimageprior.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The file format of TorchScript: a zip archive of a module's code, as text, and of its state, as a pickled object.
 * Python's {@code torch.jit.load} reads it too.
 */
final class TorchScriptArchive {

	private TorchScriptArchive() {}

	/**
	 * @param module name of the module's class in the code
	 * @param code TorchScript, in the form in which PyTorch saves it
	 * @param noise more code, which the first refers to as {@code __torch__.noise}
	 * @return an archive of a module whose only state is {@code training = True}
	 */
	static byte[] of(final String module, final byte[] code, final byte[] noise) throws IOException {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			// Pickle, protocol 2: __torch__.<module>() with the state {"training": True}.
			put(zip, "data.pkl", latin("\u0080\u0002c__torch__\n" + module
				+ "\nq\u0000)\u0081}(X\u0008\u0000\u0000\u0000trainingq\u0001\u0088ubq\u0002."));
			put(zip, "code/__torch__.py", code);
			put(zip, "code/__torch__/noise.py", noise);
			put(zip, "constants.pkl", latin("\u0080\u0002).")); // an empty tuple
			put(zip, "version", latin("3\n"));
		}
		return bytes.toByteArray();
	}

	private static byte[] latin(final String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	private static void put(final ZipOutputStream zip, final String name, final byte[] bytes) throws IOException {
		final ZipEntry entry = new ZipEntry("program/" + name);
		final CRC32 sum = new CRC32();
		sum.update(bytes);
		entry.setMethod(ZipEntry.STORED); // libtorch maps the entries and reads no compressed ones
		entry.setSize(bytes.length);
		entry.setCrc(sum.getValue());
		zip.putNextEntry(entry);
		zip.write(bytes);
		zip.closeEntry();
	}
}
