package io.github.deepimageprior.host;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;

/** What commands say of parameters that another one switches off. */
public final class NoEffect {

	private NoEffect() {}

	/** @return the lines about such parameters that some work writes into the Log, without a display */
	public static List<String> said(final Callable<?> work) throws Exception {
		final PrintStream console = System.out;
		final ByteArrayOutputStream log = new ByteArrayOutputStream();
		System.setOut(new PrintStream(log, true));
		try {
			work.call();
		}
		finally {
			System.setOut(console);
		}
		return log.toString().lines().filter(line -> line.contains(" has no effect ")).toList();
	}
}
