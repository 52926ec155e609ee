package io.github.deepimageprior.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** What a program prints. */
final class Console {

	private Console() {}

	/** @return what is printed meanwhile, also errors */
	static String of(final Runnable program) {
		final PrintStream out = System.out, err = System.err;
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (PrintStream both = new PrintStream(bytes, true, UTF_8)) {
			System.setOut(both);
			System.setErr(both);
			program.run();
			return bytes.toString(UTF_8);
		}
		finally {
			System.setOut(out);
			System.setErr(err);
		}
	}
}
